"""A revoked phone writes no more; what it wrote is sent, can be exported, and is kept when it starts over."""

from __future__ import annotations

from pathlib import Path

import pytest

from field_app.enrolment.start_over import start_over
from field_app.enrolment.state import EnrolmentState, read_standing, stop
from field_app.errors import ExportFirstError, NotEnrolledError, StoppedError, UnsentError
from field_app.export.export_phone import export_phone, note_exported
from field_app.storage.records import mark_refused, waiting_ids
from field_app.sync.run_sync import run_sync
from field_app.sync.status import read_outbox, sync_status
from field_app.visits.write_in_visit import write_guidance
from sync_server.enrolment.revoke_phone import revoke_phone
from tests.sync.county import enrol, make_county, open_at, service_visit


async def test_a_revoked_phone_stops_but_what_it_wrote_is_sent_and_exported(tmp_path: Path) -> None:
    county = make_county(tmp_path / "county")
    phone = await open_at(tmp_path / "phone", county.wire(), county.clock)
    await enrol(county, phone)
    visit = await service_visit(phone)
    revoke_phone(county.county, "office", phone.signer.kid, "lost")
    report = await run_sync(phone)
    assert report.stopped == "revoked"
    status = await sync_status(phone)
    assert (status.records_receipted, status.records_set_aside, status.stopped) == (1, 1, "revoked")
    with pytest.raises(StoppedError):
        await write_guidance(phone, visit, "还写")
    (line,) = (await read_outbox(phone)).lines
    assert line.entry.code == "author_revoked"
    assert (await export_phone(phone))[:2] == b"PK"
    assert (await read_standing(phone)).state is EnrolmentState.STOPPED
    await phone.close()
    county.close()


async def test_records_that_the_county_refuses_hold_a_stopped_phone_only_until_they_are_exported(
    tmp_path: Path,
) -> None:
    county = make_county(tmp_path / "county")
    phone = await open_at(tmp_path / "phone", county.wire(), county.clock)
    await enrol(county, phone)
    await service_visit(phone)
    await phone.database.write(lambda rows: [mark_refused(rows, one, "record_too_large") for one in waiting_ids(rows)])
    await phone.database.write(lambda rows: stop(rows, "revoked"))
    with pytest.raises(ExportFirstError):
        await start_over(phone)
    assert (await export_phone(phone))[:2] == b"PK"
    with pytest.raises(ExportFirstError):  # made, but nobody has it
        await start_over(phone)
    await note_exported(phone)
    aside = tmp_path / "phone" / await start_over(phone)
    kept = await open_at(aside, county.wire(), county.clock)
    assert (await sync_status(kept)).records_total == 1
    await kept.close()
    county.close()


async def test_a_stopped_phone_starts_over_with_another_key_and_keeps_what_it_held(tmp_path: Path) -> None:
    county = make_county(tmp_path / "county")
    phone = await open_at(tmp_path / "phone", county.wire(), county.clock)
    await enrol(county, phone)
    await service_visit(phone)
    with pytest.raises(NotEnrolledError):
        await start_over(phone)
    revoke_phone(county.county, "office", phone.signer.kid, "lost")
    await phone.database.write(lambda rows: stop(rows, "revoked"))
    with pytest.raises(UnsentError):
        await start_over(phone)
    await run_sync(phone)
    old = phone.signer.kid
    aside = tmp_path / "phone" / await start_over(phone)
    assert {file.name for file in aside.iterdir()} >= {"phone.sqlite", "phone.key"}

    new = await open_at(tmp_path / "phone", county.wire(), county.clock)
    assert new.signer.kid != old
    await enrol(county, new)
    await service_visit(new)
    assert (await run_sync(new)).is_complete
    await new.close()
    before = await open_at(aside, county.wire(), county.clock)
    assert (await sync_status(before)).records_total == 1
    await before.close()
    county.close()
