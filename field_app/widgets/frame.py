"""The frame of every screen: a bar with the way back, a notice, the body, and what to do at the foot."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import flet as ft

from field_app.state.app import App
from field_app.state.boundary import Notice
from field_app.texts import Language
from field_app.widgets.basics import BOLD, marked
from field_app.widgets.ids import Id
from field_app.widgets.theme import BODY, GRID, TITLE
from field_app.widgets.ui import Ui, does


def screen(
    ui: Ui,
    app: App,
    name: str,
    heading: str,
    controls: list[ft.Control],
    *,
    foot: list[ft.Control] | None = None,
    has_back: bool = True,
    action: ft.Control | None = None,
    scroll: bool = True,
    band: ft.Control | None = None,
) -> ft.Control:
    body = ft.Column(
        [ft.Container(height=0), *controls, ft.Container(height=0)] if scroll else controls,
        spacing=2 * GRID,
        scroll=ft.ScrollMode.AUTO if scroll else None,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
        expand=True,
    )
    parts: list[ft.Control] = [_bar(ui, heading, does(app.back) if has_back else None, action)]
    if band is not None:
        parts.append(band)
    inner = ft.Container(
        body, padding=ft.Padding.symmetric(horizontal=2 * GRID, vertical=0 if scroll else 2 * GRID), expand=True
    )
    stack = ft.Stack([inner, *_over(ui, app)], expand=True, fit=ft.StackFit.EXPAND)
    parts.append(marked(Id.BODY, stack, expand=True))
    if foot:
        parts.append(_foot(ui, foot))
    column = ft.Column(parts, spacing=0, expand=True, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)
    return ft.SafeArea(marked(f"{Id.SCREEN}-{name}", column, expand=True), expand=True)


def _over(ui: Ui, app: App) -> list[ft.Control]:
    """The notice lies over the body's end: what a finger is about to tap must not move."""
    if app.notice is None:
        return []
    return [ft.Container(_notice(ui, app.notice, does(app.dismiss)), left=0, right=0, bottom=0)]


def _bar(ui: Ui, heading: str, on_back: Callable[..., Any] | None, action: ft.Control | None) -> ft.Container:
    row: list[ft.Control] = []
    if on_back is not None:
        back = ft.IconButton(
            ft.Icons.ARROW_BACK,
            icon_size=30,
            icon_color=ui.c.ink,
            width=56,
            height=56,
            on_click=on_back,
            tooltip=ui.t("back"),
        )
        row.append(marked(Id.BACK, back))
    else:
        row.append(ft.Container(width=GRID))
    row.append(ft.Text(heading, size=TITLE, weight=BOLD, color=ui.c.ink, expand=True, no_wrap=True, max_lines=1))
    if action is not None:
        row.append(action)
    return ft.Container(
        ft.Row(row, vertical_alignment=ft.CrossAxisAlignment.CENTER, spacing=GRID),
        bgcolor=ui.c.surface,
        height=64,
        padding=ft.Padding.symmetric(horizontal=GRID),
        border=ft.Border.only(bottom=ft.BorderSide(1, ui.c.line)),
    )


def _notice(ui: Ui, notice: Notice, on_close: Callable[..., Any]) -> ft.Control:
    text = ui.t.error(notice.code, **notice.values) if notice.is_error else ui.t(notice.code, **notice.values)
    tones = ui.c.deny if notice.is_error else ui.c.allow
    icon = ft.Icons.ERROR_OUTLINE if notice.is_error else ft.Icons.CHECK_CIRCLE_OUTLINE
    box = ft.Container(
        ft.Row(
            [
                ft.Icon(icon, color=tones.ink, size=28),
                ft.Text(text, size=BODY, color=tones.ink, expand=True),
                marked(
                    Id.NOTICE_CLOSE,
                    ft.IconButton(
                        ft.Icons.CLOSE,
                        icon_color=tones.ink,
                        width=48,
                        height=48,
                        on_click=on_close,
                        tooltip=ui.t("dismiss"),
                    ),
                ),
            ],
            spacing=GRID,
        ),
        bgcolor=tones.ground,
        padding=ft.Padding.only(left=2 * GRID, top=4, bottom=4, right=4),
    )
    return marked(Id.NOTICE, box, live_region=True)


def _foot(ui: Ui, controls: list[ft.Control]) -> ft.Container:
    return ft.Container(
        ft.Column(controls, spacing=GRID, horizontal_alignment=ft.CrossAxisAlignment.STRETCH, tight=True),
        bgcolor=ui.c.surface,
        border=ft.Border.only(top=ft.BorderSide(1, ui.c.line)),
        padding=ft.Padding.only(left=2 * GRID, right=2 * GRID, top=12, bottom=12),
    )


def language_switch(ui: Ui, app: App) -> ft.Control:
    """To the other language at once, where the settings cannot be reached yet; said in that language."""
    other = Language.EN if ui.t.language is Language.ZH else Language.ZH
    label = ft.Text(ui.t("other_language"), size=BODY, color=ui.c.accent, weight=BOLD)
    return marked(Id.LANGUAGE, ft.TextButton(label, on_click=does(app.speak, other), height=48))
