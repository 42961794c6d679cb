"""When there is nothing to do here yet: opening, in use elsewhere, or broken."""

from __future__ import annotations

import flet as ft

from field_app.state.app import App, Phase
from field_app.widgets.basics import BOLD, marked, muted, primary
from field_app.widgets.component import component
from field_app.widgets.ids import Id
from field_app.widgets.theme import GRID, TITLE
from field_app.widgets.ui import Ui, does


@component
def StandingScreen(app: App, ui: Ui) -> ft.Control:
    if app.phase is Phase.STARTING:
        return _middle(ui, "starting", [ft.ProgressRing(color=ui.c.accent), muted(ui, ui.t("starting"))])
    if app.phase is Phase.AWAY:
        return _middle(
            ui,
            "away",
            [
                ft.Icon(ft.Icons.DEVICES, size=64, color=ui.c.accent),
                _heading(ui, ui.t("away")),
                muted(ui, ui.t("away_sub"), text_align=ft.TextAlign.CENTER),
                ft.Container(primary(ui, Id.USE_HERE, ui.t("use_here"), does(app.use_here)), width=320),
            ],
        )
    return _middle(
        ui,
        "broken",
        [
            ft.Icon(ft.Icons.REPORT_PROBLEM, size=64, color=ui.c.bad),
            _heading(ui, ui.t("broken")),
            muted(ui, ui.t("broken_sub"), text_align=ft.TextAlign.CENTER),
            muted(ui, app.trouble),
        ],
    )


def _heading(ui: Ui, text: str) -> ft.Text:
    return ft.Text(text, size=TITLE, weight=BOLD, color=ui.c.ink, text_align=ft.TextAlign.CENTER)


def _middle(ui: Ui, name: str, controls: list[ft.Control]) -> ft.Control:
    column = ft.Column(
        controls,
        alignment=ft.MainAxisAlignment.CENTER,
        horizontal_alignment=ft.CrossAxisAlignment.CENTER,
        spacing=2 * GRID,
        expand=True,
    )
    box = ft.Container(column, padding=3 * GRID, bgcolor=ui.c.ground, expand=True, alignment=ft.Alignment.CENTER)
    return marked(f"{Id.SCREEN}-{name}", box, expand=True)
