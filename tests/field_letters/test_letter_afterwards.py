"""What a letter leaves behind: its copy, the slip, and the register that the next one asks."""

from __future__ import annotations

from pathlib import Path

import pytest

from field_app.device.decoder import best_decoder
from field_app.letters.read_register import first_offence
from field_app.state.desk import Screen
from field_app.sync.run_sync import run_sync
from field_app.visits.close_visit import close_visit
from field_app.visits.read_visit import list_visits, read_visit
from shared_models.copy_code import Copied, read_copy
from sync_server.letters.answer_letter import answer_letter
from sync_server.supervision.read_visit import read_visit as page_of_supervisor
from tests.core.test_letter import RARE
from tests.field_letters.colleagues import FIRE, inspection
from tests.field_letters.signing import STROKES, entered, to_signing
from tests.field_state.rig import Rig, a_rig
from tests.sync.county import HOST, MILL, file_inspection


async def test_the_copy_is_read_by_another_phone_and_its_answer_comes_back(tmp_path: Path) -> None:
    async with a_rig(tmp_path) as rig:
        visit = await entered(rig)
        await to_signing(rig)
        lettering = rig.field.lettering
        for _ in range(3):
            lettering.drawn(STROKES)
            await lettering.next()
        assert lettering.picture is not None
        text = await best_decoder().decode(lettering.picture)
        assert text is not None
        copy = read_copy(text, HOST)
        assert copy.kind is Copied.LETTER
        assert FIRE.measure in copy.text
        assert copy.record == (await read_visit(rig.phone, visit)).entries[-1].id
        assert (await run_sync(rig.phone)).is_complete
        answer_letter(rig.county.county, copy.record, confirmed=False, note="期限太短")
        await run_sync(rig.phone)
        await rig.field.visiting.refresh()
        assert rig.field.visiting.answers.letters[copy.record].state == "contested"
        kinds = [one.kind for one in page_of_supervisor(rig.county.county, visit).records]
        assert kinds == ["visit_opened", "finding_noted", "letter_signed", "letter_answered"]


async def test_a_slip_of_what_was_advised_is_left(tmp_path: Path) -> None:
    async with a_rig(tmp_path) as rig:
        await entered(rig)
        await rig.field.lettering.leave_guidance()
        assert rig.field.app.notice is not None
        assert rig.field.app.notice.code == "missing"
        await rig.field.visiting.guide(f"补齐台账 {RARE}")
        await rig.field.lettering.leave_guidance()
        copy = rig.field.lettering.copy
        assert copy is not None
        assert read_copy(copy.code, HOST).kind is Copied.GUIDANCE
        assert RARE in copy.words


async def test_a_second_finding_of_the_field_by_a_later_visit_is_not_the_first(tmp_path: Path) -> None:
    async with a_rig(tmp_path) as rig:
        await entered(rig)
        await rig.field.findings.open()
        rig.field.findings.choose(FIRE)
        await rig.field.findings.write()
        assert rig.field.findings.draft.dialog.first_offence is True
        await run_sync(rig.phone)
        await rig.field.findings.go_on(rig.field.findings.draft.finding or b"")
        assert rig.field.findings.draft.dialog.first_offence is True, "its own finding does not count against it"
        rig.later(hours=2)
        rig.field.findings.forget()
        later = await _second_inspection(rig)
        await rig.field.visiting.open(later)
        await rig.field.findings.open()
        rig.field.findings.choose(FIRE)
        await rig.field.findings.write()
        assert rig.field.findings.draft.dialog.first_offence is False
        rig.later(days=30)
        rig.field.findings.write_what("")
        rig.field.findings.keep(rig.field.findings.draft)
        await rig.field.findings.open()
        rig.field.findings.write_what("另一处")
        await rig.field.findings.write()
        assert rig.field.findings.draft.dialog.first_offence is None, "no provision, so no field"


async def _second_inspection(rig: Rig) -> bytes:
    await close_visit(rig.phone, rig.field.visiting.visit, why_no_legal_education="企业已熟悉")
    file_inspection(rig.county.county, MILL)
    await run_sync(rig.phone)
    return await inspection(rig.phone)


@pytest.mark.parametrize(("days", "first"), [(1, True), (60, None)])
async def test_an_old_copy_of_the_register_cannot_say_that_it_is_the_first(
    tmp_path: Path, days: int, first: bool | None
) -> None:
    async with a_rig(tmp_path) as rig:
        visit = await entered(rig)
        rig.later(days=days)
        assert await first_offence(rig.phone, visit, "91350100M000100Y43", FIRE.field) is first


async def test_a_visit_of_the_history_shows_its_letter_and_its_code(tmp_path: Path) -> None:
    async with a_rig(tmp_path) as rig:
        visit = await entered(rig)
        await to_signing(rig)
        for _ in range(3):
            rig.field.lettering.drawn(STROKES)
            await rig.field.lettering.next()
        await close_visit(rig.phone, visit, why_no_legal_education="企业已熟悉")
        (summary,) = await list_visits(rig.phone)
        await rig.field.visiting.open(summary.visit)
        letter = next(one.id for one in rig.field.visiting.page.entries if one.kind == "letter_signed")  # type: ignore[union-attr]
        await rig.field.lettering.leave(letter)
        assert rig.field.app.desk.top is Screen.COPY
