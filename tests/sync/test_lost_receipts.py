"""Receipts lost on the way: an entry counts once at the gate, whether the phone knows that it has arrived or not."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from field_app.gate.find_enterprise import find_enterprise
from field_app.gate.judge import Judgement, judge
from field_app.gate.propose import propose
from field_app.phone import Phone
from field_app.ports import Reply
from field_app.sync.run_sync import run_sync
from field_app.sync.status import sync_status
from field_app.visits.open_visit import open_visit
from shared_models.facts import Decision
from shared_models.visit import Identified
from sync_server.log.writing import reading
from sync_server.storage.tables import decisions
from tests.sync.county import BAKERY, MILL, TestCounty, Wire, enrol, file_inspection, make_county, open_at, whole_again

Fixture = tuple[TestCounty, Wire, Phone]


@pytest.fixture
async def setting(tmp_path: Path) -> Any:
    county = make_county(tmp_path / "county")
    wire = county.wire()
    phone = await open_at(tmp_path / "phone", wire, county.clock)
    await enrol(county, phone)
    file_inspection(county.county, MILL, planned=2)
    assert (await run_sync(phone)).errors == []
    yield county, wire, phone
    await phone.close()
    county.close()


async def enter(phone: Phone) -> Judgement:
    proposal = await propose(phone, await find_enterprise(phone, MILL, Identified.TYPED))
    judgement = await judge(phone, proposal)
    await open_visit(phone, proposal, judgement)
    return judgement


async def receipts_lost(wire: Wire, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Reply:
    """A gateway gives up after the server has taken the records."""
    reply = await wire.deliver(method, path, body, headers)
    return Reply(504, b"gateway timeout") if method == "POST" else reply


def reproduced(county: TestCounty) -> list[bool]:
    with reading(county.county) as connection:
        return [row.reproduced for row in connection.execute(select(decisions).order_by(decisions.c.index))]


async def test_an_entry_whose_receipt_was_lost_is_not_counted_twice(setting: Fixture) -> None:
    county, wire, phone = setting
    await enter(phone)
    wire.fault = receipts_lost
    assert (await run_sync(phone)).errors == ["server_error"]
    assert (await sync_status(phone)).records_receipted == 0
    second = await enter(phone)
    assert second.verdict.verdict is Decision.ALLOW
    assert (second.line.visits_made, dict(second.basis.own_entries)) == (1, {})
    await whole_again(phone, wire)
    assert reproduced(county) == [True, True]


async def test_an_entry_that_did_not_arrive_still_counts(setting: Fixture) -> None:
    county, wire, phone = setting
    await enter(phone)

    async def refused(wire: Wire, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        if method == "POST":
            return Reply(500, json.dumps({"code": "unexpected"}).encode())
        return await wire.deliver(method, path, body, headers)

    wire.fault = refused
    await run_sync(phone)
    second = await enter(phone)
    assert second.basis.own_entries[second.verdict.filing] == 1
    await run_sync(phone)
    proposal = await propose(phone, await find_enterprise(phone, MILL, Identified.TYPED))
    third = await judge(phone, proposal)
    assert [reason.code for reason in third.verdict.reasons] == ["filing_used_up", "frequency_cap_reached"]
    await whole_again(phone, wire)
    assert reproduced(county) == [True, True]


async def test_a_server_that_takes_nothing_does_not_keep_its_data_from_the_phone(setting: Fixture) -> None:
    county, wire, phone = setting
    await enter(phone)

    async def takes_nothing(wire: Wire, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        return Reply(503, b"") if method == "POST" else await wire.deliver(method, path, body, headers)

    wire.fault = takes_nothing
    file_inspection(county.county, BAKERY)
    report = await run_sync(phone)
    assert report.errors == ["server_error"]
    found = await find_enterprise(phone, BAKERY, Identified.TYPED)
    assert (await judge(phone, await propose(phone, found))).verdict.verdict is Decision.ALLOW
