"""The visit: one page that saves itself; a bar of four things to do, what is written, and the end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import flet as ft

from field_app.screens.visit_door import door_bar, exception_badge, findings_and_letters, presence
from field_app.state.app import App
from field_app.state.desk import Screen
from field_app.state.finding import Findings
from field_app.state.lettering import Lettering
from field_app.state.showing import Showing
from field_app.state.visiting import Visiting
from field_app.visits.visit_page import VisitSummary
from field_app.widgets import verdict as drawn
from field_app.widgets.basics import BOLD, badge, body, card, marked, muted, primary, section
from field_app.widgets.component import component
from field_app.widgets.frame import screen
from field_app.widgets.ids import Id
from field_app.widgets.theme import GRID, RADIUS
from field_app.widgets.timeline import timeline
from field_app.widgets.ui import Ui, does
from field_app.widgets.verdict import SHAPES


@component
def VisitScreen(
    app: App, visiting: Visiting, showing: Showing, findings: Findings, lettering: Lettering, ui: Ui
) -> ft.Control:
    page = visiting.page
    if page is None:
        return screen(ui, app, "visit", ui.t("visit"), [])
    summary = page.summary
    controls: list[ft.Control] = [_head(ui, summary)]
    band = None
    if summary.refused or not summary.in_progress:
        band = drawn.band(ui, summary.decision.verdict)
        controls.extend(drawn.reasons(ui, summary.decision.verdict, visiting.names))

    def amend(record: bytes) -> Callable[..., Any]:
        return does(visiting.begin_amending, record)

    controls.append(presence(ui, visiting))
    if badges := exception_badge(ui, page, visiting.answers):
        controls.append(ft.Row(badges, wrap=True))
    controls.extend(findings_and_letters(ui, visiting, findings, lettering))
    written = page.entries[1:] if summary.in_progress else page.entries
    controls.append(section(ui, ui.t("visit_written")))
    if written:
        newest_first = tuple(reversed(written)) if summary.in_progress else written
        controls.append(timeline(ui, newest_first, dict(visiting.thumbnails), amend))
    else:
        controls.append(card(ui, muted(ui, ui.t("visit_nothing"))))
    foot = None
    if summary.in_progress:
        foot = [
            *door_bar(ui, page, showing, findings, lettering),
            _bar(ui, app),
            primary(ui, Id.CLOSE, ui.t("visit_close"), does(app.go, Screen.CLOSE), icon=ft.Icons.FLAG_OUTLINED),
        ]
    return screen(ui, app, "visit", ui.t("visit"), controls, foot=foot, band=band)


def _head(ui: Ui, summary: VisitSummary) -> ft.Control:
    decision = summary.decision
    tones = drawn.tones_of(ui.c, decision.verdict.verdict)
    badges: list[ft.Control] = [badge(ui, ui.t.purpose(decision.purpose), ui.c.accent)]
    if decision.unverified:
        badges.append(badge(ui, ui.t("visit_unverified"), ui.c.warn))
    if summary.refused:
        badges.append(badge(ui, ui.t("visit_refused"), ui.c.bad))
    elif not summary.in_progress:
        badges.append(badge(ui, ui.t("visit_closed"), ui.c.good))
    else:
        badges.append(badge(ui, ui.t.verdict(decision.verdict)[0], ui.c.ink))
    people = ui.t.names(one.name for one in decision.people)
    entry = ui.t.entry(decision.entry)
    when = ui.t.instant(summary.at)
    came = ui.t("visit_left", time=when) if summary.refused else ui.t("visit_entered", time=when, entry=entry)
    column = ft.Column(
        [
            body(ui, decision.enterprise_name or decision.enterprise, bold=True, size=21),
            muted(ui, people),
            muted(ui, came),
            ft.Row(badges, wrap=True, spacing=GRID, run_spacing=GRID),
        ],
        spacing=4,
        expand=True,
        tight=True,
    )
    shape = ft.Container(
        ft.Icon(SHAPES[decision.verdict.verdict], color=tones.ink, size=32),
        bgcolor=tones.ground,
        border_radius=RADIUS,
        padding=12,
    )
    parts: list[ft.Control] = [shape, column] if summary.in_progress else [column]  # once it is over the band says it
    row = ft.Row(parts, spacing=12, vertical_alignment=ft.CrossAxisAlignment.START)
    return marked(Id.ENTERPRISE, row)


def _bar(ui: Ui, app: App) -> ft.Control:
    return ft.Row(
        [
            _do(ui, Id.GUIDE, ui.t("visit_guide"), ft.Icons.LIGHTBULB_OUTLINE, does(app.go, Screen.GUIDE)),
            _do(ui, Id.LAW, ui.t("visit_law"), ft.Icons.MENU_BOOK, does(app.go, Screen.LAW)),
            _do(ui, Id.PHOTO, ui.t("visit_photo"), ft.Icons.PHOTO_CAMERA_OUTLINED, does(app.go, Screen.PHOTO)),
            _do(ui, Id.NEED, ui.t("visit_need"), ft.Icons.SUPPORT_AGENT, does(app.go, Screen.NEED)),
        ],
        spacing=GRID,
    )


def _do(ui: Ui, identifier: Id, text: str, icon: ft.IconData, on_click: Callable[..., Any]) -> ft.Control:
    box = ft.Container(
        ft.Column(
            [
                ft.Icon(icon, color=ui.c.accent, size=28),
                ft.Text(text, size=16, color=ui.c.ink, weight=BOLD, text_align=ft.TextAlign.CENTER),
            ],
            spacing=2,
            alignment=ft.MainAxisAlignment.CENTER,
            horizontal_alignment=ft.CrossAxisAlignment.CENTER,
            tight=True,
        ),
        bgcolor=ui.c.accent_soft,
        border_radius=RADIUS,
        height=72,
        alignment=ft.Alignment.CENTER,
        on_click=on_click,
        ink=True,
    )
    return marked(identifier, box, button=True, expand=True)
