"""What the visit's page says and offers beside writing: the pass, findings and letters, who is really there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import flet as ft

from field_app.letters.sign_letter import letters_by_finding
from field_app.state.finding import Findings
from field_app.state.lettering import Lettering
from field_app.state.showing import Showing
from field_app.state.visiting import Visiting
from field_app.visits.read_answers import Answers
from field_app.visits.visit_page import VisitEntry, VisitPage
from field_app.widgets.basics import badge, line, marked, secondary
from field_app.widgets.ids import Id, nth
from field_app.widgets.theme import GRID
from field_app.widgets.ui import Ui, does
from shared_models.commitment import Finding, LetterRefused, LetterSigned
from shared_models.visit import Guidance, LegalEducation

PRESENCES = {"joined": "presence_joined", "joined_late": "presence_joined_late"}
EXCEPTIONS = {"confirmed": "exception_confirmed", "denied": "exception_denied"}
LETTERS = {"confirmed": "letter_state_confirmed", "contested": "letter_state_contested"}
PROMISES = {
    "kept": "promise_kept",
    "not_yet": "promise_not_yet",
    "broken": "promise_broken",
    "unfounded": "promise_unfounded",
}
_BAD = frozenset({"contested", "not_yet", "broken"})


def door_bar(ui: Ui, page: VisitPage, showing: Showing, findings: Findings, lettering: Lettering) -> list[ft.Control]:
    """Over the four ways to write: the code first, then what only an inspection has."""
    row = [_half(secondary(ui, Id.MY_CODE, ui.t("pass_show"), does(showing.open), icon=ft.Icons.QR_CODE_2))]
    if page.summary.decision.purpose.may_find:
        found = secondary(ui, Id.FINDING, ui.t("finding"), does(findings.open), icon=ft.Icons.REPORT_OUTLINED)
        row.append(_half(found))
    elif has_advice(page):
        row.append(_half(_slip(ui, lettering)))
    return [ft.Row(row, spacing=GRID)]


def has_advice(page: VisitPage) -> bool:
    return any(isinstance(entry.body, Guidance | LegalEducation) for entry in page.entries)


def _slip(ui: Ui, lettering: Lettering) -> ft.Control:
    return secondary(ui, Id.SLIP, ui.t("copy_slip"), does(lettering.leave_guidance), icon=ft.Icons.RECEIPT_LONG)


def _half(control: ft.Control) -> ft.Control:
    return ft.Container(control, expand=True)


def presence(ui: Ui, visiting: Visiting) -> ft.Control:
    """Everybody on the visit: the phone's own officer is here, the others are named until their phone says so."""
    page = visiting.page
    people = () if page is None else page.summary.decision.people
    marks: list[ft.Control] = []
    for i, one in enumerate(people[1:]):
        answer = visiting.answers.joined.get(one.id) if one.listed else None
        key = PRESENCES.get(answer.state, "presence_named") if answer else "presence_named"
        color = ui.c.good if answer else ui.c.muted
        marks.append(marked(nth(Id.PRESENCE, i), badge(ui, f"{one.name} · {ui.t(key)}", color)))
    return ft.Row(marks, wrap=True, spacing=GRID, run_spacing=GRID)


def exception_badge(ui: Ui, page: VisitPage, answers: Answers) -> list[ft.Control]:
    if page.summary.decision.claim is None:
        return []
    answer = answers.exception
    if answer is None or answer.state not in EXCEPTIONS:
        return [badge(ui, ui.t("exception_stated"), ui.c.warn)]
    color = ui.c.good if answer.state == "confirmed" else ui.c.bad
    return [badge(ui, ui.t(EXCEPTIONS[answer.state], note=answer.note[:40]), color)]


def findings_and_letters(ui: Ui, visiting: Visiting, findings: Findings, lettering: Lettering) -> list[ft.Control]:
    page = visiting.page
    if page is None:
        return []
    lettered = letters_by_finding(page)
    rows: list[ft.Control] = []
    for i, entry in enumerate(page.entries):
        if isinstance(entry.body, Finding) and entry.id not in lettered and page.summary.in_progress:
            rows.append(_finding(ui, i, entry, does(findings.go_on, entry.id)))
        elif isinstance(entry.body, LetterSigned | LetterRefused):
            rows.append(_letter(ui, i, entry, visiting.answers, does(lettering.leave, entry.id)))
    if has_advice(page) and page.summary.decision.purpose.may_find:
        rows.append(_slip(ui, lettering))
    return rows


def _finding(ui: Ui, i: int, entry: VisitEntry, go_on: Callable[..., Any]) -> ft.Control:
    found: Finding = entry.body
    name, state = nth(Id.FINDING, i), ui.t("finding_go_on")
    return line(ui, name, ft.Icons.REPORT_OUTLINED, found.what, found.provision_name, go_on, state=state)


def _letter(ui: Ui, i: int, entry: VisitEntry, answers: Answers, leave: Callable[..., Any]) -> ft.Control:
    letter, answer = entry.body.letter, answers.promises.get(entry.id) or answers.letters.get(entry.id)
    key = (LETTERS | PROMISES).get(answer.state, "letter_state_signed") if answer else "letter_state_signed"
    state = ui.t(key, note=answer.note[:60]) if answer else ui.t(key)
    color = ui.c.bad if answer and answer.state in _BAD else ui.c.good
    title = f"{ui.t.kind(entry.kind)} · {ui.t('copy_show')}"
    return line(ui, nth(Id.COPY, i), ft.Icons.QR_CODE_2, title, letter.number, leave, state=state, color=color)
