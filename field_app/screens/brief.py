"""Before ringing, as a card of the gate: who was here, what was advised and promised, who else is coming."""

from __future__ import annotations

import flet as ft

from field_app.gate.read_brief import Brief
from field_app.widgets.basics import body, card, marked, section
from field_app.widgets.ids import Id
from field_app.widgets.theme import GRID
from field_app.widgets.ui import Ui

_MOST_CHARACTERS = 60


def brief_card(ui: Ui, brief: Brief | None) -> list[ft.Control]:
    if brief is None:
        return []
    rows: list[ft.Control] = [_last(ui, brief)]
    rows += [_row(ui, ft.Icons.LIGHTBULB_OUTLINE, ui.t("brief_guided", text=_short(text))) for text in brief.guided]
    rows += [_row(ui, ft.Icons.SUPPORT_AGENT, ui.t("brief_need", text=_short(text))) for text in brief.needs]
    rows += [
        _row(ui, ft.Icons.DRAW, ui.t("brief_letter", number=one.number, due=ui.t.day(one.due))) for one in brief.letters
    ]
    rows += [
        _row(ui, ft.Icons.HISTORY, ui.t("brief_offence", field=_short(one.field), day=ui.t.day(one.on)))
        for one in brief.offences[:3]
    ]
    rows += [
        _row(ui, ft.Icons.GROUPS_OUTLINED, ui.t("brief_coming", department=one.department, span=ui.t.span(*one.window)))
        for one in brief.coming[:3]
    ]
    rows += [
        _row(
            ui,
            ft.Icons.DATA_USAGE,
            ui.t("brief_cap", department=one.department, n=one.entered, cap=one.cap),
            color=ui.c.warn if one.entered >= one.cap else None,
        )
        for one in brief.caps
    ]
    return [section(ui, ui.t("brief")), marked(Id.BRIEF, card(ui, *rows))]


def _last(ui: Ui, brief: Brief) -> ft.Control:
    text = ui.t("brief_never") if brief.last_at is None else ui.t("brief_last", time=ui.t.instant(brief.last_at))
    return _row(ui, ft.Icons.EVENT_OUTLINED, text)


def _row(ui: Ui, icon: ft.IconData, text: str, *, color: str | None = None) -> ft.Control:
    return ft.Row(
        [ft.Icon(icon, color=color or ui.c.accent, size=22), body(ui, text, color=color, expand=True, size=17)],
        spacing=GRID,
        vertical_alignment=ft.CrossAxisAlignment.START,
    )


def _short(text: str) -> str:
    return text if len(text) <= _MOST_CHARACTERS else f"{text[:_MOST_CHARACTERS]}…"
