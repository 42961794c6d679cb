"""A stopped phone on its screens: what the county refuses is exported first, then it is enrolled anew."""

from __future__ import annotations

from pathlib import Path

from field_app.enrolment.state import EnrolmentState, stop
from field_app.state.app import Phase
from field_app.state.desk import Screen
from field_app.state.enrolment import CODE
from field_app.storage.records import mark_refused, waiting_ids
from sync_server.enrolment.confirm_enrolment import confirm_enrolment
from sync_server.enrolment.issue_code import issue_code
from sync_server.enrolment.pending import waiting_enrolments
from tests.field_state.rig import PIN, Rig, a_rig
from tests.sync.county import OFFICE, service_visit


async def _stopped_with_a_refused_record(rig: Rig) -> bytes:
    phone = rig.phone
    await service_visit(phone)
    await phone.database.write(lambda rows: [mark_refused(rows, one, "record_too_large") for one in waiting_ids(rows)])
    await phone.database.write(lambda rows: stop(rows, "revoked"))
    await rig.field.app.look_again()
    await rig.field.app.go(Screen.SETTINGS)
    return phone.signer.kid


async def test_export_first_then_enrol_anew_with_another_key(tmp_path: Path) -> None:
    async with a_rig(tmp_path) as rig:
        app, settings = rig.field.app, rig.field.settings
        assert not settings.is_stopped
        old = await _stopped_with_a_refused_record(rig)
        assert settings.is_stopped
        await settings.start_over()
        assert app.notice is not None
        assert app.notice.code == "export_first"
        assert app.phone.signer.kid == old

        saved: list[str] = []

        async def refuse_to_save(name: str, data: bytes) -> bool:
            return False

        async def save(name: str, data: bytes) -> bool:
            saved.append(name)
            return data[:2] == b"PK"

        await settings.export(refuse_to_save)
        await settings.start_over()
        assert app.phone.signer.kid == old  # nobody has the file
        await settings.export(save)
        assert saved
        await settings.start_over()
        assert app.phase is Phase.ENROL
        assert app.standing is not None
        assert app.standing.state is EnrolmentState.NONE
        assert app.phone.signer.kid != old
        assert (rig.folder / f"put-aside-{old.hex()}" / "phone.sqlite").exists()
        await _enrol_anew(rig)
        assert app.phase is Phase.OPEN


async def _enrol_anew(rig: Rig) -> None:
    rig.field.app.write(CODE, issue_code(rig.county.county, OFFICE, "p1").text)
    await rig.field.enrolling.send()
    (waiting,) = waiting_enrolments(rig.county.county)
    confirm_enrolment(rig.county.county, OFFICE, waiting.id, keep_others=True)
    await rig.field.enrolling.wait()
    rig.field.lock.type(PIN)
    await rig.field.lock.choose()


async def test_a_phone_that_holds_what_could_still_be_sent_goes_on_as_it_is(tmp_path: Path) -> None:
    async with a_rig(tmp_path) as rig:
        await service_visit(rig.phone)
        await rig.phone.database.write(lambda rows: stop(rows, "revoked"))
        await rig.field.app.look_again()
        kid = rig.phone.signer.kid
        await rig.field.settings.start_over()
        assert rig.field.app.notice is not None
        assert rig.field.app.notice.code == "unsent"
        assert rig.field.app.phone.signer.kid == kid
        assert rig.field.app.phase is Phase.OPEN
