"""A letter by taps alone."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import flet as ft

from field_app.letters.letter_draft import draft_key
from field_app.state.desk import Screen
from field_app.storage.drafts import load_draft
from field_app.sync.run_sync import run_sync
from field_app.visits.read_visit import read_visit
from shared_models.calendar import day_of
from shared_models.commitment import MAX_TEXT, Finding, LetterRefused, LetterSigned
from shared_models.leniency import Leniency
from tests.core.test_letter import RARE
from tests.field_letters.colleagues import FIRE, publish
from tests.field_letters.signing import HAND, STROKES, draw, entered, on_visit, to_signing
from tests.field_state.rig import a_rig, photo
from tests.field_ui.conftest import open_screens
from tests.field_ui.headless import HeadlessApp
from tests.sync.county import service_visit


class Taps:
    def __init__(self, app: HeadlessApp) -> None:
        self.app, self.n = app, 0

    async def __call__(self, identifier: str, then: str) -> None:
        await self.app.until(lambda: self.app.has(identifier), identifier)
        await self.app.tap(identifier)
        self.n += 1
        await self.app.until(lambda: self.app.has(then), then)

    async def type(self, identifier: str, text: str) -> None:
        await self.app.type(identifier, text)
        self.n += 1  # a tap puts the cursor there


async def test_a_letter_with_a_fitting_snippet_takes_twelve_taps_plus_the_signatures(tmp_path: Path) -> None:
    async with open_screens(tmp_path) as screens:
        app = screens.app
        visit = await on_visit(screens)
        tap = Taps(app)
        await tap("finding", "provision-0")
        await tap(_provision(app, FIRE.fact), "finding-write")
        await tap("finding-write", "screen-leniency")
        await tap("gravity-minor", "harm-none")
        await tap("harm-none", "correction-pledged")
        await tap("correction-pledged", "outcome-no_penalty_minor")
        await app.sees(
            "轻微违法，不予处罚", "第三十三条第一款前半句", "承诺书（或拒签说明）", "到期复查", "县登记册里没有：初次"
        )
        await tap("letter", "screen-letter")
        await tap.type("letter-field-name", "张三")
        await tap.type("letter-field-phone", "13800000000")
        await tap("read", "screen-read")
        await app.sees("平阳水头制革厂", FIRE.text, FIRE.measure, "张三 · 现场负责人 · 13800000000")
        await tap("sign", "pad")
        assert tap.n <= 12
        for _ in range(3):
            assert not app.can_tap("sign-next")
            await draw(app, HAND)
            await app.tap("sign-next")
        await app.screen("copy")
        page = await read_visit(screens.rig.phone, visit)
        body = page.entries[-1].body
        assert isinstance(body, LetterSigned)
        assert body.letter.outcome.outcome is Leniency.NO_PENALTY_MINOR
        assert [one.officer for one in body.officers] == ["p1", "p2"]
        assert body.letter.due == body.letter.recheck == day_of(screens.rig.county.clock.now()) + timedelta(days=7)
        assert await load_draft(screens.rig.phone, draft_key(visit)) is None


def _provision(app: HeadlessApp, fact: str) -> str:
    """The identifier of the provision that says this."""
    for identifier in sorted(one for one in app.ids() if one.startswith("provision-")):
        if app.inside(identifier, ft.Text).value == fact:
            return identifier
    raise AssertionError(fact)


async def test_a_kill_between_two_signatures_loses_nothing(tmp_path: Path) -> None:
    async with a_rig(tmp_path) as rig:
        visit = await entered(rig)
        await to_signing(rig)
        rig.field.lettering.drawn(STROKES)
        await rig.field.lettering.next()
        rig.field.lettering.drawn(STROKES)
        rig.field.lettering.write("facts", f"疏散通道堆放 {RARE}")
        await rig.field.findings.flush()
        await rig.field.app.flush()
        await rig.restart()
        await rig.unlock()
        await rig.field.settle()
        lettering = rig.field.lettering
        assert rig.field.app.desk.top is Screen.SIGN
        assert lettering.signer.who == "p1"
        assert lettering.draft.strokes == {"on_site": STROKES, "p1": STROKES}
        await lettering.next()
        lettering.drawn(STROKES)
        await lettering.next()
        body = (await read_visit(rig.phone, visit)).entries[-1].body
        assert isinstance(body, LetterSigned)
        assert RARE in body.letter.facts
        report = await run_sync(rig.phone)
        assert report.is_complete, report
        assert report.set_aside == 0


async def test_a_broken_photo_in_the_middle_loses_nothing(tmp_path: Path) -> None:
    async def broken() -> bytes:
        return b"no picture"

    async def sound() -> bytes:
        return photo(400, 300)

    async with a_rig(tmp_path) as rig:
        await entered(rig)
        field = rig.field
        await field.findings.open()
        field.findings.choose(FIRE)
        field.findings.write_where("二号车间")
        await field.app.go(Screen.PHOTO)
        await field.visiting.from_album(broken)
        assert field.app.notice is not None
        assert field.app.desk.top is Screen.PHOTO
        await field.visiting.from_album(sound)
        assert field.app.desk.top is Screen.FINDING
        assert field.findings.draft.where == "二号车间"
        field.findings.choose_photo(field.findings.photos[0].body.sha256)
        await field.findings.write()
        page = await read_visit(rig.phone, field.visiting.visit)
        found = page.entries[-1].body
        assert isinstance(found, Finding)
        assert found.photo == page.entries[-2].body.sha256


async def test_a_dot_is_no_signature(tmp_path: Path) -> None:
    async with open_screens(tmp_path) as screens:
        app = screens.app
        await on_visit(screens)
        await app.tap("finding")
        await app.screen("finding")
        await app.tap(_provision(app, FIRE.fact))
        await app.tap("finding-write")
        for one in ("gravity-minor", "harm-none", "correction-on_the_spot", "letter"):
            await app.until(lambda one=one: app.has(one), one)
            await app.tap(one)
        await app.screen("letter")
        await app.type("letter-field-name", "㙍喆")
        await app.tap("read")
        await app.tap("sign")
        await draw(app, [[(100, 100)]])
        assert not app.can_tap("sign-next")
        await draw(app, [[(100, 100), (103, 101)]])
        assert not app.can_tap("sign-next")
        await app.tap("pad-clear")
        await draw(app, HAND)
        assert app.can_tap("sign-next")


async def test_a_refusal_needs_reason_and_witness_and_never_changes_the_basis(tmp_path: Path) -> None:
    async with a_rig(tmp_path) as rig:
        visit = await entered(rig)
        await to_signing(rig)
        lettering = rig.field.lettering
        await lettering.refuse(refused=True)
        await lettering.next()
        assert rig.field.app.notice is not None
        assert rig.field.app.notice.code == "no_signature"
        lettering.write("reason", "认为不是自己堆的")
        lettering.write("witness", "社区干部王五")
        await lettering.next()
        for _ in range(2):
            lettering.drawn(STROKES)
            await lettering.next()
        body = (await read_visit(rig.phone, visit)).entries[-1].body
        assert isinstance(body, LetterRefused)
        assert (body.letter.basis, body.witness) == ("处罚法33.1前", "社区干部王五")
        assert (await run_sync(rig.phone)).is_complete


async def test_a_survey_or_service_visit_has_no_findings_and_says_the_clause(tmp_path: Path) -> None:
    async with a_rig(tmp_path) as rig:
        publish(rig)
        await run_sync(rig.phone)
        visit = await service_visit(rig.phone)
        await rig.field.visiting.open(visit)
        await rig.field.findings.open()
        rig.field.findings.choose(FIRE)
        await rig.field.findings.write()
        notice = rig.field.app.notice
        assert notice is not None
        assert "三.4" in rig.field.app.texts.error(notice.code)
        assert len((await read_visit(rig.phone, visit)).entries) == 1
        assert rig.field.findings.draft.what == FIRE.fact


async def test_five_thousand_characters_are_said_to_be_too_many_and_stay_on_the_screen(tmp_path: Path) -> None:
    async with a_rig(tmp_path) as rig:
        await entered(rig)
        field = rig.field
        await field.findings.open()
        field.findings.write_what("长" * 5000)
        await field.findings.write()
        assert field.app.notice is not None
        assert field.app.notice.code == "text_too_long"
        assert len(field.findings.draft.what) == 5000
        field.findings.write_what("")
        await to_signing(rig)
        for what in ("facts", "measure", "education", "reason"):
            field.lettering.write(what, "长" * 5000)
            await field.lettering.read()
            assert field.app.notice is not None
            assert field.app.notice.code == "text_too_long", what
            field.lettering.write(what, "长" * MAX_TEXT)
        field.lettering.write("name", "长" * 5000)
        await field.lettering.read()
        assert field.app.notice is not None
        assert field.app.notice.code == "text_too_long"
        field.lettering.write("name", "长" * 60)
        field.lettering.write("witness", "")
        field.lettering.write("reason", "")
        for _ in range(3):
            field.lettering.drawn(STROKES)
            await field.lettering.next()
        assert field.app.desk.top is Screen.COPY, field.app.notice
        copy = field.lettering.copy
        assert copy is not None
        assert not copy.is_whole
        assert (await run_sync(rig.phone)).is_complete
