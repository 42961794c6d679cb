"""The verdict, unmistakable: a full-width band in its colour, a shape of its own, and the word; then why, and when."""

from __future__ import annotations

from collections.abc import Mapping

import flet as ft

from field_app.gate.judge import Judgement
from field_app.widgets.basics import BOLD, body, card, marked, muted, section
from field_app.widgets.ids import Id, nth
from field_app.widgets.theme import BODY, DISPLAY, GRID, LABEL, RADIUS, Palette, Tones
from field_app.widgets.ui import Ui
from shared_models.facts import Decision, Level, Reason, Verdict

SHAPES: dict[Decision, ft.IconData] = {
    Decision.ALLOW: ft.Icons.CHECK_CIRCLE,
    Decision.ALLOW_EXCEPTION: ft.Icons.VERIFIED,
    Decision.ALLOW_THEN_FILE: ft.Icons.ASSIGNMENT_LATE,
    Decision.DENY: ft.Icons.DO_NOT_DISTURB_ON,
    Decision.UNVERIFIED: ft.Icons.HELP,
}
_LEVELS: dict[Level, ft.IconData] = {
    Level.DENY: ft.Icons.CLOSE,
    Level.UNVERIFIED: ft.Icons.QUESTION_MARK,
    Level.LIFTED: ft.Icons.LOCK_OPEN,
    Level.WARN: ft.Icons.WARNING_AMBER,
    Level.INFO: ft.Icons.INFO_OUTLINE,
}


def tones_of(colours: Palette, decision: Decision) -> Tones:
    return {
        Decision.ALLOW: colours.allow,
        Decision.ALLOW_EXCEPTION: colours.exception,
        Decision.ALLOW_THEN_FILE: colours.then_file,
        Decision.DENY: colours.deny,
        Decision.UNVERIFIED: colours.unverified,
    }[decision]


def band(ui: Ui, verdict: Verdict) -> ft.Control:
    word, sub = ui.t.verdict(verdict)
    tones = tones_of(ui.c, verdict.verdict)
    if verdict.verdict is Decision.ALLOW and verdict.filing is None:
        sub = ui.t("gate_no_filing_needed")
    box = ft.Container(
        ft.Row(
            [
                ft.Icon(SHAPES[verdict.verdict], color=tones.ink, size=56),
                ft.Column(
                    [
                        ft.Text(word, size=DISPLAY, weight=BOLD, color=tones.ink),
                        ft.Text(sub, size=BODY, color=tones.ink),
                    ],
                    spacing=2,
                    expand=True,
                    tight=True,
                ),
            ],
            spacing=2 * GRID,
            vertical_alignment=ft.CrossAxisAlignment.CENTER,
        ),
        bgcolor=tones.ground,
        padding=ft.Padding.symmetric(horizontal=2 * GRID, vertical=2 * GRID),
    )
    return marked(nth(Id.VERDICT, verdict.verdict), box, live_region=True)


def reasons(ui: Ui, verdict: Verdict, names: Mapping[str, str]) -> list[ft.Control]:
    """What weighs most first; within a level in the gate's own order."""
    if not verdict.reasons:
        return []
    ranked = sorted(verdict.reasons, key=lambda reason: list(_LEVELS).index(reason.level))
    rows = [_reason(ui, reason, names) for reason in ranked]
    return [section(ui, ui.t("gate_reasons")), marked(Id.REASONS, card(ui, *rows))]


def _reason(ui: Ui, reason: Reason, names: Mapping[str, str]) -> ft.Control:
    about = None if reason.about is None else names.get(reason.about, reason.about)
    color = {Level.DENY: ui.c.bad, Level.UNVERIFIED: ui.c.ink, Level.WARN: ui.c.warn}.get(reason.level, ui.c.muted)
    lines: list[ft.Control] = [
        body(ui, ui.t.reason(reason, about), bold=reason.level in (Level.DENY, Level.UNVERIFIED))
    ]
    if reason.level is Level.LIFTED:
        lines.append(muted(ui, ui.t("gate_lifted")))
    else:
        lines.append(body(ui, "→ " + ui.t.what_next(reason), size=LABEL + 1))
    if reason.clause:
        lines.append(muted(ui, ui.t.clause(reason.clause), size=LABEL - 1))
    row = ft.Row(
        [
            ft.Icon(_LEVELS[reason.level], color=color, size=24),
            ft.Column(lines, spacing=4, expand=True, tight=True),
        ],
        spacing=12,
        vertical_alignment=ft.CrossAxisAlignment.START,
    )
    return marked(nth(Id.REASONS, reason.code), ft.Container(row, padding=ft.Padding.symmetric(vertical=4)))


def next_days(ui: Ui, judgement: Judgement) -> list[ft.Control]:
    """Only where nobody may enter now."""
    if judgement.verdict.verdict.may_enter:
        return []
    days = judgement.next_allowed
    if not days:
        return [marked(Id.NEXT_DAYS, card(ui, muted(ui, ui.t("gate_next_none"))))]
    chips: list[ft.Control] = [
        ft.Container(
            ft.Text(ui.t.day_and_weekday(day), size=LABEL, color=ui.c.ink, weight=BOLD),
            bgcolor=ui.c.accent_soft,
            border_radius=RADIUS,
            padding=ft.Padding.symmetric(horizontal=12, vertical=GRID),
        )
        for day in days[:6]
    ]
    if len(days) > 6:  # noqa: PLR2004 as many as fit two rows
        chips.append(ft.Container(muted(ui, f"+{len(days) - 6}"), padding=GRID))
    row = ft.Row(chips, wrap=True, spacing=GRID, run_spacing=GRID)
    return [section(ui, ui.t("gate_next")), marked(Id.NEXT_DAYS, card(ui, row))]


def data_age(ui: Ui, judgement: Judgement) -> ft.Control:
    if judgement.basis.reference_size == 0:
        return marked(Id.DATA_AGE, muted(ui, ui.t("data_missing"), text_align=ft.TextAlign.CENTER))
    text = ui.t("gate_data_age", age=ui.t.age(judgement.age))
    return marked(Id.DATA_AGE, muted(ui, text, text_align=ft.TextAlign.CENTER))
