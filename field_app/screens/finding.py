"""What was found, and what follows from it by law: asked in plain words, the outcome and its basis below."""

from __future__ import annotations

from collections.abc import Callable

import flet as ft

from field_app.letters.leniency_dialog import Gravity, LeniencyDialog
from field_app.state.app import App
from field_app.state.desk import Screen
from field_app.state.finding import SEARCH, Findings
from field_app.state.visiting import Visiting
from field_app.widgets.basics import BOLD, body, card, choices, field, marked, more_to_find, muted, primary, section
from field_app.widgets.component import component
from field_app.widgets.frame import screen
from field_app.widgets.ids import Id, nth
from field_app.widgets.theme import GRID, LABEL, RADIUS, TITLE
from field_app.widgets.ui import Ui, does, hears, types
from shared_models.commitment import MAX_TEXT, SPARED, Provision
from shared_models.leniency import Correction, Harm, Leniency, Outcome
from shared_models.visit import Photo

GRAVITIES = {
    Gravity.MINOR: "gravity_minor",
    Gravity.ORDINARY: "gravity_ordinary",
    Gravity.SERIOUS: "gravity_serious",
}
HARMS = {Harm.NONE: "harm_none", Harm.SLIGHT: "harm_slight", Harm.SERIOUS: "harm_serious"}
CORRECTIONS = {
    Correction.ON_THE_SPOT: "correction_on_the_spot",
    Correction.WITHIN_DEADLINE: "correction_within_deadline",
    Correction.PLEDGED: "correction_pledged",
    Correction.REFUSED: "correction_refused",
}
OUTCOMES = {
    Leniency.NO_PENALTY_NO_FAULT: "outcome_no_penalty_no_fault",
    Leniency.NO_PENALTY_MINOR: "outcome_no_penalty_minor",
    Leniency.NO_PENALTY_FIRST: "outcome_no_penalty_first",
    Leniency.CASE: "outcome_case",
}
BASES = {
    "处罚法33.1前": "basis_minor",
    "处罚法33.1后": "basis_first",
    "处罚法33.2": "basis_no_fault",
    "处罚法57,58": "basis_grave",
    "处罚法5": "basis_case",
}
FAULTS = {False: "fault_no", True: "fault_yes"}
NEEDS = {
    "education": "need_education",
    "commitment_letter": "need_commitment_letter",
    "department_decision": "need_department_decision",
    "recheck": "need_recheck",
    "server_confirmation": "need_server_confirmation",
    "discretion_standard": "need_discretion_standard",
    "legal_review": "need_legal_review",
    "collective_decision": "need_collective_decision",
}
SHOWN_PROVISIONS = 20
FIRST = {True: "first_yes", False: "first_no", None: "first_unknown"}


@component
def FindingScreen(app: App, findings: Findings, visiting: Visiting, ui: Ui) -> ft.Control:
    del visiting  # drawn again when a photo was taken
    draft = findings.draft
    controls: list[ft.Control] = [section(ui, ui.t("finding_provision"))]
    controls.extend(_provisions(ui, app, findings))
    controls.append(_typed(ui, Id.TEXT, "finding_what", draft.what, findings.write_what, lines=3))
    controls.append(_typed(ui, Id.FINDING_WHERE, "finding_where", draft.where, findings.write_where))
    controls.append(section(ui, ui.t("finding_photo")))
    controls.append(_photos(ui, app, findings))
    foot = [
        primary(
            ui,
            Id.FINDING_WRITE,
            ui.t("finding_write"),
            does(findings.write),
            icon=ft.Icons.CHECK,
            disabled=not draft.what.strip(),
        )
    ]
    return screen(ui, app, "finding", ui.t("finding_title"), controls, foot=foot)


