"""The first screen: one big button, what is filed for me, the month, and whether everything is safe."""

from __future__ import annotations

from collections.abc import Callable

import flet as ft

from field_app.enrolment.credential_end import CredentialEnd, credential_end
from field_app.reference.lists import FiledVisit
from field_app.state.app import App
from field_app.state.desk import Screen
from field_app.state.scan import Scan
from field_app.state.today import Today, is_protected
from field_app.state.visiting import Visiting
from field_app.widgets.basics import BOLD, body, card, line, marked, muted, secondary, section
from field_app.widgets.component import component
from field_app.widgets.frame import screen
from field_app.widgets.ids import Id, nth
from field_app.widgets.month import month
from field_app.widgets.sync_line import sync_line
from field_app.widgets.theme import BODY, GRID, RADIUS, TITLE
from field_app.widgets.ui import Ui, does

SHOWN = 3


@component
def TodayScreen(app: App, today: Today, visiting: Visiting, scan: Scan, ui: Ui) -> ft.Control:
    is_all, show_all = ft.use_state(False)  # noqa: FBT003 its only argument
    controls: list[ft.Control] = []
    if app.standing is not None and app.standing.why_stopped:
        controls.append(_stopped(ui, ui.t.error(app.standing.why_stopped)))
    if today.freshness is not None and today.freshness.is_app_too_old:
        controls.append(marked(Id.APP_TOO_OLD, _stopped(ui, ui.t.error("app_too_old"))))
    controls.extend(_credential_end(ui, app))
    if today.current is not None:
        controls.append(_in_progress(ui, today, visiting))
    controls.append(_scan_button(ui, scan))
    if today.status is not None:
        controls.append(
            sync_line(
                ui,
                today.status,
                app.now(),
                does(app.go, Screen.OUTBOX),
                does(today.synchronise),
                busy=today.is_syncing,
            )
        )
    if today.today is not None:
        if is_protected(today.calendar, today.today):
            controls.append(_week_today(ui))
        controls.append(section(ui, ui.t("filed")))
        controls.extend(_filed(ui, today, is_all=is_all, show_all=lambda: show_all(not is_all)))
        controls.append(month(ui, today.today, today.calendar))
    controls.append(line(ui, Id.HISTORY, ft.Icons.HISTORY, ui.t("history"), "", does(app.go, Screen.HISTORY)))
    settings = ft.IconButton(
        ft.Icons.SETTINGS_OUTLINED,
        icon_color=ui.c.ink,
        icon_size=28,
        width=56,
        height=56,
        on_click=does(app.go, Screen.SETTINGS),
        tooltip=ui.t("settings"),
    )
    heading = ui.t("today") if today.today is None else ui.t.day_and_weekday(today.today)
    return screen(ui, app, "today", heading, controls, has_back=False, action=marked(Id.SETTINGS, settings))


def _credential_end(ui: Ui, app: App) -> list[ft.Control]:
    end = credential_end(app.standing, app.now())
    standing = app.standing
    if standing is None or standing.me is None or standing.why_stopped or end is CredentialEnd.FAR:
        return []
    text = ui.t.error(f"credential_{end}", day=ui.t.date_of(standing.me.exp))
    return [marked(Id.CREDENTIAL_END, _stopped(ui, text) if end is CredentialEnd.OVER else _soon(ui, text))]


def _scan_button(ui: Ui, scan: Scan) -> ft.Control:
    box = ft.Container(
        ft.Row(
            [
                ft.Icon(ft.Icons.QR_CODE_SCANNER, size=56, color=ui.c.on_accent),
                ft.Column(
                    [
                        ft.Text(ui.t("scan"), size=TITLE + 4, weight=BOLD, color=ui.c.on_accent),
                        ft.Text(ui.t("scan_sub"), size=16, color=ui.c.on_accent),
                    ],
                    spacing=2,
                    expand=True,
                    tight=True,
                ),
            ],
            spacing=2 * GRID,
        ),
        bgcolor=ui.c.accent,
        border_radius=RADIUS,
        padding=ft.Padding.symmetric(horizontal=3 * GRID, vertical=3 * GRID),
        on_click=does(scan.open),
        ink=True,
    )
    return marked(Id.SCAN, box, button=True)


