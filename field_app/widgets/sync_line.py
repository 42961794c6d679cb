"""What is safe with the county: n of m records and photos receipted, since when; and why not, if not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import flet as ft

from field_app.sync.status import SyncStatus
from field_app.widgets.basics import body, marked, muted
from field_app.widgets.ids import Id
from field_app.widgets.theme import GRID, LABEL, RADIUS
from field_app.widgets.ui import Ui


def sync_line(
    ui: Ui, status: SyncStatus, now: datetime, on_open: Callable[..., Any], on_sync: Callable[..., Any], *, busy: bool
) -> ft.Control:
    icon, color = _icon(ui, status)
    head, sub = words(ui, status, now, busy=busy)
    texts = ft.Column([body(ui, head, size=LABEL + 1, bold=True), muted(ui, sub)], spacing=2, expand=True, tight=True)
    if busy:
        right: ft.Control = ft.Container(
            ft.ProgressRing(width=24, height=24, color=ui.c.accent), width=48, height=48, alignment=ft.Alignment.CENTER
        )
    else:
        right = ft.IconButton(
            ft.Icons.SYNC,
            icon_color=ui.c.accent,
            icon_size=28,
            width=56,
            height=56,
            on_click=on_sync,
            tooltip=ui.t("sync_now"),
        )
    row = ft.Row(
        [
            ft.Container(
                ft.Row([ft.Icon(icon, color=color, size=28), texts], spacing=12),
                on_click=on_open,
                expand=True,
                padding=ft.Padding.symmetric(vertical=GRID),
            ),
            marked(Id.SYNC_NOW, right),
        ],
        spacing=4,
    )
    box = ft.Container(
        row,
        bgcolor=ui.c.surface,
        border=ft.Border.all(1, ui.c.line),
        border_radius=RADIUS,
        padding=ft.Padding.only(left=2 * GRID, right=4, top=4, bottom=4),
    )
    return marked(Id.SYNC_LINE, box)


def words(ui: Ui, status: SyncStatus, now: datetime, *, busy: bool) -> tuple[str, str]:
    since = ui.t("sync_never") if status.since is None else ui.t("sync_since", age=ui.t.age(now - status.since))
    if busy or status.syncing:
        since = ui.t("sync_running")
    elif status.is_waiting and status.last_error == "offline":
        since = f"{ui.t('sync_waits')} · {since}"
    if status.records_total == 0:
        return ui.t("sync_none"), since
    if status.is_complete:
        return ui.t("sync_all", records=status.records_total, photos=status.photos_total), since
    return (
        ui.t(
            "sync_some",
            r=status.records_receipted,
            records=status.records_total,
            p=status.photos_confirmed,
            photos=status.photos_total,
        ),
        since,
    )


def _icon(ui: Ui, status: SyncStatus) -> tuple[ft.IconData, str]:
    if status.records_set_aside or status.records_refused:
        return ft.Icons.SYNC_PROBLEM, ui.c.warn
    if status.is_complete:
        return ft.Icons.CLOUD_DONE_OUTLINED, ui.c.good
    return ft.Icons.CLOUD_UPLOAD_OUTLINED, ui.c.warn
