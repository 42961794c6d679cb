"""The lock: a PIN field with the focus, and large keys for gloves."""

from __future__ import annotations

from typing import Any

import flet as ft

from field_app.state.app import App
from field_app.state.lock import Lock
from field_app.state.pin import DIGITS
from field_app.widgets.basics import BOLD, field_border, marked, muted
from field_app.widgets.component import component
from field_app.widgets.frame import language_switch, screen
from field_app.widgets.ids import Id, nth
from field_app.widgets.theme import GRID, RADIUS, TITLE
from field_app.widgets.ui import Typed, Ui, does


@component
def UnlockScreen(app: App, lock: Lock, ui: Ui) -> ft.Control:
    sign = lock.is_for_signing
    controls: list[ft.Control] = [
        ft.Container(height=GRID),
        ft.Text(
            ui.t("unlock_sign" if sign else "unlock"),
            size=TITLE,
            weight=BOLD,
            color=ui.c.ink,
            text_align=ft.TextAlign.CENTER,
        ),
        muted(ui, ui.t("unlock_sign_sub" if sign else "unlock_sub"), text_align=ft.TextAlign.CENTER),
        pin_field(ui, lock, hidden=True),
        keypad(ui, lock),
    ]
    if sign:
        cancel = ft.TextButton(
            ft.Text(ui.t("cancel"), size=18, color=ui.c.accent), on_click=does(lock.not_now), height=56
        )
        controls.append(marked(Id.CANCEL, cancel))
    return screen(ui, app, "unlock", ui.t("app"), controls, has_back=False, action=language_switch(ui, app))


def pin_field(ui: Ui, lock: Lock, *, hidden: bool) -> ft.Control:
    """Takes a keyboard's digits; the system's own keypad stays away, because ours is there."""

    async def typed(event: Typed) -> None:
        await lock.typed(event.control.value or "")

    box = ft.TextField(
        value=lock.digits,
        password=hidden,
        autofocus=True,
        text_align=ft.TextAlign.CENTER,
        text_size=34,
        text_style=ft.TextStyle(letter_spacing=14, color=ui.c.ink, weight=BOLD),
        keyboard_type=ft.KeyboardType.NONE,
        input_filter=ft.InputFilter(regex_string=r"^[0-9]*$", allow=True, replacement_string=""),
        on_change=typed,
        label=ui.t("pin"),
        label_style=ft.TextStyle(size=16, color=ui.c.muted),
        border=field_border(ui),
        bgcolor=ui.c.surface,
        max_length=DIGITS,
        counter="",
        enable_suggestions=False,
        autocorrect=False,
    )
    return marked(Id.PIN_FIELD, box)


def keypad(ui: Ui, lock: Lock) -> ft.Control:
    rows: list[ft.Control] = [
        ft.Row([_key(ui, lock, digit) for digit in row], spacing=12) for row in ("123", "456", "789")
    ]
    rows.append(ft.Row([ft.Container(expand=True), _key(ui, lock, "0"), _erase(ui, lock)], spacing=12))
    return ft.Column(rows, spacing=12)


def _key(ui: Ui, lock: Lock, digit: str) -> ft.Control:
    return marked(
        nth(Id.KEY, digit),
        _button(ui, ft.Text(digit, size=28, weight=BOLD, color=ui.c.ink), does(lock.press, digit)),
        expand=True,
    )


def _erase(ui: Ui, lock: Lock) -> ft.Control:
    icon = ft.Icon(ft.Icons.BACKSPACE_OUTLINED, color=ui.c.ink, size=28, semantics_label=ui.t("erase"))
    return marked(nth(Id.KEY, "erase"), _button(ui, icon, does(lock.erase)), expand=True)


def _button(ui: Ui, content: ft.Control, on_click: Any) -> ft.Control:
    style = ft.ButtonStyle(
        bgcolor=ui.c.surface,
        shape=ft.RoundedRectangleBorder(radius=RADIUS),
        side=ft.BorderSide(1, ui.c.line),
        elevation=0,
    )
    return ft.Row([ft.Container(ft.FilledButton(content, on_click=on_click, style=style, height=68), expand=True)])