def _in_progress(ui: Ui, today: Today, visiting: Visiting) -> ft.Control:
    current = today.current
    if current is None:
        return ft.Container()
    tones = ui.c.exception
    name = current.decision.enterprise_name or current.decision.enterprise
    box = ft.Container(
        ft.Row(
            [
                ft.Icon(ft.Icons.DIRECTIONS_WALK, size=36, color=tones.ink),
                ft.Column(
                    [
                        ft.Text(ui.t("in_progress"), size=16, color=tones.ink),
                        ft.Text(name, size=BODY + 1, weight=BOLD, color=tones.ink),
                        ft.Text(ui.t("in_progress_sub", time=ui.t.clock(current.at)), size=16, color=tones.ink),
                    ],
                    spacing=2,
                    expand=True,
                    tight=True,
                ),
                ft.Icon(ft.Icons.CHEVRON_RIGHT, size=32, color=tones.ink),
            ],
            spacing=2 * GRID,
        ),
        bgcolor=tones.ground,
        border_radius=RADIUS,
        padding=2 * GRID,
        on_click=does(visiting.open, current.visit),
        ink=True,
    )
    return marked(Id.IN_PROGRESS, box, button=True)


def _week_today(ui: Ui) -> ft.Control:
    return _soon(ui, ui.t("week_today"), ft.Icons.SHIELD_OUTLINED)


def _soon(ui: Ui, text: str, icon: ft.IconData = ft.Icons.EVENT_BUSY) -> ft.Control:
    tones = ui.c.then_file
    return ft.Container(
        ft.Row(
            [
                ft.Icon(icon, color=tones.ink, size=28),
                ft.Text(text, size=BODY, color=tones.ink, expand=True, weight=BOLD),
            ],
            spacing=12,
        ),
        bgcolor=tones.ground,
        border_radius=RADIUS,
        padding=2 * GRID,
    )


def _stopped(ui: Ui, text: str) -> ft.Control:
    return ft.Container(
        ft.Row(
            [
                ft.Icon(ft.Icons.REPORT, color=ui.c.deny.ink, size=32),
                ft.Text(text, size=BODY, color=ui.c.deny.ink, expand=True),
            ],
            spacing=12,
        ),
        bgcolor=ui.c.deny.ground,
        border_radius=RADIUS,
        padding=2 * GRID,
    )


def _filed(ui: Ui, today: Today, *, is_all: bool, show_all: Callable[[], None]) -> list[ft.Control]:
    if today.freshness is None:
        return [card(ui, body(ui, ui.t("data_missing")))]
    if not today.filed:
        return [card(ui, muted(ui, ui.t("filed_none")))]
    shown = today.filed if is_all else today.filed[:SHOWN]
    lines = [_filed_line(ui, today, i, one) for i, one in enumerate(shown)]
    if len(today.filed) > SHOWN:
        text = ui.t("filed_fewer") if is_all else ui.t("filed_all", n=len(today.filed))
        lines.append(
            secondary(ui, Id.FILED_ALL, text, show_all, icon=ft.Icons.UNFOLD_LESS if is_all else ft.Icons.UNFOLD_MORE)
        )
    return lines


def _filed_line(ui: Ui, today: Today, i: int, filed: FiledVisit) -> ft.Control:
    item, day = filed.line, today.today
    name = filed.enterprise.name if filed.enterprise else item.enterprise
    window = ui.t.span(*item.window)
    today_fits = day is not None and item.window[0] <= day <= item.window[1]
    color, state = ui.c.muted, ""
    if day is not None and today_fits:
        if item.exception is None and is_protected(today.calendar, day):
            color, state = ui.c.warn, ui.t("filed_not_today")
        else:
            color, state = ui.c.good, ui.t("filed_today")
    sub = f"{ui.t.purpose(item.purpose)} · {window}"
    icon = ft.Icons.EVENT_AVAILABLE if today_fits else ft.Icons.EVENT_OUTLINED
    go = does(today.open_filed, item.enterprise)
    return line(ui, nth(Id.FILED, i), icon, name, sub, go, color=color, state=state)
