"""The letter: what is still to be filled in, and the page that the person on site reads."""

from __future__ import annotations

import flet as ft

from field_app.letters.letter_texts import basis_in_words
from field_app.screens.finding import BASES
from field_app.state.app import App
from field_app.state.finding import Findings
from field_app.state.lettering import Lettering
from field_app.state.visiting import Visiting
from field_app.widgets.basics import BOLD, Answer, body, card, choices, field, marked, muted, primary, section
from field_app.widgets.component import component
from field_app.widgets.frame import screen
from field_app.widgets.ids import Id, nth
from field_app.widgets.theme import DISPLAY, GRID, LIGHT
from field_app.widgets.ui import Ui, does, types
from shared_models.commitment import MAX_NAME, MAX_TEXT, Commitment

A4 = 210 / 297
SHEET_COLUMNS: dict[str | ft.ResponsiveRowBreakpoint, int | float] = {"xs": 12, "md": 8, "lg": 6, "xl": 5}
DUE_DAYS = (0, 3, 7, 15, 30)


@component
def LetterScreen(app: App, lettering: Lettering, findings: Findings, ui: Ui) -> ft.Control:
    draft = findings.draft
    controls: list[ft.Control] = [
        _words(ui, lettering, "name", "letter_name", draft.name, hint_text=ui.t("letter_name_hint")),
        _words(ui, lettering, "role", "letter_role", draft.role),
        _words(ui, lettering, "phone", "letter_phone", draft.phone, keyboard_type=ft.KeyboardType.PHONE),
        _words(ui, lettering, "facts", "letter_facts", draft.facts, lines=2),
        _words(ui, lettering, "measure", "letter_measure", draft.measure, lines=2),
        section(ui, ui.t("letter_due")),
        choices(ui, Id.DUE, [_due(ui, lettering, days) for days in DUE_DAYS]),
        _words(ui, lettering, "education", "letter_education", draft.education, lines=2),
    ]
    provision, outcome = draft.provision, draft.dialog.outcome
    if provision is not None and outcome is not None:
        controls.append(card(ui, muted(ui, provision.name), muted(ui, ui.t(BASES[outcome.basis]))))
    ready = bool(draft.name.strip() and draft.facts.strip() and draft.measure.strip())
    foot = [
        primary(
            ui,
            Id.READ,
            ui.t("letter_show"),
            does(lettering.read),
            icon=ft.Icons.SCREEN_ROTATION_ALT,
            disabled=not ready,
        )
    ]
    return screen(ui, app, "letter", ui.t("letter_title"), controls, foot=foot)


def _due(ui: Ui, lettering: Lettering, days: int) -> Answer:
    due = lettering.draft.due
    is_chosen = due is not None and (due - lettering.today).days == days
    text = ui.t("due_today") if days == 0 else ui.t("due_days", n=days)

    def choose() -> None:
        lettering.set_due(days)

    return days, text, choose, is_chosen


def _words(
    ui: Ui, lettering: Lettering, what: str, label: str, value: str, *, lines: int = 1, **more: object
) -> ft.Control:
    most = MAX_TEXT if lines > 1 else MAX_NAME
    many = {"multiline": True, "min_lines": lines, "max_lines": 8} if lines > 1 else {}
    handler = types(lettering.write, what)
    return field(ui, nth(Id.LETTER_FIELD, what), ui.t(label), value, handler, max_length=most, **many, **more)


@component
def ReadScreen(app: App, lettering: Lettering, visiting: Visiting, ui: Ui) -> ft.Control:
    """Black on white in every light: it is paper for the person on site."""
    del visiting  # drawn again when the visit has been read after a restart
    paper = Ui(ui.t, LIGHT)
    letter = lettering.letter
    controls = [] if letter is None else [_sheet(paper, _letter(paper, letter))]
    sign = primary(paper, Id.SIGN, ui.t("letter_sign"), does(lettering.begin_signing), icon=ft.Icons.DRAW, height=72)
    page = screen(paper, app, "read", ui.t("letter_read_title"), controls, foot=[sign])
    return ft.Container(page, bgcolor=paper.c.ground, expand=True)


def _sheet(ui: Ui, lines: list[ft.Control]) -> ft.Control:
    """An upright page: as wide as a phone, never wider than a hand's breadth, at least as high as A4 would be."""
    words = ft.Container(
        ft.Column(lines, spacing=GRID, horizontal_alignment=ft.CrossAxisAlignment.STRETCH, tight=True),
        padding=ft.Padding.symmetric(horizontal=2 * GRID, vertical=3 * GRID),
    )
    paper = ft.Container(
        ft.Stack([ft.Container(aspect_ratio=A4), words]),
        bgcolor="#FFFFFF",
        border=ft.Border.all(1, ui.c.line),
        shadow=ft.BoxShadow(blur_radius=6, color="#22000000"),
        col=SHEET_COLUMNS,
    )
    return ft.ResponsiveRow([paper], alignment=ft.MainAxisAlignment.CENTER)


def _letter(ui: Ui, letter: Commitment) -> list[ft.Control]:
    person = letter.on_site
    who = " · ".join(part for part in (person.name, person.role, person.phone) if part)
    parts = [
        ("letter_enterprise", f"{letter.enterprise_name}\n{letter.enterprise}"),
        ("letter_person", who),
        ("letter_facts", letter.facts),
        ("letter_provision", f"{letter.provision_name}\n{letter.provision_text}"),
        ("letter_basis", basis_in_words(letter.basis)),
        ("letter_education", letter.education),
        ("letter_measure", letter.measure),
        ("letter_due", letter.due.isoformat()),
        ("letter_recheck", letter.recheck.isoformat() if letter.recheck else ""),
        ("letter_consequences", letter.consequences),
        ("letter_statement", letter.statement),
    ]
    title = ft.Text(ui.t("letter_title"), size=DISPLAY, weight=BOLD, color=ui.c.ink, text_align=ft.TextAlign.CENTER)
    number = muted(ui, f"{ui.t('letter_number')} {letter.number}", text_align=ft.TextAlign.CENTER)
    shown: list[ft.Control] = [title, number]
    for label, text in parts:
        if text:
            pair = ft.Column([muted(ui, ui.t(label)), body(ui, text, size=20)], spacing=2, tight=True)
            shown.append(marked(nth(Id.LETTER, label), ft.Container(pair, padding=ft.Padding.only(bottom=GRID))))
    return shown
