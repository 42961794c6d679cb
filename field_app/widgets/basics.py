"""Text, buttons, fields, cards: the few shapes that all screens are made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import flet as ft

from field_app.widgets.ids import Id, nth
from field_app.widgets.theme import BODY, GRID, LABEL, RADIUS, TARGET, TITLE, Tones
from field_app.widgets.ui import Ui

BOLD = ft.FontWeight.W_600

Answer = tuple[object, str, Callable[..., Any], bool]
"""What its identifier ends in, its words, what a tap does, and whether it is the chosen one."""


def marked(identifier: str, control: ft.Control, **more: Any) -> ft.Semantics:
    return ft.Semantics(identifier=str(identifier), content=control, **more)


def body(ui: Ui, text: str, *, color: str | None = None, bold: bool = False, size: int = BODY, **more: Any) -> ft.Text:
    return ft.Text(text, size=size, color=color or ui.c.ink, weight=BOLD if bold else None, **more)


def muted(ui: Ui, text: str, *, size: int = LABEL, **more: Any) -> ft.Text:
    return ft.Text(text, size=size, color=ui.c.muted, **more)


def title(ui: Ui, text: str, **more: Any) -> ft.Text:
    return ft.Text(text, size=TITLE, color=ui.c.ink, weight=BOLD, **more)


def section(ui: Ui, text: str) -> ft.Container:
    return ft.Container(muted(ui, text, weight=BOLD), padding=ft.Padding.only(top=GRID, left=4))


def more_to_find(ui: Ui, more: int) -> list[ft.Control]:
    """Below a list that is cut: nobody may take what is not listed for what there is not."""
    return [muted(ui, ui.t("more_to_find"), text_align=ft.TextAlign.CENTER)] if more > 0 else []


def _shape() -> ft.RoundedRectangleBorder:
    return ft.RoundedRectangleBorder(radius=RADIUS)


def _label(text: str, icon: ft.IconData | None, color: str, size: int = BODY) -> ft.Control:
    label = ft.Text(text, size=size, color=color, weight=BOLD, text_align=ft.TextAlign.CENTER)
    if icon is None:
        return label
    return ft.Row(
        [ft.Icon(icon, color=color, size=size + 6), label],
        alignment=ft.MainAxisAlignment.CENTER,
        spacing=GRID,
        tight=True,
        wrap=False,
    )


def primary(
    ui: Ui,
    identifier: str,
    text: str,
    on_click: Callable[..., Any] | None,
    *,
    icon: ft.IconData | None = None,
    tones: Tones | None = None,
    height: int = 64,
    disabled: bool = False,
) -> ft.Control:
    """The one thing to do on a screen."""
    ground, ink = (tones.ground, tones.ink) if tones else (ui.c.accent, ui.c.on_accent)
    style = ft.ButtonStyle(
        bgcolor={ft.ControlState.DISABLED: ui.c.sunken, ft.ControlState.DEFAULT: ground},
        color={ft.ControlState.DISABLED: ui.c.muted, ft.ControlState.DEFAULT: ink},
        shape=_shape(),
        elevation=0,
        padding=ft.Padding.symmetric(horizontal=2 * GRID),
    )
    button = ft.FilledButton(
        _label(text, icon, ui.c.muted if disabled else ink, BODY + 2),
        on_click=on_click,
        style=style,
        height=height,
        disabled=disabled,
    )
    return marked(identifier, ft.Row([ft.Container(button, expand=True)]))


def secondary(
    ui: Ui,
    identifier: str,
    text: str,
    on_click: Callable[..., Any] | None,
    *,
    icon: ft.IconData | None = None,
    disabled: bool = False,
    color: str | None = None,
) -> ft.Control:
    style = ft.ButtonStyle(
        bgcolor=ui.c.surface,
        shape=_shape(),
        side=ft.BorderSide(1.5, ui.c.line if disabled else color or ui.c.accent),
        elevation=0,
        padding=ft.Padding.symmetric(horizontal=2 * GRID),
    )
    ink = ui.c.muted if disabled else color or ui.c.accent
    button = ft.OutlinedButton(
        _label(text, icon, ink), on_click=on_click, style=style, height=TARGET, disabled=disabled
    )
    return marked(identifier, ft.Row([ft.Container(button, expand=True)]))


def choices(ui: Ui, kind: Id, answers: Iterable[Answer], columns: int = 0) -> ft.Control:
    """One of a few, as wide as their words or in columns of one width."""
    controls = [_choice(ui, nth(kind, name), text, tap, chosen=is_chosen) for name, text, tap, is_chosen in answers]
    if not columns:
        return ft.Row(controls, wrap=True, spacing=GRID, run_spacing=GRID)
    rows: list[ft.Control] = []
    for start in range(0, len(controls), columns):
        cells: list[ft.Control] = [ft.Container(one, expand=True) for one in controls[start : start + columns]]
        cells += [ft.Container(expand=True) for _ in range(columns - len(cells))]
        rows.append(ft.Row(cells, spacing=GRID))
    return ft.Column(rows, spacing=GRID, tight=True)


def _choice(ui: Ui, identifier: str, text: str, on_click: Callable[..., Any], *, chosen: bool) -> ft.Control:
    """The chosen one differs in ground, border and a tick, not in colour alone."""
    ink = ui.c.on_accent if chosen else ui.c.ink
    content: list[ft.Control] = [ft.Text(text, size=BODY, color=ink, weight=BOLD if chosen else None)]
    if chosen:
        content.insert(0, ft.Icon(ft.Icons.CHECK, color=ink, size=20))
    chip = ft.Container(
        ft.Row(content, tight=True, spacing=4, alignment=ft.MainAxisAlignment.CENTER),
        bgcolor=ui.c.accent if chosen else ui.c.surface,
        border=ft.Border.all(1.5, ui.c.accent if chosen else ui.c.line),
        border_radius=RADIUS,
        padding=ft.Padding.symmetric(horizontal=2 * GRID, vertical=12),
        height=52,
        on_click=on_click,
        ink=True,
    )
    return marked(identifier, chip, button=True, selected=chosen)


def badge(ui: Ui, text: str, color: str) -> ft.Control:
    return ft.Container(
        ft.Text(text, size=LABEL - 1, color=color),
        border=ft.Border.all(1.5, color),
        border_radius=RADIUS,
        padding=ft.Padding.symmetric(horizontal=10, vertical=2),
        bgcolor=ui.c.surface,
    )


def card(ui: Ui, *controls: ft.Control, padding: int = 2 * GRID, color: str | None = None) -> ft.Container:
    return ft.Container(
        ft.Column(list(controls), spacing=GRID, horizontal_alignment=ft.CrossAxisAlignment.STRETCH, tight=True),
        bgcolor=color or ui.c.surface,
        border_radius=RADIUS,
        border=ft.Border.all(1, ui.c.line),
        padding=padding,
    )


def line(
    ui: Ui,
    identifier: str,
    icon: ft.IconData,
    head: str,
    sub: str,
    on_click: Callable[..., Any] | None,
    *,
    color: str | None = None,
    state: str = "",
) -> ft.Control:
    """A row that leads somewhere; `state` is said in its colour."""
    texts: list[ft.Control] = [body(ui, head, bold=True)]
    if sub:
        texts.append(muted(ui, sub))
    if state:
        texts.append(ft.Text(state, size=LABEL, color=color or ui.c.muted, weight=BOLD))
    row: list[ft.Control] = [
        ft.Icon(icon, color=color or ui.c.accent, size=28),
        ft.Column(texts, spacing=2, expand=True, tight=True),
    ]
    if on_click is not None:
        row.append(ft.Icon(ft.Icons.CHEVRON_RIGHT, color=ui.c.muted, size=28))
    box = ft.Container(
        ft.Row(row, spacing=2 * GRID, vertical_alignment=ft.CrossAxisAlignment.CENTER),
        padding=ft.Padding.symmetric(horizontal=2 * GRID, vertical=12),
        bgcolor=ui.c.surface,
        border=ft.Border.all(1, ui.c.line),
        border_radius=RADIUS,
        on_click=on_click,
        ink=on_click is not None,
    )
    return marked(identifier, box, button=on_click is not None)


def field_border(ui: Ui) -> dict[ft.ControlState, ft.InputBorder]:
    def outline(color: str, width: float) -> ft.InputBorder:
        return ft.OutlineInputBorder(border_radius=RADIUS, side=ft.BorderSide(width, color))

    return {ft.ControlState.DEFAULT: outline(ui.c.muted, 1), ft.ControlState.FOCUSED: outline(ui.c.accent, 2)}


def field(ui: Ui, identifier: str, label: str, value: str, on_change: Callable[..., Any], **more: Any) -> ft.Control:
    box = ft.TextField(
        value=value,
        label=label,
        on_change=on_change,
        text_size=BODY + 1,
        color=ui.c.ink,
        bgcolor=ui.c.surface,
        border=field_border(ui),
        label_style=ft.TextStyle(size=LABEL, color=ui.c.muted),
        hint_style=ft.TextStyle(size=LABEL, color=ui.c.muted),
        cursor_color=ui.c.accent,
        content_padding=ft.Padding.symmetric(horizontal=2 * GRID, vertical=2 * GRID),
        **more,
    )
    return marked(identifier, box)
