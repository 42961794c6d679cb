"""亮码: white in every light, as large as the screen allows; the enterprise compares the person with the portrait."""

from __future__ import annotations

import asyncio

import flet as ft
from flet.components.hooks.use_ref import MutableRef

from field_app.state.app import App
from field_app.state.showing import Showing
from field_app.visits.own_card import OwnCard
from field_app.widgets.basics import BOLD, body, marked, muted
from field_app.widgets.component import component
from field_app.widgets.frame import screen
from field_app.widgets.ids import Id
from field_app.widgets.theme import GRID, LIGHT, RADIUS
from field_app.widgets.ui import Ui

CODE_SIDE = 356
_PORTRAIT = (88, 110)


@component
def ShowCodeScreen(app: App, showing: Showing, ui: Ui) -> ft.Control:
    running: MutableRef[asyncio.Future[None] | None] = ft.use_ref(None)

    def start() -> None:
        running.current = asyncio.ensure_future(showing.run())

    def stop() -> None:
        if running.current is not None:
            running.current.cancel()

    ft.use_effect(start, [], cleanup=stop)
    white = Ui(ui.t, LIGHT)
    controls: list[ft.Control] = [_code(white, showing)]
    if showing.card is not None:
        controls.append(_card(white, showing.card))
    page = showing.visiting.page
    if page is not None:
        decision = page.summary.decision
        ground = "" if decision.ground is None else f" · {ui.t.ground(decision.ground.kind)}"
        where = decision.enterprise_name or decision.enterprise
        controls.append(body(white, f"{ui.t.purpose(decision.purpose)}{ground}", bold=True, text_align=_CENTER))
        controls.append(muted(white, where, text_align=_CENTER))
    if showing.spoken is not None:
        controls.append(_spoken(white, showing))
    return ft.Container(screen(white, app, "code", ui.t("pass_title"), controls), bgcolor="#FFFFFF", expand=True)


_CENTER = ft.TextAlign.CENTER


def _code(ui: Ui, showing: Showing) -> ft.Control:
    inside: ft.Control
    if showing.picture is None:
        inside = ft.Container(muted(ui, ui.t("pass_making")), alignment=ft.Alignment.CENTER, height=CODE_SIDE)
    else:
        inside = ft.Image(
            src=showing.picture,
            width=CODE_SIDE,
            height=CODE_SIDE,
            fit=ft.BoxFit.CONTAIN,
            filter_quality=ft.FilterQuality.NONE,
            gapless_playback=True,
            semantics_label=ui.t("pass_hint"),
        )
    row = ft.Row([inside], alignment=ft.MainAxisAlignment.CENTER)
    hint = muted(ui, f"{ui.t('pass_hint')} · {ui.t('pass_renews', n=showing.left)}", text_align=_CENTER)
    return marked(Id.CODE_SHOWN, ft.Column([row, hint], spacing=4, horizontal_alignment=ft.CrossAxisAlignment.STRETCH))


def _card(ui: Ui, card: OwnCard) -> ft.Control:
    texts: list[ft.Control] = [
        ft.Text(card.name, size=26, weight=BOLD, color=ui.c.ink),
        body(ui, " · ".join(part for part in (card.department, card.unit) if part)),
    ]
    if card.licence:
        texts.append(body(ui, ui.t("pass_licence", licence=card.licence)))
    row: list[ft.Control] = []
    if card.portrait is not None:
        row.append(
            ft.Image(
                src=card.portrait,
                width=_PORTRAIT[0],
                height=_PORTRAIT[1],
                fit=ft.BoxFit.COVER,
                border_radius=RADIUS,
                semantics_label=ui.t("pass_portrait", name=card.name),
            )
        )
    row.append(ft.Column(texts, spacing=4, expand=True, tight=True))
    return ft.Row(row, spacing=2 * GRID, vertical_alignment=ft.CrossAxisAlignment.CENTER)


def _spoken(ui: Ui, showing: Showing) -> ft.Control:
    spoken = showing.spoken
    digits = "" if spoken is None else f"{spoken.digits[:3]} {spoken.digits[3:]}"
    number = "" if spoken is None else spoken.number
    column = ft.Column(
        [
            ft.Text(ui.t("pass_spoken", number=number, digits=digits), size=24, weight=BOLD, color=ui.c.ink),
            muted(ui, ui.t("pass_spoken_hint"), text_align=_CENTER),
        ],
        spacing=4,
        horizontal_alignment=ft.CrossAxisAlignment.CENTER,
    )
    return marked(Id.SPOKEN, column)