def _provisions(ui: Ui, app: App, findings: Findings) -> list[ft.Control]:
    if not findings.provisions:
        return [card(ui, muted(ui, ui.t("finding_no_provisions")))]
    fitting, controls = findings.fitting, []
    if len(findings.provisions) > SHOWN_PROVISIONS:
        search = types(app.write, SEARCH)
        label = ui.t("finding_search")
        controls.append(field(ui, Id.SEARCH, label, app.text(SEARCH), search, prefix_icon=ft.Icons.SEARCH))
    controls.extend(_provision(ui, findings, i, one) for i, one in enumerate(fitting[:SHOWN_PROVISIONS]))
    if not fitting:
        controls.append(card(ui, muted(ui, ui.t("finding_none_fits"))))
    return controls + more_to_find(ui, len(fitting) - SHOWN_PROVISIONS)


def _provision(ui: Ui, findings: Findings, i: int, one: Provision) -> ft.Control:
    is_chosen = findings.draft.provision == one

    def choose() -> None:
        findings.choose(one)

    lines: list[ft.Control] = [body(ui, one.fact or one.field, bold=True), muted(ui, one.name, size=LABEL - 1)]
    if is_chosen:
        lines.append(muted(ui, one.text))
    icon = ft.Icons.RADIO_BUTTON_CHECKED if is_chosen else ft.Icons.RADIO_BUTTON_UNCHECKED
    box = ft.Container(
        ft.Row(
            [
                ft.Icon(icon, color=ui.c.accent if is_chosen else ui.c.muted),
                ft.Column(lines, spacing=2, expand=True, tight=True),
            ],
            spacing=12,
        ),
        bgcolor=ui.c.accent_soft if is_chosen else ui.c.surface,
        border=ft.Border.all(1.5, ui.c.accent if is_chosen else ui.c.line),
        border_radius=RADIUS,
        padding=ft.Padding.symmetric(horizontal=16, vertical=12),
        on_click=choose,
        ink=True,
    )
    return marked(nth(Id.PROVISION, i), box, button=True, selected=is_chosen)


def _photos(ui: Ui, app: App, findings: Findings) -> ft.Control:
    row: list[ft.Control] = []
    thumbnails = dict(findings.visiting.thumbnails)
    for i, entry in enumerate(findings.photos[:4]):
        photo = entry.body
        if isinstance(photo, Photo) and photo.sha256 in thumbnails:
            row.append(_thumbnail(ui, findings, i, photo.sha256, thumbnails[photo.sha256]))
    take = ft.Container(
        ft.Icon(ft.Icons.PHOTO_CAMERA_OUTLINED, color=ui.c.accent, size=32),
        width=72,
        height=72,
        border=ft.Border.all(1.5, ui.c.accent),
        border_radius=RADIUS,
        alignment=ft.Alignment.CENTER,
        on_click=does(app.go, Screen.PHOTO),
        ink=True,
    )
    row.append(marked(Id.PHOTO, take, button=True, label=ui.t("finding_take")))
    return ft.Row(row, spacing=GRID, wrap=True, run_spacing=GRID)


def _thumbnail(ui: Ui, findings: Findings, i: int, sha256: bytes, picture: bytes) -> ft.Control:
    is_chosen = findings.draft.photo == sha256

    def choose() -> None:
        findings.choose_photo(sha256)

    image = ft.Container(
        ft.Image(src=picture, width=72, height=72, fit=ft.BoxFit.COVER, border_radius=RADIUS - 2),
        border=ft.Border.all(3, ui.c.accent if is_chosen else ui.c.line),
        border_radius=RADIUS,
        on_click=choose,
    )
    return marked(nth(Id.FINDING_PHOTO, i), image, button=True, selected=is_chosen, label=ui.t("kind_photo_taken"))


@component
def LeniencyScreen(app: App, findings: Findings, ui: Ui) -> ft.Control:
    dialog, draft = findings.draft.dialog, findings.draft
    controls: list[ft.Control] = [
        card(ui, body(ui, draft.what, bold=True), muted(ui, draft.provision.name if draft.provision else "")),
        *_questions(ui, findings, dialog),
        section(ui, ui.t("leniency_first", field=draft.provision.field if draft.provision else "—")),
        muted(ui, ui.t(FIRST[dialog.first_offence])),
    ]
    outcome = dialog.outcome
    foot: list[ft.Control] = []
    if outcome is None:
        foot.append(muted(ui, ui.t("leniency_unanswered"), text_align=ft.TextAlign.CENTER))
    else:
        controls.append(_outcome(ui, outcome))
        foot.extend(_next(ui, app, findings, outcome))
    return screen(ui, app, "leniency", ui.t("leniency_title"), controls, foot=foot)


