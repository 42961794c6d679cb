"""A phone whose app is older than its county: it goes on with what it knows, and reads the rest once it is updated."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from field_app.gate.find_enterprise import find_enterprise
from field_app.gate.judge import judge
from field_app.gate.propose import propose
from field_app.phone import Phone
from field_app.ports import Reply
from field_app.reference.lists import read_freshness
from field_app.storage.reference import held, items_of, read_item
from field_app.sync.run_sync import run_sync
from field_app.sync.status import sync_status
from shared_models import cbor, cose
from shared_models.facts import Decision
from shared_models.visit import Identified
from tests.sync.county import BAKERY, MILL, TestCounty, Wire, enrol, make_county, open_at, service_visit

Item = dict[str, Any]


@pytest.fixture
async def setting(tmp_path: Path) -> Any:
    county = make_county(tmp_path / "county")
    wire = county.wire()
    phone = await open_at(tmp_path / "phone", wire, county.clock)
    await enrol(county, phone, sync=False)
    yield county, wire, phone
    await phone.close()
    county.close()


Fixture = tuple[TestCounty, Wire, Phone]


def newer(county: TestCounty, answers: Mapping[str, Any]) -> Any:
    """A server of the same county and key that says more: `answers` change the plain answer by its path."""
    keys = county.county.keys
    aads = {"/api/sync/reference": cose.AAD_REFERENCE, "/api/sync/head": cose.AAD_HEAD}

    async def fault(wire: Wire, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        reply = await wire.deliver(method, path, body, headers)
        place = path.partition("?")[0]
        change = answers.get(place)
        if change is None or reply.status != 200:
            return reply
        aad = aads.get(place)
        payload = reply.body if aad is None else cose.open_own(reply.body, keys.service_public, aad, max_bytes=1 << 23)
        changed = cbor.encode(change(cbor.decode(payload, max_bytes=1 << 23)))
        if aad is None:
            return Reply(200, changed)
        return Reply(200, cose.sign(changed, aad=aad, kid=keys.service_kid, sign=keys.sign))

    return fault


def with_items(change: Any) -> Any:
    def changed(page: Item) -> Item:
        return {**page, "items": change(page["items"])}

    return changed


def bodies(kind: str, **more: object) -> Any:
    def change(items: list[Item]) -> list[Item]:
        return [
            {**item, "body": {**item["body"], **more}} if item["kind"] == kind and item["body"] else item
            for item in items
        ]

    return with_items(change)


async def test_kinds_that_the_app_does_not_know_do_not_stop_it(setting: Fixture) -> None:
    county, wire, phone = setting
    weather = {"kind": "weather", "key": "today", "body": {"rain": True}}
    wire.fault = newer(county, {"/api/sync/reference": with_items(lambda items: [*items, weather])})
    assert (await run_sync(phone)).errors == []
    assert len(await phone.database.read(lambda rows: items_of(rows, "person"))) == 5


@pytest.mark.parametrize("kind", ["enterprise", "person", "calendar", "policy", "snippet"])
async def test_fields_that_the_app_does_not_know_do_not_stop_it(setting: Fixture, kind: str) -> None:
    county, wire, phone = setting
    wire.fault = newer(county, {"/api/sync/reference": bodies(kind, mood={"deep": ["x"]})})
    assert (await run_sync(phone)).errors == []
    found = await find_enterprise(phone, MILL, Identified.TYPED)
    assert found.enterprise is not None
    assert (await judge(phone, await propose(phone, found))).verdict.verdict is Decision.DENY
    await service_visit(phone)


@pytest.mark.parametrize("kind", ["policy", "calendar"])
async def test_rules_that_the_app_cannot_read_are_said_to_be_so_until_it_can(setting: Fixture, kind: str) -> None:
    county, wire, phone = setting
    assert (await run_sync(phone)).errors == []
    assert not (await read_freshness(phone)).is_app_too_old
    county.clock.instant = county.clock.instant.replace(hour=3)
    changed = {"weeks": "moon", "policy": ["another", "shape"]}
    wire.fault = newer(county, {"/api/sync/reference": bodies(kind, **changed)})
    await phone.database.write(_as_if_updated)
    assert (await run_sync(phone)).errors == []
    assert (await read_freshness(phone)).is_app_too_old
    wire.fault = None
    assert (await run_sync(phone)).errors == []
    assert (await read_freshness(phone)).is_app_too_old  # nothing new has come
    await phone.database.write(_as_if_updated)
    assert (await run_sync(phone)).errors == []
    assert not (await read_freshness(phone)).is_app_too_old


async def test_an_item_that_the_app_cannot_read_is_not_there_and_lets_nobody_in(setting: Fixture) -> None:
    county, wire, phone = setting
    assert (await run_sync(phone)).errors == []
    county.clock.instant = county.clock.instant.replace(hour=3)
    from_now_on = bodies("enterprise", status="under_observation")
    wire.fault = newer(county, {"/api/sync/reference": from_now_on})
    await phone.database.write(_as_if_updated)
    assert (await run_sync(phone)).errors == []
    assert await phone.database.read(lambda rows: read_item(rows, "enterprise", BAKERY)) is None
    proposal = await propose(phone, await find_enterprise(phone, BAKERY, Identified.TYPED))
    judgement = await judge(phone, proposal)
    assert "enterprise_unknown" in [reason.code for reason in judgement.verdict.reasons]
    assert not judgement.verdict.verdict.may_enter


async def test_answers_that_say_more_are_understood_as_far_as_known(setting: Fixture) -> None:
    county, wire, phone = setting
    paths = ("/api/sync/reference", "/api/sync/head", "/api/sync/records")
    wire.fault = newer(county, dict.fromkeys(paths, lambda plain: {**plain, "hint": {"more": [1]}}))
    assert (await run_sync(phone)).errors == []
    await service_visit(phone)
    assert (await run_sync(phone)).errors == []
    assert (await sync_status(phone)).is_complete


async def test_an_updated_app_fetches_once_more_what_it_could_not_read_before(setting: Fixture) -> None:
    _, wire, phone = setting
    await run_sync(phone)
    before = await phone.database.read(held)
    await phone.database.write(_as_if_updated)
    assert await phone.database.read(held) == before  # until then the old state decides
    wire.asked.clear()
    assert (await run_sync(phone)).errors == []
    await run_sync(phone)
    asked = [path for _, path in wire.asked if path.startswith("/api/sync/reference")]
    assert asked == ["/api/sync/reference?after=0", f"/api/sync/reference?after={before.size}"]


def _as_if_updated(rows: Any) -> None:
    """What lies in the database after a release that read other fields."""
    rows.put_meta("held", {**rows.get_meta("held"), "reads": b"another"})
