"""A colleague's pass: the visit, and one button. Anybody else's: the answer that the enterprise would get."""

from __future__ import annotations

import flet as ft

from field_app.state.app import App
from field_app.state.joining import Joining
from field_app.visits.look_at_pass import SeenPass
from field_app.widgets.basics import BOLD, body, card, marked, muted, primary
from field_app.widgets.component import component
from field_app.widgets.frame import screen
from field_app.widgets.ids import Id
from field_app.widgets.theme import GRID, TITLE, Tones
from field_app.widgets.ui import Ui, does
from shared_models.claims import instant_of

WORDS = {
    "valid": "status_valid",
    "expired": "status_expired",
    "not_yet": "status_not_yet",
    "revoked": "status_revoked",
    "unknown_key": "status_unknown_key",
    "trust_too_old": "status_too_old",
}
AGAIN = frozenset({"expired", "not_yet", "trust_too_old"})


@component
def JoinScreen(app: App, joining: Joining, ui: Ui) -> ft.Control:
    seen = joining.seen
    if seen is None:
        return screen(ui, app, "join", ui.t("join_title"), [])
    if seen.is_own:
        return screen(ui, app, "join", ui.t("join_title"), [card(ui, body(ui, ui.t("join_own")))])
    if not seen.is_colleague:
        return _answer(ui, app, seen)
    foot: list[ft.Control] = []
    controls = [_visit(ui, seen)]
    if seen.has_joined:
        row = ft.Row([ft.Icon(ft.Icons.CHECK_CIRCLE, color=ui.c.good, size=32), body(ui, ui.t("join_already"))])
        controls.append(marked(Id.JOINED, row))
    else:
        foot = [primary(ui, Id.JOIN, ui.t("join"), does(joining.join), icon=ft.Icons.HOW_TO_REG, height=72)]
    return screen(ui, app, "join", ui.t("join_title"), controls, foot=foot)


def _visit(ui: Ui, seen: SeenPass) -> ft.Control:
    if seen.opened is None:
        return card(ui)
    officer, visit_pass, slip = seen.opened.credential, seen.opened.visit_pass, seen.opened.slip
    lines: list[ft.Control] = [
        ft.Text(seen.enterprise_name, size=TITLE, weight=BOLD, color=ui.c.ink),
        body(ui, ui.t("join_of", name=officer.name)),
        muted(ui, seen.department_name),
        body(ui, ui.t.purpose(visit_pass.purpose)),
    ]
    if slip is not None:
        lines.append(muted(ui, ui.t("gate_filing", number=slip.filing)))
    if seen.others:
        lines.append(muted(ui, ui.t("join_with", names=ui.t.names(seen.others))))
    lines.append(muted(ui, ui.t("join_at", time=ui.t.instant(instant_of(visit_pass.at)))))
    return card(ui, *lines)


def _answer(ui: Ui, app: App, seen: SeenPass) -> ft.Control:
    """As `check` on the server advises: genuine and filed, genuine alone, or not to be trusted."""
    word, tones, icon = _advice(ui, seen)
    is_filed = seen.opened is not None and seen.opened.slip is not None
    reason = "status_unsure" if seen.status == "valid" and not is_filed else WORDS.get(seen.status, "status_forged")
    head = ft.Row(
        [
            ft.Icon(icon, color=tones.ink, size=44),
            ft.Text(ui.t(word), size=30, weight=BOLD, color=tones.ink, expand=True),
        ],
        spacing=12,
    )
    band = ft.Container(head, bgcolor=tones.ground, padding=2 * GRID)
    lines: list[ft.Control] = [body(ui, ui.t(reason), bold=True)]
    if seen.opened is not None:
        officer = seen.opened.credential
        lines.append(muted(ui, f"{officer.name} · {seen.department_name}"))
        if officer.licence:
            lines.append(muted(ui, ui.t("pass_licence", licence=officer.licence)))
    controls: list[ft.Control] = [marked(Id.ANSWER, card(ui, *lines)), muted(ui, ui.t("join_stranger_sub"))]
    return screen(ui, app, "join", ui.t("join_stranger"), controls, band=band)


def _advice(ui: Ui, seen: SeenPass) -> tuple[str, Tones, ft.IconData]:
    if seen.status == "valid" and seen.opened is not None and seen.opened.slip is not None:
        return "answer_good", ui.c.allow, ft.Icons.CHECK_CIRCLE
    if seen.status == "valid" or seen.status in AGAIN:
        return "answer_verify", ui.c.then_file, ft.Icons.PHONE_IN_TALK
    return "answer_bad", ui.c.deny, ft.Icons.BLOCK
