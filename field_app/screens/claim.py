"""An exception: which reason, one sentence, the number where it is needed, and who approves."""

from __future__ import annotations

import flet as ft

from field_app.state.app import App
from field_app.state.gate import CLAIM_FIELDS, Gate
from field_app.widgets.basics import body, card, choices, field, primary, section
from field_app.widgets.component import component
from field_app.widgets.frame import screen
from field_app.widgets.ids import Id
from field_app.widgets.ui import Ui, does, sets, types

REASON, NOTE, PROOF, APPROVER = CLAIM_FIELDS


@component
def ClaimScreen(app: App, gate: Gate, ui: Ui) -> ft.Control:
    policy = gate.policy
    listed = () if policy is None else policy.policy.listed_reasons
    needs_proof = policy is not None and app.text(REASON) in policy.policy.proof_required
    controls: list[ft.Control] = [
        section(ui, ui.t("claim_reason")),
        choices(
            ui,
            Id.CLAIM_REASON,
            [
                (reason, ui.t.exception(reason), sets(app.write, REASON, reason), app.text(REASON) == reason)
                for reason in listed
            ],
            columns=2,
        ),
        _words(
            ui, app, NOTE, Id.CLAIM_NOTE, ("claim_note", "claim_note_hint"), multiline=True, min_lines=2, max_lines=4
        ),
    ]
    if needs_proof:
        controls.append(_words(ui, app, PROOF, Id.CLAIM_PROOF, ("claim_proof", "claim_proof_hint")))
    controls.extend(_approvers(ui, app, gate))
    is_ready = all(app.text(key).strip() for key in (REASON, NOTE, APPROVER)) and (
        not needs_proof or app.text(PROOF).strip()
    )
    foot = [primary(ui, Id.CLAIM_DONE, ui.t("claim_done"), does(gate.claim), disabled=not is_ready)]
    return screen(ui, app, "claim", ui.t("claim"), controls, foot=foot)


def _words(ui: Ui, app: App, key: str, identifier: Id, texts: tuple[str, str], **more: object) -> ft.Control:
    label, hint = (ui.t(text) for text in texts)
    return field(ui, identifier, label, app.text(key), types(app.write, key), hint_text=hint, **more)


def _approvers(ui: Ui, app: App, gate: Gate) -> list[ft.Control]:
    """Never one of the visitors."""
    visitors = () if gate.proposal is None else tuple(one.id for one in gate.proposal.companions)
    own = None if gate.proposal is None else gate.proposal.companions[0].department
    usable = sorted((one for one in gate.approvers if one.id not in visitors), key=lambda one: one.department != own)
    if not usable:
        return [section(ui, ui.t("claim_approver")), card(ui, body(ui, ui.t("claim_no_approvers")))]
    return [
        section(ui, ui.t("claim_approver")),
        choices(
            ui,
            Id.CLAIM_APPROVER,
            [
                (
                    one.id,
                    f"{one.name} · {gate.name_of(one.department)}" if one.department else one.name,
                    sets(app.write, APPROVER, one.id),
                    app.text(APPROVER) == one.id,
                )
                for one in usable
            ],
            columns=1,
        ),
    ]
