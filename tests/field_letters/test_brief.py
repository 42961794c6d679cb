from __future__ import annotations

from datetime import date
from pathlib import Path

from field_app.gate.read_brief import read_brief
from field_app.sync.run_sync import run_sync
from field_app.visits.close_visit import close_visit
from field_app.visits.write_in_visit import note_need, write_guidance
from shared_models.county import Offence
from shared_models.filing import FilingForm, Purpose
from sync_server.filings.accept_filing import accept_filing
from sync_server.filings.submit_filing import submit_filing
from tests.field_letters.colleagues import FIRE
from tests.field_letters.test_letter_by_taps import STROKES, entered, to_signing
from tests.field_state.rig import Rig, a_rig
from tests.field_ui.conftest import open_screens
from tests.sync.county import BAKERY, MILL, OFFICE


def _file_fire(rig: Rig) -> None:
    window = (date(2026, 11, 24), date(2026, 11, 27))
    form = FilingForm(
        ("fire",),
        Purpose.INSPECTION,
        (MILL,),
        window,
        ("p3", "p3"),
        ("消防",),
        "年度计划",
        why_not_off_site="须看现场",
        approved_by="p9",
    )
    submitted = submit_filing(rig.county.county, OFFICE, form, accept_by_rule=False)
    accept_filing(rig.county.county, OFFICE, submitted.filing)


async def test_the_brief_tells_the_last_visit_letters_needs_offences_caps_and_who_else_comes(tmp_path: Path) -> None:
    async with a_rig(tmp_path) as rig:
        visit = await entered(rig)
        await write_guidance(rig.phone, visit, "请补齐进货台账")
        await note_need(rig.phone, visit, "夏季错峰用电")
        await to_signing(rig)
        rig.field.findings.keep(rig.field.findings.draft)
        rig.field.lettering.set_due(7)
        for _ in range(3):
            rig.field.lettering.drawn(STROKES)
            await rig.field.lettering.next()
        await close_visit(rig.phone, visit, why_no_legal_education="企业已熟悉")
        _file_fire(rig)
        assert (await run_sync(rig.phone)).is_complete
        brief = await read_brief(rig.phone, MILL)
        assert brief.last_at == rig.county.clock.now()
        assert (brief.guided, brief.needs) == (("请补齐进货台账",), ("夏季错峰用电",))
        assert [one.due for one in brief.letters] == [date(2026, 11, 24)]
        assert brief.offences == (Offence(MILL, FIRE.field, date(2026, 11, 17), visit),)
        assert [(one.department, one.window[0]) for one in brief.coming] == [("消防大队", date(2026, 11, 24))]
        assert [(one.department, one.entered, one.cap) for one in brief.caps] == [("市场监管局", 1, 2)]
        rig.later(days=30)
        assert (await read_brief(rig.phone, MILL)).letters == ()
        nothing = await read_brief(rig.phone, BAKERY)
        assert (nothing.last_at, nothing.guided, nothing.coming, nothing.caps) == (None, (), (), ())


async def test_the_brief_stands_on_the_gates_card(tmp_path: Path) -> None:
    async with open_screens(tmp_path) as screens:
        _file_fire(screens.rig)
        await run_sync(screens.rig.phone)
        app = screens.app
        await app.tap("scan")
        await app.screen("scan")
        await app.type("typed", MILL)
        await app.tap("typed-go")
        await app.screen("gate")
        await app.sees("进门前看一眼", "本机没有来过的记录", "消防大队 也将于 11月24–27日 入企")
