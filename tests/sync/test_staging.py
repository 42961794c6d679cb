"""Reference data in pages: half of it is never decided on, and an interrupted fetch goes on where it was."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from stdnum.cn import uscc

from field_app.errors import OfflineError
from field_app.gate.find_enterprise import search_enterprises
from field_app.ports import Reply
from field_app.storage.reference import held
from field_app.sync.run_sync import run_sync
from shared_models.enterprise import Enterprise, EnterpriseStatus
from sync_server.registry.register_enterprises import register_enterprises
from sync_server.sync import reference
from tests.sync.county import MILL, Wire, enrol, make_county, open_at


def make_enterprises(count: int) -> list[Enterprise]:
    bases = (f"91330326MA{i:07d}" for i in range(count))
    return [
        Enterprise(base + uscc.calc_check_digit(base), EnterpriseStatus.ACTIVE, f"第{i}厂")
        for i, base in enumerate(bases)
    ]


async def test_a_fetch_that_was_cut_off_leaves_the_old_state_and_goes_on(tmp_path: Path) -> None:
    county = make_county(tmp_path / "county")
    wire = county.wire()
    phone = await open_at(tmp_path / "phone", wire, county.clock)
    await enrol(county, phone)
    before = await phone.database.read(held)
    register_enterprises(county.county, "office", make_enterprises(reference.PAGE_ITEMS + 500))
    pages = 0

    async def second_page_lost(wire: Wire, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        nonlocal pages
        if path.startswith("/api/sync/reference"):
            pages += 1
            if pages == 2:
                raise OfflineError
        return await wire.deliver(method, path, body, headers)

    wire.fault = second_page_lost
    assert (await run_sync(phone)).errors == ["offline"]
    assert await phone.database.read(held) == before
    assert await search_enterprises(phone, "第7厂") == ()
    await phone.close()

    wire.fault = None
    phone = await open_at(tmp_path / "phone", wire, county.clock)  # the app was killed meanwhile
    wire.asked.clear()
    assert (await run_sync(phone)).errors == []
    asked = [path for _, path in wire.asked if path.startswith("/api/sync/reference")]
    assert len(asked) == 1
    assert "cursor=" in asked[0]
    assert [one.name for one in await search_enterprises(phone, "第7厂")] == ["第7厂"]
    assert [one.uscc for one in await search_enterprises(phone, MILL)] == [MILL]
    await phone.close()
    county.close()


@pytest.mark.parametrize("status", [400, 409])
async def test_a_cursor_that_the_server_forgot_starts_the_fetch_anew(tmp_path: Path, status: int) -> None:
    county = make_county(tmp_path / "county")
    wire = county.wire()
    phone = await open_at(tmp_path / "phone", wire, county.clock)
    await enrol(county, phone)
    register_enterprises(county.county, "office", make_enterprises(reference.PAGE_ITEMS + 10))

    async def cut(wire: Wire, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        if "cursor=" in path:
            raise OfflineError
        return await wire.deliver(method, path, body, headers)

    async def forgotten(wire: Wire, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        if "cursor=" in path and first:
            first.clear()
            return Reply(status, b"{}")
        return await wire.deliver(method, path, body, headers)

    first = [True]
    wire.fault = cut
    await run_sync(phone)
    wire.fault = forgotten
    assert (await run_sync(phone)).errors == []
    assert [one.name for one in await search_enterprises(phone, "第9厂")] == ["第9厂"]
    await phone.close()
    county.close()
