from __future__ import annotations

import asyncio
from pathlib import Path

from field_app.state.app import Phase
from field_app.state.enrolment import CODE
from sync_server.enrolment.confirm_enrolment import confirm_enrolment
from sync_server.enrolment.issue_code import issue_code
from sync_server.enrolment.pending import waiting_enrolments
from sync_server.enrolment.refuse_enrolment import refuse_enrolment
from tests.field_state.rig import PIN, Rig, a_rig
from tests.sync.county import OFFICE


async def _ask(rig: Rig) -> str:
    code = issue_code(rig.county.county, OFFICE, "p1").text
    rig.field.app.write(CODE, code.rsplit("/", 1)[-1].lower().replace("-", " "))
    await rig.field.enrolling.send()
    (waiting,) = waiting_enrolments(rig.county.county)
    assert waiting.words == rig.field.enrolling.words
    return waiting.id


async def test_a_typed_code_leads_through_four_words_and_a_pin_to_today(tmp_path: Path) -> None:
    async with a_rig(tmp_path, enrolled=False) as rig:
        assert rig.field.app.phase is Phase.ENROL
        enrolment = await _ask(rig)
        assert rig.field.enrolling.is_waiting
        assert rig.field.app.text(CODE) == ""
        waiting = asyncio.ensure_future(rig.field.enrolling.wait())
        await asyncio.sleep(0.05)
        confirm_enrolment(rig.county.county, OFFICE, enrolment, keep_others=True)
        await asyncio.wait_for(waiting, 10)
        assert rig.field.app.phase is Phase.PIN
        rig.field.lock.type(PIN)
        await rig.field.lock.choose()
        assert rig.field.app.phase is Phase.OPEN


async def test_a_phone_that_is_killed_while_it_waits_goes_on_waiting(tmp_path: Path) -> None:
    async with a_rig(tmp_path, enrolled=False) as rig:
        await _ask(rig)
        words = rig.field.enrolling.words
        await rig.restart()
        assert rig.field.enrolling.is_waiting
        assert rig.field.enrolling.words == words


async def test_who_waits_for_the_wrong_clerk_uses_another_code(tmp_path: Path) -> None:
    async with a_rig(tmp_path, enrolled=False) as rig:
        first = await _ask(rig)
        waiting = asyncio.ensure_future(rig.field.enrolling.wait())
        await rig.field.enrolling.use_another()
        await asyncio.wait_for(waiting, 10)
        assert not rig.field.enrolling.is_waiting
        assert rig.field.app.phase is Phase.ENROL
        refuse_enrolment(rig.county.county, first)
        second = await _ask(rig)
        confirm_enrolment(rig.county.county, OFFICE, second, keep_others=True)
        await asyncio.wait_for(rig.field.enrolling.wait(), 10)
        assert rig.field.app.phase is Phase.PIN


async def test_a_refused_enrolment_says_so_and_begins_anew(tmp_path: Path) -> None:
    async with a_rig(tmp_path, enrolled=False) as rig:
        enrolment = await _ask(rig)
        refuse_enrolment(rig.county.county, enrolment)
        await asyncio.wait_for(rig.field.enrolling.wait(), 10)
        assert rig.field.app.notice is not None
        assert rig.field.app.notice.code == "enrolment_refused"
        assert rig.field.app.phase is Phase.ENROL
        assert not rig.field.enrolling.is_waiting


async def test_without_signal_the_code_stays_typed_and_is_told(tmp_path: Path) -> None:
    async with a_rig(tmp_path, enrolled=False) as rig:
        rig.wire.signal = False
        rig.field.app.write(CODE, issue_code(rig.county.county, OFFICE, "p1").text)
        await rig.field.enrolling.send()
        assert rig.field.app.notice is not None
        assert rig.field.app.notice.code == "offline"
        assert rig.field.app.text(CODE)


async def test_a_refused_code_before_the_camera_is_asked_about_once_and_not_at_every_frame(tmp_path: Path) -> None:
    """Else it would use up the office's tries, sixty an hour from one address."""
    async with a_rig(tmp_path, enrolled=False) as rig:
        enrolling, code = rig.field.enrolling, issue_code(rig.county.county, OFFICE, "p1").text
        rig.later(minutes=11)
        await enrolling.scan(on=True)
        for _ in range(3):
            assert not await enrolling.saw(code)
        assert rig.wire.asked.count(("POST", "/api/enrolment")) == 1
        assert rig.field.app.notice is not None
        assert rig.field.app.notice.values["problem"] == "enrolment_code_invalid"
        await enrolling.scan(on=True)
        assert not await enrolling.saw(code)
        assert rig.wire.asked.count(("POST", "/api/enrolment")) == 2


async def test_a_good_code_is_taken_once_the_signal_is_back(tmp_path: Path) -> None:
    async with a_rig(tmp_path, enrolled=False) as rig:
        code = issue_code(rig.county.county, OFFICE, "p1").text
        rig.wire.signal = False
        assert not await rig.field.enrolling.saw(code)
        rig.wire.signal = True
        assert await rig.field.enrolling.saw(code)
        assert rig.field.enrolling.is_waiting
