"""Becoming an officer's phone: a code, four words, a PIN."""

from __future__ import annotations

import flet as ft

from field_app.screens.camera_views import live_view
from field_app.screens.unlock import keypad, pin_field
from field_app.state.app import App
from field_app.state.enrolment import CODE, Enrolling
from field_app.state.lock import Lock
from field_app.state.scan import Scan
from field_app.widgets.basics import BOLD, body, card, field, marked, muted, primary, secondary, title
from field_app.widgets.component import component
from field_app.widgets.frame import language_switch, screen
from field_app.widgets.ids import Id
from field_app.widgets.theme import GRID, RADIUS
from field_app.widgets.ui import Ui, does, types


@component
def EnrolScreen(app: App, enrolling: Enrolling, scan: Scan, ui: Ui) -> ft.Control:
    if enrolling.is_waiting:
        return _Waiting(app, enrolling, ui)
    if enrolling.is_scanning:
        return _Scanning(app, enrolling, scan, ui)
    controls: list[ft.Control] = [
        ft.Container(height=GRID),
        title(ui, ui.t("enrol")),
        body(ui, ui.t("enrol_sub")),
        field(
            ui,
            Id.ENROL_CODE,
            ui.t("enrol_code"),
            app.text(CODE),
            types(app.write, CODE),
            capitalization=ft.TextCapitalization.CHARACTERS,
            hint_text="XXXX-XXXX-XXXX-XXXX",
            on_submit=does(enrolling.send),
            autocorrect=False,
            enable_suggestions=False,
        ),
    ]
    foot: list[ft.Control] = [
        primary(
            ui,
            Id.ENROL_SEND,
            ui.t("enrol_send"),
            does(enrolling.send),
            disabled=enrolling.is_asking or not app.text(CODE).strip(),
        ),
        secondary(ui, Id.ENROL_SCAN, ui.t("enrol_scan"), _scan(enrolling, on=True), icon=ft.Icons.QR_CODE_SCANNER),
    ]
    return screen(ui, app, "enrol", ui.t("app"), controls, foot=foot, has_back=False, action=language_switch(ui, app))


def _scan(enrolling: Enrolling, *, on: bool):  # type: ignore[no-untyped-def]  # noqa: ANN202
    async def handler() -> None:
        await enrolling.scan(on=on)

    return handler


@component
def _Scanning(app: App, enrolling: Enrolling, scan: Scan, ui: Ui) -> ft.Control:
    async def watch(lens):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
        await scan.watch_for_enrolment(lens, enrolling.saw)

    controls: list[ft.Control] = [live_view(app, scan, ui, watch), body(ui, ui.t("enrol_scan_hint"))]
    foot = [secondary(ui, Id.ENROL_AGAIN, ui.t("cancel"), _scan(enrolling, on=False))]
    return screen(ui, app, "enrol-scan", ui.t("enrol_scan"), controls, foot=foot, has_back=False)


@component
def _Waiting(app: App, enrolling: Enrolling, ui: Ui) -> ft.Control:
    async def wait() -> None:
        await enrolling.wait()

    ft.use_effect(wait, [])
    words = [_word(ui, word) for word in enrolling.words]
    controls: list[ft.Control] = [
        ft.Container(height=GRID),
        title(ui, ui.t("enrol_words")),
        marked(
            Id.ENROL_WORDS,
            ft.Column([ft.Row(words[:2], spacing=12), ft.Row(words[2:], spacing=12)], spacing=12),
            label=" ".join(enrolling.words),
        ),
        card(
            ui,
            ft.Row(
                [
                    ft.ProgressRing(width=28, height=28, color=ui.c.accent),
                    ft.Column(
                        [body(ui, ui.t("enrol_waiting"), bold=True), muted(ui, ui.t("enrol_waiting_sub"))],
                        spacing=2,
                        expand=True,
                        tight=True,
                    ),
                ],
                spacing=2 * GRID,
            ),
        ),
    ]
    foot = [secondary(ui, Id.ENROL_OTHER, ui.t("enrol_other"), does(enrolling.use_another))]
    action = language_switch(ui, app)
    return screen(ui, app, "enrol-waiting", ui.t("app"), controls, foot=foot, has_back=False, action=action)


def _word(ui: Ui, word: str) -> ft.Control:
    return ft.Container(
        ft.Text(word, size=30, weight=BOLD, color=ui.c.ink, text_align=ft.TextAlign.CENTER),
        bgcolor=ui.c.accent_soft,
        border_radius=RADIUS,
        padding=ft.Padding.symmetric(vertical=2 * GRID),
        alignment=ft.Alignment.CENTER,
        expand=True,
    )


@component
def PinScreen(app: App, lock: Lock, ui: Ui) -> ft.Control:
    controls: list[ft.Control] = [
        title(ui, ui.t("pin_set")),
        muted(ui, ui.t("pin_set_sub")),
        pin_field(ui, lock, hidden=False),
        keypad(ui, lock),
    ]
    foot = [primary(ui, Id.PIN_SET, ui.t("pin_use"), does(lock.choose), disabled=not lock.is_complete)]
    action = language_switch(ui, app)
    return screen(ui, app, "pin", ui.t("app"), controls, foot=foot, has_back=False, action=action)
