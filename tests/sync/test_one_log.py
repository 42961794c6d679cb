"""The log that the phone has seen only ever grows, and there is one."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import select, update

from field_app.ports import Reply
from field_app.storage.reference import held
from field_app.sync.run_sync import run_sync
from sync_server.app import app_of
from sync_server.log.rebuild_views import rebuild_views
from sync_server.open_county import open_county
from sync_server.settings import settings_from
from sync_server.storage.engine import writing
from sync_server.storage.tables import log_entries
from tests.sync.county import (
    BAKERY,
    FOUNDRY,
    HOST,
    MILL,
    Wire,
    enrol,
    file_inspection,
    make_county,
    open_at,
    service_visit,
    whole_again,
)


async def test_the_phone_never_goes_back_to_a_smaller_log(tmp_path: Path) -> None:
    county = make_county(tmp_path / "county")
    wire = county.wire()
    phone = await open_at(tmp_path / "phone", wire, county.clock)
    await enrol(county, phone)
    old: dict[str, Reply] = {}

    async def note(wire: Wire, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        old[path] = reply = await wire.deliver(method, path, body, headers)
        return reply

    await service_visit(phone)
    wire.fault = note
    await run_sync(phone)
    first = await phone.database.read(held)
    assert first is not None
    file_inspection(county.county, BAKERY)
    file_inspection(county.county, FOUNDRY)
    wire.fault = None
    await run_sync(phone)
    now = await phone.database.read(held)
    assert now is not None
    assert now.size > first.size

    async def replay(wire: Wire, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        if path.startswith("/api/sync/reference"):
            return next(reply for asked, reply in old.items() if asked.startswith("/api/sync/reference"))
        return await wire.deliver(method, path, body, headers)

    wire.fault = replay
    assert (await run_sync(phone)).errors
    assert await phone.database.read(held) == now
    await whole_again(phone, wire)
    await phone.close()
    county.close()


async def test_a_county_that_shows_two_logs_is_found_out(tmp_path: Path) -> None:
    """Receipts from one log, data from another: each is signed, and neither goes back."""
    county = make_county(tmp_path / "county")
    wire = county.wire()
    phone = await open_at(tmp_path / "phone", wire, county.clock)
    await enrol(county, phone)
    before = await phone.database.read(held)
    county.county.engine.dispose()
    shutil.copytree(tmp_path / "county", tmp_path / "other")
    settings = settings_from({"ZHUQI_PUBLIC_HOST": HOST}, data_dir=tmp_path / "other")
    other = open_county(settings, county.clock)
    for uscc in (BAKERY, FOUNDRY, MILL):
        file_inspection(other, uscc)
    shows_other = Wire(app_of(other))

    async def two_faced(wire: Wire, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        side = shows_other if path.startswith("/api/sync/reference") else wire
        return await side.deliver(method, path, body, headers)

    await service_visit(phone)
    wire.fault = two_faced
    assert (await run_sync(phone)).errors == ["proof_mismatch"]
    assert await phone.database.read(held) == before
    await whole_again(phone, wire)
    await phone.close()
    county.close()
    other.engine.dispose()


async def test_a_filing_that_was_dated_back_in_the_log_is_refused_by_every_phone_that_saw_it(tmp_path: Path) -> None:
    """Who holds the database and the server's key makes tree, views and signatures fit again, but not what is out."""
    county = make_county(tmp_path / "county")
    file_inspection(county.county, BAKERY)
    wire = county.wire()
    phone = await open_at(tmp_path / "phone", wire, county.clock)
    await enrol(county, phone)
    before = await phone.database.read(held)

    week = 7 * 86_400_000
    kind = log_entries.c.kind
    with writing(county.county.engine) as connection:
        filed = connection.execute(select(log_entries.c.index).where(kind == "filing_submitted")).scalar_one()
        earlier = update(log_entries).where(log_entries.c.index == filed)
        connection.execute(earlier.values(received_at=log_entries.c.received_at - week))
    assert rebuild_views(county.county).differences.keys() >= {"log_nodes", "filings"}
    county.county.engine.dispose()
    settings = settings_from({"ZHUQI_PUBLIC_HOST": HOST}, data_dir=tmp_path / "county")
    rewritten = open_county(settings, county.clock)
    file_inspection(rewritten, FOUNDRY)
    wire.app = app_of(rewritten)

    report = await run_sync(phone)
    assert report.errors == ["proof_mismatch"]
    assert await phone.database.read(held) == before
    await phone.close()
    rewritten.engine.dispose()
