"""How a promise ended is heard at the next gate: nobody asks again for what the department has seen put right."""

from __future__ import annotations

from pathlib import Path

from field_app.gate.read_brief import read_brief
from field_app.letters.read_register import first_offence
from field_app.sync.run_sync import run_sync
from field_app.visits.close_visit import close_visit
from field_app.visits.read_answers import read_answers
from field_app.visits.read_visit import read_visit
from shared_models.corrections import CorrectionWord, ObjectionWord
from sync_server.letters.answer_correction import answer_correction
from sync_server.letters.answer_letter import answer_letter
from sync_server.letters.answer_objection import answer_objection
from sync_server.letters.show_correction import show_correction
from tests.field_letters.colleagues import FIRE
from tests.field_letters.signing import STROKES, entered, to_signing
from tests.field_state.rig import Rig, a_rig
from tests.letters.promises import picture
from tests.sync.county import MILL


async def signed(rig: Rig) -> tuple[bytes, bytes]:
    """A visit with its letter, closed and received; ids of both."""
    visit = await entered(rig)
    await to_signing(rig)
    for _ in range(3):
        rig.field.lettering.drawn(STROKES)
        await rig.field.lettering.next()
    await close_visit(rig.phone, visit, why_no_legal_education="企业已熟悉")
    assert (await run_sync(rig.phone)).is_complete
    page = await read_visit(rig.phone, visit)
    return visit, next(one.id for one in page.entries if one.kind == "letter_signed")


async def test_a_promise_that_was_kept_is_no_open_letter_at_the_next_gate(tmp_path: Path) -> None:
    async with a_rig(tmp_path) as rig:
        phone, county = rig.phone, rig.county.county
        visit, letter = await signed(rig)
        assert len((await read_brief(phone, MILL)).letters) == 1
        page = await read_visit(phone, visit)

        show_correction(county, letter, [picture()], "清了一半")
        answer_correction(county, "clerk", letter, CorrectionWord.NOT_YET, comment="还有一半")
        await run_sync(phone)
        said = (await read_answers(phone, page)).promises[letter]
        assert (said.state, said.note) == ("not_yet", "还有一半")
        assert len((await read_brief(phone, MILL)).letters) == 1

        show_correction(county, letter, [picture()], "清好了")
        answer_correction(county, "clerk", letter, CorrectionWord.KEPT)
        await run_sync(phone)
        assert (await read_answers(phone, page)).promises[letter].state == "kept"
        assert (await read_brief(phone, MILL)).letters == ()


async def test_what_was_no_violation_is_neither_promised_nor_a_first_at_the_next_gate(tmp_path: Path) -> None:
    async with a_rig(tmp_path) as rig:
        phone, county = rig.phone, rig.county.county
        visit, letter = await signed(rig)
        assert await first_offence(phone, b"another-visit-01", MILL, FIRE.field) is False
        answer_letter(county, letter, confirmed=False, note="堆的是消防器材")
        answer_objection(county, "head", letter, ObjectionWord.UNFOUNDED, comment="现场复核，通道没有被占用")
        assert await first_offence(phone, b"another-visit-01", MILL, FIRE.field) is False, "not heard of yet"
        await run_sync(phone)
        page = await read_visit(phone, visit)
        assert (await read_answers(phone, page)).promises[letter].state == "unfounded"
        assert (await read_brief(phone, MILL)).letters == ()
        assert (await read_brief(phone, MILL)).offences == ()
        assert await first_offence(phone, b"another-visit-01", MILL, FIRE.field) is True
