"""Whatever answers instead of the county: a clear code, nothing changed, and the next run is whole again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from field_app.clock import FixedClock
from field_app.enrolment.enrol import request_enrolment
from field_app.enrolment.state import EnrolmentState, read_standing
from field_app.errors import RootMismatchError
from field_app.phone import Phone
from field_app.ports import Reply
from field_app.storage.reference import held
from field_app.sync.run_sync import run_sync
from field_app.sync.status import read_outbox, sync_status
from field_app.visits.journal import Entry, append
from field_app.visits.write_in_visit import write_guidance
from shared_models.visit import Guidance
from sync_server.enrolment.issue_code import issue_code
from tests.sync.county import (
    BAKERY,
    TestCounty,
    Wire,
    enrol,
    file_inspection,
    make_county,
    open_at,
    service_visit,
    whole_again,
)

PORTAL = Reply(200, b"<html><body>Please log in to Coffee-WiFi</body></html>")
PROBLEM = Reply(500, json.dumps({"status": 500, "code": "unexpected"}).encode())


@pytest.fixture
async def setting(tmp_path: Path) -> Any:
    county = make_county(tmp_path / "county")
    wire = county.wire()
    phone = await open_at(tmp_path / "phone", wire, county.clock)
    await enrol(county, phone)
    yield county, wire, phone
    await phone.close()
    county.close()


Fixture = tuple[TestCounty, Wire, Phone]


def always(reply: Reply) -> Any:
    async def fault(_wire: Wire, _method: str, _path: str, _body: bytes, _headers: Mapping[str, str]) -> Reply:
        return reply

    return fault


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        (PORTAL, "bad_answer"),
        (Reply(302, b""), "bad_answer"),
        (PROBLEM, "unexpected"),
        (Reply(503, b"busy"), "server_error"),
        (Reply(200, b""), "bad_answer"),
        (Reply(200, b"\xff" * 40), "bad_answer"),
    ],
    ids=["portal", "redirect", "500", "503", "empty", "noise"],
)
async def test_an_answer_that_is_not_the_countys_changes_nothing(setting: Fixture, reply: Reply, code: str) -> None:
    _, wire, phone = setting
    visit = await service_visit(phone)
    await write_guidance(phone, visit, "通风")
    before = await phone.database.read(held)
    wire.fault = always(reply)
    report = await run_sync(phone)
    assert report.errors == [code]
    status = await sync_status(phone)
    assert (status.records_receipted, status.records_total, status.last_error) == (0, 2, code)
    assert await phone.database.read(held) == before
    await whole_again(phone, wire)
    assert (await sync_status(phone)).records_receipted == 2


@pytest.mark.parametrize("time", [10**30, 2**64, 2**62, -(10**30), 0, True, "now"])
async def test_a_strangers_word_on_the_time_is_forgotten(setting: Fixture, time: object) -> None:
    _, wire, phone = setting
    await service_visit(phone)
    wire.fault = always(Reply(401, json.dumps({"server_time": time}).encode()))
    assert (await run_sync(phone)).errors
    await whole_again(phone, wire)


async def test_half_an_answer_changes_nothing(setting: Fixture) -> None:
    _, wire, phone = setting
    await service_visit(phone)

    async def half(wire: Wire, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        reply = await wire.deliver(method, path, body, headers)
        return Reply(reply.status, reply.body[: len(reply.body) // 2])

    wire.fault = half
    assert (await run_sync(phone)).errors == ["bad_answer"]
    assert (await sync_status(phone)).records_receipted == 0
    await whole_again(phone, wire)


async def test_another_countys_server_is_not_believed(setting: Fixture, tmp_path: Path) -> None:
    _, wire, phone = setting
    await service_visit(phone)
    other = make_county(tmp_path / "other", own_keys=True)
    other_wire = other.wire()
    stranger = await open_at(tmp_path / "stranger", other_wire, other.clock)
    await enrol(other, stranger)
    await service_visit(stranger)
    answers: dict[str, Reply] = {}

    async def note(wire: Wire, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        answers[path.partition("?")[0]] = reply = await wire.deliver(method, path, body, headers)
        return reply

    other_wire.fault = note
    await run_sync(stranger)
    before = await phone.database.read(held)

    async def from_there(_wire: Wire, _method: str, path: str, _body: bytes, _headers: Mapping[str, str]) -> Reply:
        return answers.get(path.partition("?")[0]) or await other_wire.deliver(_method, path, _body, _headers)

    wire.fault = from_there
    report = await run_sync(phone)
    assert "unknown_key" in report.errors
    assert await phone.database.read(held) == before
    assert (await sync_status(phone)).records_receipted == 0
    await whole_again(phone, wire)
    await stranger.close()
    other.close()


async def test_a_code_of_another_county_is_refused_at_enrolment(tmp_path: Path) -> None:
    here, there = make_county(tmp_path / "here"), make_county(tmp_path / "there", own_keys=True)
    phone = await open_at(tmp_path / "phone", there.wire(), here.clock)
    code = issue_code(here.county, "office", "p1")
    foreign = issue_code(there.county, "office", "p1")
    # the secret is known there, the fingerprint is of here
    mixed = foreign.text[: -len("XXXX-XXXX")] + code.text[-len("XXXX-XXXX") :]
    with pytest.raises(RootMismatchError):
        await request_enrolment(phone, mixed)
    assert (await read_standing(phone)).state is EnrolmentState.NONE
    await phone.close()
    here.close()
    there.close()


@pytest.mark.parametrize("what", ["/api/sync/records", "/api/sync/head", "/api/sync/reference"])
async def test_a_changed_bit_in_any_signed_answer_is_noticed(setting: Fixture, what: str) -> None:
    county, wire, phone = setting
    await service_visit(phone)
    file_inspection(county.county, BAKERY)
    before = await phone.database.read(held)
    changed = 0

    async def flip(wire: Wire, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        nonlocal changed
        reply = await wire.deliver(method, path, body, headers)
        if path.partition("?")[0] != what:
            return reply
        changed += 1
        data = bytearray(reply.body)
        data[len(data) // 2] ^= 1
        return Reply(reply.status, bytes(data))

    wire.fault = flip
    report = await run_sync(phone)
    assert changed
    assert report.errors
    assert report.errors[0] in {"bad_answer", "signature_mismatch", "proof_mismatch", "badly_formed", "unknown_key"}
    if what == "/api/sync/records":
        assert (await sync_status(phone)).records_receipted == 0
    if what == "/api/sync/reference":
        assert await phone.database.read(held) == before
    await whole_again(phone, wire)


async def test_a_poisoned_record_holds_up_nobody(setting: Fixture) -> None:
    _, wire, phone = setting
    visit = await service_visit(phone)
    for n in range(7):
        await append(phone, Entry("guidance_given", Guidance(f"第{n}条"), visit=visit))
    poison = "第3条".encode()

    async def choke(wire: Wire, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        if path == "/api/sync/records" and poison in body:
            return PROBLEM
        return await wire.deliver(method, path, body, headers)

    wire.fault = choke
    report = await run_sync(phone)
    assert report.errors == ["unexpected"]
    status = await sync_status(phone)
    assert (status.records_receipted, status.records_total) == (7, 8)
    (line,) = (await read_outbox(phone)).lines
    assert line.entry.body == Guidance("第3条")
    await whole_again(phone, wire)


async def test_a_record_that_the_server_does_not_take_is_shown_and_the_rest_goes_on(setting: Fixture) -> None:
    _, wire, phone = setting
    visit = await service_visit(phone)
    await append(phone, Entry("guidance_given", Guidance("毒"), visit=visit))
    await append(phone, Entry("guidance_given", Guidance("好"), visit=visit))

    async def refuse(wire: Wire, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        if path == "/api/sync/records" and "毒".encode() in body:
            return Reply(400, json.dumps({"code": "badly_formed"}).encode())
        return await wire.deliver(method, path, body, headers)

    wire.fault = refuse
    await run_sync(phone)
    status = await sync_status(phone)
    assert (status.records_receipted, status.records_refused) == (2, 1)
    (line,) = (await read_outbox(phone)).lines
    assert (line.entry.state, line.entry.code) == ("refused", "badly_formed")
    wire.fault = None
    await run_sync(phone, again=True)
    assert (await sync_status(phone)).is_complete


async def test_a_phone_whose_clock_is_two_days_off_syncs_all_the_same(setting: Fixture, tmp_path: Path) -> None:
    county, wire, _ = setting
    clock = FixedClock(county.clock.instant + timedelta(days=2))
    phone = await open_at(tmp_path / "late", wire, clock)
    await enrol(county, phone, "p2")
    await service_visit(phone)
    assert (await run_sync(phone)).is_complete
    clock.instant = county.clock.instant - timedelta(days=2)
    await service_visit(phone)
    assert (await run_sync(phone)).is_complete
    await phone.close()
