"""Writing in a visit: guidance and law by one tap on a ready sentence, needs and amendments in words, and the end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import flet as ft

from field_app.state.app import App
from field_app.state.desk import Screen
from field_app.state.visiting import AMEND, CONTACT, GUIDANCE, LAW, NEED, NOTE, WHY, Visiting
from field_app.widgets.basics import body, card, choices, field, marked, muted, primary, section
from field_app.widgets.component import component
from field_app.widgets.frame import screen
from field_app.widgets.ids import Id, nth
from field_app.widgets.theme import LABEL, RADIUS
from field_app.widgets.ui import Ui, does, sets, types
from shared_models.acts import Snippet
from shared_models.visit import Guidance, LegalEducation, Photo
from shared_models.visit import Need as NeedNoted


@component
def GuideScreen(app: App, visiting: Visiting, ui: Ui) -> ft.Control:
    rows = [_snippet(ui, i, one, does(visiting.guide, one.text, one.id)) for i, one in enumerate(visiting.guidance)]
    own = _words(ui, app, GUIDANCE, "guide_text")

    async def write() -> None:
        await visiting.guide(app.text(GUIDANCE))

    return _writing(ui, app, Screen.GUIDE, "guide_title", rows, own, write, ready=bool(app.text(GUIDANCE).strip()))


@component
def LawScreen(app: App, visiting: Visiting, ui: Ui) -> ft.Control:
    rows = [
        _snippet(ui, i, one, does(visiting.teach, one.text, one.provision, one.id))
        for i, one in enumerate(visiting.law)
    ]
    own = _words(ui, app, LAW, "law_text")

    async def write() -> None:
        await visiting.teach(app.text(LAW))

    return _writing(ui, app, Screen.LAW, "law_title", rows, own, write, ready=bool(app.text(LAW).strip()))


def _writing(
    ui: Ui,
    app: App,
    name: str,
    heading: str,
    rows: list[ft.Control],
    own: ft.Control,
    write: Callable[..., Any],
    *,
    ready: bool,
) -> ft.Control:
    controls: list[ft.Control] = []
    if rows:
        controls = [section(ui, ui.t("guide_pick")), *rows]
    controls.append(own)
    foot = [primary(ui, Id.WRITE, ui.t("write"), write, icon=ft.Icons.CHECK, disabled=not ready)]
    return screen(ui, app, name, ui.t(heading), controls, foot=foot)


def _snippet(ui: Ui, i: int, one: Snippet, on_click: Callable[..., Any]) -> ft.Control:
    lines: list[ft.Control] = [body(ui, one.title, bold=True)]
    if one.provision:
        lines.append(muted(ui, one.provision, size=LABEL - 1))
    lines.append(muted(ui, one.text))
    box = ft.Container(
        ft.Column(lines, spacing=4, tight=True),
        bgcolor=ui.c.surface,
        border=ft.Border.all(1, ui.c.line),
        border_radius=RADIUS,
        padding=ft.Padding.symmetric(horizontal=16, vertical=14),
        on_click=on_click,
        ink=True,
    )
    return marked(nth(Id.SNIPPET, i), box, button=True)


def _words(ui: Ui, app: App, key: str, label: str, identifier: str = Id.TEXT) -> ft.Control:
    return field(
        ui,
        identifier,
        ui.t(label),
        app.text(key),
        types(app.write, key),
        multiline=True,
        min_lines=3,
        max_lines=8,
    )


@component
def NeedScreen(app: App, visiting: Visiting, ui: Ui) -> ft.Control:
    controls: list[ft.Control] = [
        _words(ui, app, NEED, "need_text"),
        field(ui, Id.CONTACT, ui.t("need_contact"), app.text(CONTACT), types(app.write, CONTACT)),
    ]
    ready = bool(app.text(NEED).strip())
    foot = [primary(ui, Id.WRITE, ui.t("write"), does(visiting.need), icon=ft.Icons.CHECK, disabled=not ready)]
    return screen(ui, app, Screen.NEED, ui.t("need_title"), controls, foot=foot)


@component
def AmendScreen(app: App, visiting: Visiting, ui: Ui) -> ft.Control:
    ready = bool(app.text(AMEND).strip())
    foot = [primary(ui, Id.WRITE, ui.t("write"), does(visiting.amend), icon=ft.Icons.CHECK, disabled=not ready)]
    return screen(ui, app, Screen.AMEND, ui.t("amend"), [_words(ui, app, AMEND, "amend_text")], foot=foot)


@component
def CloseScreen(app: App, visiting: Visiting, ui: Ui) -> ft.Control:
    entries = () if visiting.page is None else visiting.page.entries
    count = {
        kind: sum(isinstance(entry.body, body_type) for entry in entries)
        for kind, body_type in (("g", Guidance), ("l", LegalEducation), ("p", Photo), ("n", NeedNoted))
    }
    controls: list[ft.Control] = [card(ui, body(ui, ui.t("close_sum", **count)))]
    if visiting.needs_reason:
        controls.append(section(ui, ui.t("close_why")))
        controls.append(
            choices(
                ui,
                Id.WHY_NO_LAW,
                [
                    (key, ui.t(key), sets(app.write, WHY, ui.t(key)), app.text(WHY) == ui.t(key))
                    for key in ("close_why_a", "close_why_b", "close_why_c")
                ],
            )
        )
        controls.append(field(ui, Id.WHY_NO_LAW, ui.t("close_why_other"), app.text(WHY), types(app.write, WHY)))
    else:
        controls.append(
            ft.Row([ft.Icon(ft.Icons.CHECK_CIRCLE, color=ui.c.good), body(ui, ui.t("close_complete"))], spacing=8)
        )
    controls.append(field(ui, Id.CLOSE_NOTE, ui.t("close_note"), app.text(NOTE), types(app.write, NOTE)))
    ready = not visiting.needs_reason or bool(app.text(WHY).strip())
    foot = [
        primary(
            ui, Id.CLOSE_CONFIRM, ui.t("close_confirm"), does(visiting.close), icon=ft.Icons.CHECK, disabled=not ready
        )
    ]
    return screen(ui, app, Screen.CLOSE, ui.t("close_title"), controls, foot=foot)
