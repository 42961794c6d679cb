"""Which screen is shown: one view on top of an empty one, so that the system's back leads back and not out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import flet as ft

from field_app.screens.camera_views import PhotoScreen, ScanScreen
from field_app.screens.claim import ClaimScreen
from field_app.screens.enrol import EnrolScreen, PinScreen
from field_app.screens.finding import FindingScreen, LeniencyScreen
from field_app.screens.gate import GateScreen
from field_app.screens.history import HistoryScreen
from field_app.screens.join import JoinScreen
from field_app.screens.letter import LetterScreen, ReadScreen
from field_app.screens.outbox import OutboxScreen
from field_app.screens.people import PeopleScreen
from field_app.screens.settings import SettingsScreen
from field_app.screens.show_code import ShowCodeScreen
from field_app.screens.signing import CopyScreen, SignScreen
from field_app.screens.standing import StandingScreen
from field_app.screens.today import TodayScreen
from field_app.screens.unlock import UnlockScreen
from field_app.screens.visit import VisitScreen
from field_app.screens.writing import AmendScreen, CloseScreen, GuideScreen, LawScreen, NeedScreen
from field_app.state.app import App, Phase
from field_app.state.desk import Screen
from field_app.state.field import Field
from field_app.widgets.theme import palette
from field_app.widgets.ui import Ui

Draws = Callable[[Field, Ui], Any]

SCREENS: dict[Screen, Draws] = {
    Screen.TODAY: lambda f, ui: TodayScreen(f.app, f.today, f.visiting, f.scan, ui),
    Screen.SCAN: lambda f, ui: ScanScreen(f.app, f.scan, ui),
    Screen.GATE: lambda f, ui: GateScreen(f.app, f.gate, ui),
    Screen.CLAIM: lambda f, ui: ClaimScreen(f.app, f.gate, ui),
    Screen.PEOPLE: lambda f, ui: PeopleScreen(f.app, f.gate, ui),
    Screen.VISIT: lambda f, ui: VisitScreen(f.app, f.visiting, f.showing, f.findings, f.lettering, ui),
    Screen.GUIDE: lambda f, ui: GuideScreen(f.app, f.visiting, ui),
    Screen.LAW: lambda f, ui: LawScreen(f.app, f.visiting, ui),
    Screen.NEED: lambda f, ui: NeedScreen(f.app, f.visiting, ui),
    Screen.PHOTO: lambda f, ui: PhotoScreen(f.app, f.visiting, f.scan, ui),
    Screen.AMEND: lambda f, ui: AmendScreen(f.app, f.visiting, ui),
    Screen.CLOSE: lambda f, ui: CloseScreen(f.app, f.visiting, ui),
    Screen.HISTORY: lambda f, ui: HistoryScreen(f.app, f.today, f.visiting, ui),
    Screen.OUTBOX: lambda f, ui: OutboxScreen(f.app, f.today, ui),
    Screen.CODE: lambda f, ui: ShowCodeScreen(f.app, f.showing, ui),
    Screen.JOIN: lambda f, ui: JoinScreen(f.app, f.joining, ui),
    Screen.FINDING: lambda f, ui: FindingScreen(f.app, f.findings, f.visiting, ui),
    Screen.LENIENCY: lambda f, ui: LeniencyScreen(f.app, f.findings, ui),
    Screen.LETTER: lambda f, ui: LetterScreen(f.app, f.lettering, f.findings, ui),
    Screen.READ: lambda f, ui: ReadScreen(f.app, f.lettering, f.visiting, ui),
    Screen.SIGN: lambda f, ui: SignScreen(f.app, f.lettering, f.findings, f.visiting, ui),
    Screen.COPY: lambda f, ui: CopyScreen(f.app, f.lettering, ui),
    Screen.SETTINGS: lambda f, ui: SettingsScreen(f.app, f.settings, f.lock, ui),
}


def _ui(app: App) -> Ui:
    return Ui(app.texts, palette(dark=app.is_dark))


def _draw(field: Field, ui: Ui) -> Any:
    phase = field.app.phase
    if phase is Phase.OPEN:
        return SCREENS[field.app.desk.top](field, ui)
    if phase is Phase.LOCKED:
        return UnlockScreen(field.app, field.lock, ui)
    if phase is Phase.PIN:
        return PinScreen(field.app, field.lock, ui)
    if phase is Phase.ENROL:
        return EnrolScreen(field.app, field.enrolling, field.scan, ui)
    return StandingScreen(field.app, ui)


@ft.component
def Root(field: Field, app: App) -> list[ft.View]:
    """`app` is an argument of its own so that this is drawn again whenever it changes."""
    ui = _ui(app)
    is_open = app.phase is Phase.OPEN
    route = f"/{app.desk.top}" if is_open else f"/{app.phase}"
    top = ft.View(route=route, controls=[_draw(field, ui)], padding=0, spacing=0, bgcolor=ui.c.ground)
    if is_open and len(app.desk.screens) > 1:
        return [ft.View(route="/", bgcolor=ui.c.ground), top]
    return [top]
