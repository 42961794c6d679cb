"""What is not yet receipted and why, and what was set aside."""

from __future__ import annotations

import flet as ft

from field_app.state.app import App
from field_app.state.today import Today
from field_app.storage.records import SET_ASIDE
from field_app.sync.status import Outbox, OutboxLine
from field_app.widgets.basics import body, card, line, muted, primary, section
from field_app.widgets.component import component
from field_app.widgets.frame import screen
from field_app.widgets.ids import Id, nth
from field_app.widgets.sync_line import words
from field_app.widgets.timeline import ICONS, mark
from field_app.widgets.ui import Ui, does


@component
def OutboxScreen(app: App, today: Today, ui: Ui) -> ft.Control:
    outbox, status = today.outbox, today.status
    controls: list[ft.Control] = []
    if status is not None:
        head, sub = words(ui, status, app.now(), busy=today.is_syncing)
        lines: list[ft.Control] = [body(ui, head, bold=True), muted(ui, sub)]
        if status.last_attempt is not None and not status.is_complete:
            lines.append(muted(ui, ui.t("outbox_last_try", age=ui.t.age(app.now() - status.last_attempt))))
        if status.last_error:
            lines.append(body(ui, ui.t.error(status.last_error), color=ui.c.warn))
        controls.append(card(ui, *lines))
    if outbox is not None:
        controls += _held(ui, outbox)
        if status and status.records_total and outbox.is_empty:
            controls.append(_nothing(ui))
    text = ui.t("sync_running") if today.is_syncing else ui.t("sync_now")
    foot = [primary(ui, Id.SYNC_NOW, text, does(today.synchronise), icon=ft.Icons.SYNC, disabled=today.is_syncing)]
    return screen(ui, app, "outbox", ui.t("outbox"), controls, foot=foot)


def _held(ui: Ui, outbox: Outbox) -> list[ft.Control]:
    aside = [one for one in outbox.lines if one.entry.state == SET_ASIDE]
    waiting = [one for one in outbox.lines if one.entry.state != SET_ASIDE]
    controls: list[ft.Control] = []
    if aside or outbox.photos_too_late:
        controls.append(section(ui, ui.t("outbox_aside")))
        controls.extend(_line(ui, "aside", i, one) for i, one in enumerate(aside))
        controls += _photos(ui, "outbox_photos_too_late", outbox.photos_too_late)
    if waiting or outbox.photos_waiting or outbox.photos_refused:
        controls.append(section(ui, ui.t("outbox_waiting")))
        controls.extend(_line(ui, "waiting", i, one) for i, one in enumerate(waiting))
        controls += _photos(ui, "outbox_photos", outbox.photos_waiting)
        controls += _photos(ui, "outbox_photos_refused", outbox.photos_refused)
    return controls


def _photos(ui: Ui, text: str, n: int) -> list[ft.Control]:
    return [card(ui, body(ui, ui.t(text, n=n)))] if n else []


def _nothing(ui: Ui) -> ft.Control:
    return card(
        ui,
        ft.Icon(ft.Icons.VERIFIED_USER, size=56, color=ui.c.good),
        body(ui, ui.t("outbox_nothing"), bold=True, text_align=ft.TextAlign.CENTER),
        muted(ui, ui.t("outbox_nothing_sub"), text_align=ft.TextAlign.CENTER),
    )


def _line(ui: Ui, group: str, i: int, one: OutboxLine) -> ft.Control:
    _icon, state, color = mark(ui, one.entry)
    head = f"{ui.t.kind(one.entry.kind)} · {ui.t.instant(one.entry.at)}"
    icon = ICONS.get(one.entry.kind, ft.Icons.ARTICLE_OUTLINED)
    return line(ui, nth(Id.OUTBOX, f"{group}-{i}"), icon, head, state, None, color=color)
