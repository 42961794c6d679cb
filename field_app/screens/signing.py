"""Signatures one after the other, and the code that stays with the enterprise."""

from __future__ import annotations

from typing import Any

import flet as ft

from field_app.letters.letter_draft import WITNESS
from field_app.state.app import App
from field_app.state.desk import Screen
from field_app.state.finding import Findings
from field_app.state.lettering import COPY as COPY_OF
from field_app.state.lettering import GUIDANCE, Lettering
from field_app.state.visiting import Visiting
from field_app.widgets.basics import BOLD, body, card, field, marked, muted, primary, secondary
from field_app.widgets.component import component
from field_app.widgets.frame import screen
from field_app.widgets.ids import Id, nth
from field_app.widgets.signature_pad import SignaturePad
from field_app.widgets.theme import LIGHT, TITLE
from field_app.widgets.ui import Ui, does, types
from shared_models.commitment import MAX_NAME, MAX_TEXT

CODE_SIDE = 340


@component
def SignScreen(app: App, lettering: Lettering, findings: Findings, visiting: Visiting, ui: Ui) -> ft.Control:
    """Does not scroll: a finger that writes must not move the page."""
    del visiting  # drawn again when the visit has been read after a restart
    signer, draft = lettering.signer, findings.draft
    role = ui.t(signer.role)
    heading = ui.t("sign_of", role=role, name=signer.name) if signer.name else role
    controls: list[ft.Control] = [ft.Text(heading, size=TITLE, weight=BOLD, color=ui.c.ink)]
    if signer.who == WITNESS:
        controls.extend(_refused(ui, lettering))
    else:
        controls.append(muted(ui, ui.t("sign_here")))
        path = draft.strokes.get(signer.who, "")
        controls.append(SignaturePad(ui, path, lettering.drawn))
        again = ui.t("sign_clear")
        controls.append(
            secondary(ui, Id.PAD_CLEAR, again, does(lettering.clear), icon=ft.Icons.UNDO, disabled=not path)
        )
    if lettering.turn == 0:
        controls.append(_refuse(ui, lettering))
    is_last = lettering.turn + 1 == len(lettering.signers)
    foot = [
        primary(
            ui,
            Id.SIGN_NEXT,
            ui.t("sign_finish") if is_last else ui.t("sign_next"),
            does(lettering.next),
            icon=ft.Icons.CHECK if is_last else ft.Icons.ARROW_FORWARD,
            disabled=not lettering.may_go_on,
        )
    ]
    return screen(ui, app, "sign", ui.t("sign_title"), controls, foot=foot, scroll=False)


def _refuse(ui: Ui, lettering: Lettering) -> ft.Control:
    is_refused = lettering.draft.is_refused

    async def turn() -> None:
        await lettering.refuse(refused=not is_refused)

    text = ui.t("sign_not_refused") if is_refused else ui.t("sign_refuse")
    icon = ft.Icons.UNDO if is_refused else ft.Icons.DO_NOT_DISTURB_ON_OUTLINED
    return secondary(ui, Id.SIGN_REFUSE, text, turn, icon=icon, color=ui.c.ink)


def _refused(ui: Ui, lettering: Lettering) -> list[ft.Control]:
    draft, write = lettering.draft, lettering.write
    many: dict[str, Any] = {"multiline": True, "min_lines": 2, "max_lines": 3}
    why, witness = nth(Id.LETTER_FIELD, "reason"), nth(Id.LETTER_FIELD, "witness")
    return [
        muted(ui, ui.t("sign_refused_sub")),
        field(ui, why, ui.t("sign_reason"), draft.reason, types(write, "reason"), max_length=MAX_TEXT, **many),
        field(ui, witness, ui.t("sign_witness_name"), draft.witness, types(write, "witness"), max_length=MAX_NAME),
    ]


@component
def CopyScreen(app: App, lettering: Lettering, ui: Ui) -> ft.Control:
    """White, like the pass: a code that another phone reads."""
    white = Ui(ui.t, LIGHT)
    is_slip = app.text(COPY_OF) == GUIDANCE
    controls: list[ft.Control] = []
    if lettering.picture is not None and lettering.copy is not None:
        image = ft.Image(
            src=lettering.picture,
            width=CODE_SIDE,
            height=CODE_SIDE,
            fit=ft.BoxFit.CONTAIN,
            filter_quality=ft.FilterQuality.NONE,
            semantics_label=ui.t("copy_title"),
        )
        controls.append(marked(Id.COPY_CODE, ft.Row([image], alignment=ft.MainAxisAlignment.CENTER)))
        hint = ui.t("copy_hint_slip") if is_slip else ui.t("copy_hint", n=lettering.confirm_days)
        controls.append(body(white, hint))
        if not lettering.copy.is_whole:
            controls.append(muted(white, ui.t("copy_link_only")))
        controls.append(card(white, muted(white, lettering.copy.words)))
    foot = [primary(white, Id.DONE, ui.t("copy_done"), does(app.go, Screen.VISIT), icon=ft.Icons.CHECK)]
    page = screen(white, app, "copy", ui.t("copy_title"), controls, foot=foot)
    return ft.Container(page, bgcolor="#FFFFFF", expand=True)
