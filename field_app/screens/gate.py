"""Card and verdict on one page: what is asked above, what the gate says below, what to do at the foot."""

from __future__ import annotations

import flet as ft

from field_app.gate.judge import Judgement
from field_app.gate.proposal import Proposal
from field_app.screens.brief import brief_card
from field_app.state.app import App
from field_app.state.desk import Screen
from field_app.state.gate import Gate, may_enter_unverified
from field_app.widgets import verdict as drawn
from field_app.widgets.basics import body, card, choices, field, marked, muted, primary, secondary, section
from field_app.widgets.component import component
from field_app.widgets.frame import screen
from field_app.widgets.ids import Id
from field_app.widgets.theme import GRID
from field_app.widgets.ui import Ui, does, hears
from shared_models.facts import Decision, Ground
from shared_models.filing import Purpose
from shared_models.visit import Companion, Entry

GROUND_LABELS = {Ground.INVITED: "ground_by", Ground.THEME: "ground_theme", Ground.LIAISON: "ground_liaison"}
ABOUT_PEOPLE = frozenset({"too_few_people", "officer_unlicensed", "officer_revoked", "officer_expired"})


@component
def GateScreen(app: App, gate: Gate, ui: Ui) -> ft.Control:
    proposal, judgement = gate.proposal, gate.judgement
    if proposal is None:
        return screen(ui, app, "gate", ui.t("gate"), [])
    controls: list[ft.Control] = [_enterprise(ui, proposal, judgement)]
    band = None if judgement is None else drawn.band(ui, judgement.verdict)
    people = _people(ui, app, gate, proposal)
    if judgement is not None:
        controls.extend(drawn.reasons(ui, judgement.verdict, gate.names))
        if any(reason.code in ABOUT_PEOPLE for reason in judgement.verdict.reasons):
            controls.extend(people)  # where the trouble is, there is the way out
            people = []
        controls.extend(drawn.next_days(ui, judgement))
    else:
        controls.append(card(ui, muted(ui, ui.t("gate_judging"))))
    controls.extend(brief_card(ui, gate.brief))
    controls.extend(_purpose(ui, gate, proposal))
    controls.extend(people)
    controls.extend(_entry(ui, gate, proposal))
    if judgement is not None:
        controls.append(drawn.data_age(ui, judgement))
    return screen(ui, app, "gate", ui.t("gate"), controls, foot=_foot(ui, app, gate), band=band)


def _enterprise(ui: Ui, proposal: Proposal, judgement: Judgement | None) -> ft.Control:
    enterprise = None if judgement is None else judgement.enterprise
    name = enterprise.name if enterprise else proposal.enterprise_name or ui.t("gate_unknown_name")
    place = "" if enterprise is None else " · ".join(part for part in (enterprise.township, enterprise.address) if part)
    rows: list[ft.Control] = [body(ui, name, bold=True, size=21)]
    if place:
        rows.append(muted(ui, place))
    rows.append(muted(ui, f"{proposal.enterprise} · {ui.t.identified(proposal.identified)}"))
    if judgement is not None and judgement.line is not None:
        rows.append(muted(ui, ui.t("gate_filing", number=judgement.line.number)))
    return marked(Id.ENTERPRISE, ft.Container(ft.Column(rows, spacing=2, tight=True), padding=ft.Padding.only(left=4)))


def _purpose(ui: Ui, gate: Gate, proposal: Proposal) -> list[ft.Control]:
    controls: list[ft.Control] = [
        section(ui, ui.t("gate_purpose")),
        choices(
            ui,
            Id.PURPOSE,
            [
                (purpose, ui.t.purpose(purpose), does(gate.set_purpose, purpose), proposal.purpose is purpose)
                for purpose in Purpose
            ],
            columns=2,
        ),
    ]
    if proposal.purpose is Purpose.SERVICE:
        controls.extend(_ground(ui, gate, proposal))
    return controls


def _ground(ui: Ui, gate: Gate, proposal: Proposal) -> list[ft.Control]:
    held = proposal.ground
    controls: list[ft.Control] = [
        section(ui, ui.t("gate_ground")),
        choices(
            ui,
            Id.GROUND,
            [
                (kind, ui.t.ground(kind), does(gate.set_ground, kind), held is not None and held.kind is kind)
                for kind in Ground
            ],
        ),
    ]
    if held is not None and held.kind is Ground.THEME and gate.themes:
        controls.append(_themes(ui, gate, held.by))
    elif held is not None:
        label = ui.t(GROUND_LABELS[held.kind])
        controls.append(field(ui, Id.GROUND, label, held.by, hears(gate.write_ground)))
    return controls


def _themes(ui: Ui, gate: Gate, chosen: str) -> ft.Control:
    """What the county has published for this month: chosen, not typed."""
    return choices(
        ui,
        Id.GROUND_THEME,
        [
            (one.number, f"{one.title} · {one.number}", does(gate.choose_theme, one.number), one.number == chosen)
            for one in gate.themes
        ],
    )


