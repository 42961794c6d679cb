"""What a person may do at the gate is exactly what rules 4 says; there is no button to enter against a refusal."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from field_app.sync.run_sync import run_sync
from field_app.visits.read_visit import list_visits, read_visit
from shared_models.acts import Theme
from shared_models.facts import Ground
from shared_models.visit import GateDecision, GroundGiven
from sync_server.calendar.publish_theme import publish_theme
from tests.field_ui.conftest import Screens, open_screens
from tests.field_ui.headless import HeadlessApp
from tests.sync.county import BAKERY, MILL, OFFICE, file_inspection

BUTTONS = {"enter", "claim", "claim-withdraw", "leave", "sync-first"}
UNKNOWN = "91330100799655058B"


async def _at_gate(screens: Screens, code: str) -> HeadlessApp:
    app = screens.app
    await app.screen("today")
    await app.tap("scan")
    await app.screen("scan")
    await app.type("typed", code)
    await app.until(lambda: app.has("typed-go"), "a code")
    await app.tap("typed-go")
    await app.screen("gate")
    return app


def _buttons(app: HeadlessApp) -> set[str]:
    return BUTTONS & app.ids()


async def test_allowed_enters_and_nothing_else(tmp_path: Path) -> None:
    async with open_screens(tmp_path) as screens:
        app = await _at_gate(screens, MILL)
        assert app.has("verdict-allow")
        assert _buttons(app) == {"enter"}


async def test_denied_claims_or_leaves_and_says_why_what_next_and_the_clause(tmp_path: Path) -> None:
    async with open_screens(tmp_path) as screens:
        app = await _at_gate(screens, BAKERY)
        assert app.has("verdict-deny")
        assert app.has("reasons-not_filed")
        assert _buttons(app) == {"claim", "leave"}
        await app.sees("先备案再来", "三.3", "今后 60 天内没有可入企的日子")


async def test_outside_the_window_the_next_days_are_shown(tmp_path: Path) -> None:
    async with open_screens(tmp_path, filed=False) as screens:
        file_inspection(screens.rig.county.county, MILL, window=(date(2026, 11, 26), date(2026, 11, 27)))
        await run_sync(screens.rig.phone)
        app = await _at_gate(screens, MILL)
        await _add_colleague(app)
        assert app.has("reasons-filing_outside_window")
        assert app.has("next-days")
        await app.sees("11月26日 周四", "11月27日 周五")


async def test_unverified_inspections_synchronise_claim_or_leave(tmp_path: Path) -> None:
    async with open_screens(tmp_path) as screens:
        app = await _at_gate(screens, UNKNOWN)
        await _add_colleague(app)
        assert app.has("verdict-unverified")
        assert _buttons(app) == {"sync-first", "claim", "leave"}


async def test_unverified_surveys_enter_marked(tmp_path: Path) -> None:
    async with open_screens(tmp_path) as screens:
        app = await _at_gate(screens, UNKNOWN)
        await app.tap("purpose-survey")
        assert app.has("verdict-unverified")
        assert _buttons(app) == {"enter"}
        await app.sees("进入（标记待核）")
        await app.tap("enter")
        await app.screen("visit")
        await app.sees("待核")


async def test_service_enters_also_where_nobody_knows_the_enterprise(tmp_path: Path) -> None:
    async with open_screens(tmp_path) as screens:
        app = await _at_gate(screens, UNKNOWN)
        await app.tap("purpose-service")
        assert app.has("verdict-allow")
        assert _buttons(app) == {"enter"}


async def test_a_claim_turns_a_refusal_into_enter_first_and_can_be_withdrawn(tmp_path: Path) -> None:
    async with open_screens(tmp_path) as screens:
        app = await _at_gate(screens, BAKERY)
        await _add_colleague(app)
        await app.tap("claim")
        await app.screen("claim")
        assert not app.has("claim-proof")
        await app.tap("claim-reason-complaint")
        assert app.has("claim-proof")
        await app.tap("claim-reason-emergency")
        assert not app.has("claim-proof")
        await app.type("claim-note", "管道泄漏")
        assert not app.can_tap("claim-done")
        await app.tap("claim-approver-p9")
        await app.tap("claim-done")
        await app.screen("gate")
        await app.until(lambda: app.has("verdict-allow_then_file"), "准予先行")
        assert _buttons(app) == {"enter", "claim-withdraw"}
        await app.sees("前补报备案", "因例外放行")
        await app.tap("claim-withdraw")
        await app.until(lambda: app.has("verdict-deny"), "denied again")


async def _add_colleague(app: HeadlessApp) -> None:
    await app.tap("people-edit")
    await app.screen("people")
    await app.type("search", "陈二")
    await app.tap("person-0")
    await app.tap("people-done")
    await app.screen("gate")


async def test_the_months_theme_is_tapped_not_typed(tmp_path: Path) -> None:
    async with open_screens(tmp_path) as screens:
        month = f"{screens.rig.county.clock.instant:%Y-%m}"
        for number in ("ZT-1", "ZT-2"):
            publish_theme(screens.rig.county.county, OFFICE, Theme(month, number, "送法进企", "market"))
        assert not (await run_sync(screens.rig.phone)).errors
        app = await _at_gate(screens, MILL)
        await app.tap("purpose-service")
        await app.tap("ground-theme")
        await app.tap("ground-theme-ZT-2")
        await app.tap("enter")
        await app.screen("visit")
        (visit,) = await list_visits(screens.rig.phone)
        entries = (await read_visit(screens.rig.phone, visit.visit)).entries
        (opening,) = [entry.body for entry in entries if isinstance(entry.body, GateDecision)]
        assert opening.ground == GroundGiven(Ground.THEME, "ZT-2")
