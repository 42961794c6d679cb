"""A phone restored from a backup goes on; two phones that write as one are told apart, and the second stops."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from field_app.enrolment.state import EnrolmentState, read_standing
from field_app.errors import StoppedError
from field_app.export.export_phone import export_phone
from field_app.storage.records import all_records
from field_app.sync.run_sync import run_sync
from field_app.sync.status import sync_status
from field_app.visits.write_in_visit import add_photo, write_guidance
from shared_models.kinds import body_of
from shared_models.visit import Resumed
from tests.sync.county import enrol, make_county, open_at, service_visit


async def test_a_phone_restored_from_an_old_backup_resumes_from_the_servers_head(tmp_path: Path) -> None:
    county = make_county(tmp_path / "county")
    phone = await open_at(tmp_path / "phone", county.wire(), county.clock)
    await enrol(county, phone)
    visit = await service_visit(phone)
    await run_sync(phone)
    await phone.close()
    shutil.copytree(tmp_path / "phone", tmp_path / "backup")
    phone = await open_at(tmp_path / "phone", county.wire(), county.clock)
    for n in range(3):
        await write_guidance(phone, visit, f"第{n}条")
    await run_sync(phone)
    await phone.close()

    restored = await open_at(tmp_path / "backup", county.wire(), county.clock)
    report = await run_sync(restored)
    assert report.resumed
    assert report.is_complete
    kept = await restored.database.read(lambda rows: tuple(all_records(rows)))
    assert [one.record.seq for one in kept] == [1, 5]
    body = body_of(kept[-1].record)
    assert isinstance(body, Resumed)
    assert (body.server_seq, body.local_seq) == (4, 1)
    assert body.server_head == kept[-1].record.prev
    await write_guidance(restored, visit, "接着写")
    assert (await run_sync(restored)).is_complete
    assert (await sync_status(restored)).records_set_aside == 0
    await restored.close()
    county.close()


async def test_what_a_restored_phone_wrote_before_it_knew_is_kept_and_set_aside(tmp_path: Path) -> None:
    county = make_county(tmp_path / "county")
    phone = await open_at(tmp_path / "phone", county.wire(), county.clock)
    await enrol(county, phone)
    visit = await service_visit(phone)
    await run_sync(phone)
    await phone.close()
    shutil.copytree(tmp_path / "phone", tmp_path / "backup")
    phone = await open_at(tmp_path / "phone", county.wire(), county.clock)
    await write_guidance(phone, visit, "原来的")
    await run_sync(phone)
    await phone.close()

    restored = await open_at(tmp_path / "backup", county.wire(), county.clock)
    for n in range(5):
        await write_guidance(restored, visit, f"离线第{n}条")
    report = await run_sync(restored)
    assert report.resumed
    assert report.stopped == ""
    assert report.is_complete
    status = await sync_status(restored)
    assert (status.records_total, status.records_receipted, status.records_set_aside) == (7, 7, 5)
    await restored.close()
    county.close()


async def test_a_phone_restored_twice_from_one_backup_is_not_taken_for_a_second_phone(tmp_path: Path) -> None:
    county = make_county(tmp_path / "county")
    phone = await open_at(tmp_path / "phone", county.wire(), county.clock)
    await enrol(county, phone)
    visit = await service_visit(phone)
    await run_sync(phone)
    await phone.close()
    for copy in ("first", "second"):
        shutil.copytree(tmp_path / "phone", tmp_path / copy)
    phone = await open_at(tmp_path / "phone", county.wire(), county.clock)
    await write_guidance(phone, visit, "原来的")
    await run_sync(phone)
    await phone.close()
    for copy in ("first", "second"):
        restored = await open_at(tmp_path / copy, county.wire(), county.clock)
        # more of its own than the server has: what counts is only what both have
        for n in range(6):
            await write_guidance(restored, visit, f"离线第{n}条")
        report = await run_sync(restored)
        assert (report.resumed, report.stopped, report.is_complete) == (True, "", True)
        await restored.close()
    county.close()


async def test_two_phones_that_write_as_one_stay_a_fork_and_the_second_stops(tmp_path: Path) -> None:
    county = make_county(tmp_path / "county")
    first = await open_at(tmp_path / "phone", county.wire(), county.clock)
    await enrol(county, first)
    visit = await service_visit(first)
    await run_sync(first)
    await first.close()
    shutil.copytree(tmp_path / "phone", tmp_path / "copy")
    first = await open_at(tmp_path / "phone", county.wire(), county.clock)
    await write_guidance(first, visit, "真的")
    await run_sync(first)
    second = await open_at(tmp_path / "copy", county.wire(), county.clock)
    assert (await run_sync(second)).resumed

    await write_guidance(first, visit, "还是真的")
    await add_photo(first, visit, b"\xff\xd8photo", width=1, height=1)
    report = await run_sync(first)
    assert report.stopped == "chain_fork"
    status = await sync_status(first)
    assert (status.stopped, status.records_total, status.records_receipted) == ("chain_fork", 4, 4)
    assert (status.records_set_aside, status.photos_confirmed) == (2, 1)
    with pytest.raises(StoppedError):
        await write_guidance(first, visit, "不能再写")
    assert (await read_standing(first)).state is EnrolmentState.STOPPED
    assert (await export_phone(first))[:2] == b"PK"
    await run_sync(second)
    assert (await read_standing(second)).state is EnrolmentState.ENROLLED
    await first.close()
    await second.close()
    county.close()
