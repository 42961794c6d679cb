"""A visit in which much was written takes the next record as fast as one in which little was."""

from __future__ import annotations

from pathlib import Path

import pytest

from field_app.errors import UnknownVisitError, VisitClosedError
from field_app.storage.database import Rows
from field_app.visits.close_visit import close_visit
from field_app.visits.write_in_visit import teach_law, write_guidance
from tests.sync.county import enrol, make_county, open_at, service_visit


def _spoil(rows: Rows) -> None:
    """Whoever opens one of these records again cannot."""
    rows.execute(
        "UPDATE records SET sealed = x'00' WHERE kind = ?", (rows.sealer.tag("record kind", "guidance_given"),)
    )


async def test_what_was_written_before_is_not_opened_to_write_on(tmp_path: Path) -> None:
    county = make_county(tmp_path / "county")
    phone = await open_at(tmp_path / "phone", county.wire(), county.clock)
    await enrol(county, phone)
    visit = await service_visit(phone)
    await write_guidance(phone, visit, "灭火器移到门边")
    await phone.database.write(_spoil)
    await write_guidance(phone, visit, "清理通道")
    await phone.database.write(_spoil)
    await teach_law(phone, visit, "安全生产法第二十二条")
    await close_visit(phone, visit)
    with pytest.raises(VisitClosedError):
        await write_guidance(phone, visit, "晚了")
    with pytest.raises(UnknownVisitError):
        await write_guidance(phone, bytes(16), "无此次")
    count = "SELECT COUNT(*) FROM records WHERE visit = ?"
    written = await phone.database.read(lambda rows: rows.execute(count, (rows.sealer.tag("visit", visit),)).fetchone())
    assert written == (5,)
    plan = await phone.database.read(
        lambda rows: rows.execute(
            "EXPLAIN QUERY PLAN SELECT id FROM records WHERE visit = x'00' AND kind IN (x'00') ORDER BY n"
        ).fetchall()
    )
    assert any("records_visit (visit=? AND kind=?)" in row[3] for row in plan)
    await phone.close()
    county.close()