def _questions(ui: Ui, findings: Findings, dialog: LeniencyDialog) -> list[ft.Control]:
    asked: list[tuple[Id, str, int, list[tuple[object, str, LeniencyDialog]]]] = [
        (Id.GRAVITY, "leniency_gravity", 0, [(one, key, dialog.answer_gravity(one)) for one, key in GRAVITIES.items()]),
        (Id.HARM, "leniency_harm", 0, [(one, key, dialog.answer_harm(one)) for one, key in HARMS.items()]),
        (
            Id.CORRECTION,
            "leniency_correction",
            2,
            [(one, key, dialog.answer_correction(one)) for one, key in CORRECTIONS.items()],
        ),
        (
            Id.FAULT,
            "leniency_fault",
            0,
            [(key, key, dialog.answer_fault(disproved=disproved)) for disproved, key in FAULTS.items()],
        ),
    ]
    controls: list[ft.Control] = []
    for kind, question, columns, answers in asked:
        # the one whose answer changes nothing is the one that was given
        offered = [(one, ui.t(key), _answers(findings, then), then == dialog) for one, key, then in answers]
        controls += [section(ui, ui.t(question)), choices(ui, kind, offered, columns)]
    return controls


def _answers(findings: Findings, dialog: LeniencyDialog) -> Callable[[], None]:
    def handler() -> None:
        findings.answer(dialog)

    return handler


def _outcome(ui: Ui, outcome: Outcome) -> ft.Control:
    is_spared = outcome.outcome is not Leniency.CASE
    tones = ui.c.allow if is_spared else ui.c.then_file
    lines: list[ft.Control] = [
        ft.Text(ui.t(OUTCOMES[outcome.outcome]), size=TITLE, weight=BOLD, color=tones.ink),
        ft.Text(ui.t(BASES[outcome.basis]), size=LABEL, color=tones.ink),
    ]
    if outcome.provisional:
        lines.append(ft.Text(ui.t("leniency_provisional"), size=LABEL, color=tones.ink))
    band = ft.Container(
        ft.Column(lines, spacing=4, tight=True), bgcolor=tones.ground, border_radius=RADIUS, padding=2 * GRID
    )
    needs = [
        ft.Row([ft.Icon(ft.Icons.ARROW_RIGHT, color=ui.c.accent), body(ui, ui.t(NEEDS[need]), expand=True)])
        for need in outcome.needs
    ]
    stretch = ft.CrossAxisAlignment.STRETCH
    said: list[ft.Control] = [band, section(ui, ui.t("leniency_needs")), *needs]
    column = ft.Column(said, spacing=4, tight=True, horizontal_alignment=stretch)
    return marked(nth(Id.OUTCOME, outcome.outcome), column)


def _next(ui: Ui, app: App, findings: Findings, outcome: Outcome) -> list[ft.Control]:
    if outcome.outcome in SPARED and findings.draft.provision is not None:
        return [primary(ui, Id.LETTER, ui.t("leniency_letter"), does(app.go, Screen.LETTER), icon=ft.Icons.DRAW)]
    note = [] if outcome.outcome in SPARED else [muted(ui, ui.t("leniency_case_next"), text_align=ft.TextAlign.CENTER)]
    return [*note, primary(ui, Id.DONE, ui.t("leniency_done"), does(app.go, Screen.VISIT), icon=ft.Icons.CHECK)]


def _typed(
    ui: Ui, identifier: str, label: str, value: str, write: Callable[[str], None], *, lines: int = 1
) -> ft.Control:
    more = {"multiline": True, "min_lines": lines, "max_lines": 8} if lines > 1 else {}
    return field(ui, identifier, ui.t(label), value, hears(write), max_length=MAX_TEXT, **more)