def _people(ui: Ui, app: App, gate: Gate, proposal: Proposal) -> list[ft.Control]:
    rows: list[ft.Control] = [_person(ui, gate, one, is_me=i == 0) for i, one in enumerate(proposal.companions)]
    if proposal.assistants:
        rows.append(muted(ui, ui.t("gate_assistants", n=proposal.assistants)))
    return [
        section(ui, ui.t("gate_people")),
        marked(Id.PEOPLE, card(ui, *rows)),
        secondary(
            ui,
            Id.PEOPLE_EDIT,
            ui.t("gate_people_edit"),
            does(app.go, Screen.PEOPLE),
            icon=ft.Icons.GROUP_ADD_OUTLINED,
        ),
    ]


def _person(ui: Ui, gate: Gate, one: Companion, *, is_me: bool) -> ft.Control:
    name = ui.t("gate_name_me", name=one.name) if is_me else one.name
    detail = [gate.name_of(one.department), one.licence or ui.t("gate_no_licence")]
    return ft.Row(
        [
            ft.Icon(ft.Icons.BADGE_OUTLINED if one.licence else ft.Icons.PERSON_OUTLINE, color=ui.c.accent, size=28),
            ft.Column(
                [body(ui, name, bold=True), muted(ui, " · ".join(part for part in detail if part))],
                spacing=2,
                expand=True,
                tight=True,
            ),
        ],
        spacing=12,
    )


def _entry(ui: Ui, gate: Gate, proposal: Proposal) -> list[ft.Control]:
    controls: list[ft.Control] = [
        section(ui, ui.t("gate_entry")),
        choices(
            ui,
            Id.ENTRY,
            [(entry, ui.t.entry(entry), does(gate.set_entry, entry), proposal.entry is entry) for entry in Entry],
            columns=2,
        ),
    ]
    if proposal.entry is Entry.AFTERWARDS:
        label, written = ui.t("gate_entry_reason"), hears(gate.write_entry_reason)
        controls.append(field(ui, Id.ENTRY_REASON, label, proposal.entry_reason, written))
    return controls


def _foot(ui: Ui, app: App, gate: Gate) -> list[ft.Control]:
    """Exactly what rules 4 lets a person do; there is no button to enter against a refusal."""
    proposal, judgement = gate.proposal, gate.judgement
    if proposal is None or judgement is None:
        return [secondary(ui, Id.LEAVE, ui.t("back"), does(app.back))]
    decision = judgement.verdict.verdict
    may_claim = proposal.purpose is not Purpose.SERVICE
    foot: list[ft.Control] = []
    if decision.may_enter:
        tones = drawn.tones_of(ui.c, decision)
        foot.append(primary(ui, Id.ENTER, ui.t("gate_enter"), does(gate.enter), icon=ft.Icons.LOGIN, tones=tones))
        if proposal.claim is not None and may_claim:
            foot += [_claimed(ui, proposal), _withdraw(ui, gate)]
        return foot
    if may_enter_unverified(proposal, judgement):
        return [primary(ui, Id.ENTER, ui.t("gate_enter_unverified"), does(gate.enter), icon=ft.Icons.LOGIN)]
    if decision is Decision.UNVERIFIED:
        foot.append(
            primary(
                ui,
                Id.SYNC_FIRST,
                ui.t("sync_running") if gate.is_busy else ui.t("gate_sync"),
                does(gate.synchronise),
                icon=ft.Icons.SYNC,
                disabled=gate.is_busy,
            )
        )
    row: list[ft.Control] = []
    if may_claim and proposal.claim is None:
        text = ui.t("gate_claim")
        row.append(secondary(ui, Id.CLAIM, text, does(app.go, Screen.CLAIM), icon=ft.Icons.GAVEL))
    elif may_claim:
        row.append(_claimed(ui, proposal))
        again = secondary(ui, Id.CLAIM, ui.t("gate_claim_change"), does(app.go, Screen.CLAIM))
        row.append(
            ft.Row([ft.Container(again, expand=True), ft.Container(_withdraw(ui, gate), expand=True)], spacing=GRID)
        )
    leave = ui.t("gate_leave")
    row.append(secondary(ui, Id.LEAVE, leave, does(gate.leave), icon=ft.Icons.LOGOUT, color=ui.c.ink))
    return [*foot, *row]


def _claimed(ui: Ui, proposal: Proposal) -> ft.Control:
    reason = "" if proposal.claim is None else ui.t.exception(proposal.claim.reason)
    return muted(ui, ui.t("gate_claimed", reason=reason), text_align=ft.TextAlign.CENTER)


def _withdraw(ui: Ui, gate: Gate) -> ft.Control:
    return secondary(ui, Id.CLAIM_WITHDRAW, ui.t("gate_withdraw"), does(gate.withdraw_claim), icon=ft.Icons.UNDO)
