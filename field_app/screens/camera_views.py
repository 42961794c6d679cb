"""The two screens with a live picture: looking for a code, and taking a photo. The camera starts by itself."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import flet as ft
from flet.components.hooks.use_ref import MutableRef

from field_app.device.camera import HeldLens, Lens
from field_app.device.pick import pick_image
from field_app.state.app import App
from field_app.state.desk import Screen
from field_app.state.scan import TYPED, CameraState, Scan
from field_app.state.visiting import Visiting
from field_app.widgets.basics import body, card, field, line, marked, more_to_find, muted, primary, secondary
from field_app.widgets.component import component
from field_app.widgets.frame import screen
from field_app.widgets.ids import Id, nth
from field_app.widgets.theme import GRID, RADIUS
from field_app.widgets.ui import Typed, Ui, does

SHOWN_RESULTS = 8


def live_view(
    app: App, scan: Scan, ui: Ui, watch: Callable[[Lens], Awaitable[None]], *, height: int = 280
) -> ft.Control:
    return LiveView(app, scan, ui, watch, height)


@component
def LiveView(app: App, scan: Scan, ui: Ui, watch: Callable[[Lens], Awaitable[None]], height: int) -> ft.Control:
    """Owns the lens as long as it is on the screen; `watch` runs meanwhile and is cancelled with it."""
    lens = ft.use_memo(lambda: _lens(app), [])
    running: MutableRef[asyncio.Future[None] | None] = ft.use_ref(None)

    def start() -> None:
        if lens is not None:
            running.current = asyncio.ensure_future(watch(lens))

    def stop() -> None:
        if running.current is not None:
            running.current.cancel()

    ft.use_effect(start, [], cleanup=stop)
    held = scan.held if isinstance(lens, HeldLens) else None
    return marked(Id.CAMERA, _picture(ui, scan, lens, held, height))


def _lens(app: App) -> Lens | None:
    make = app.devices.lens
    return None if make is None else make()


def _picture(ui: Ui, scan: Scan, lens: Lens | None, held: bytes | None, height: int) -> ft.Control:
    state = CameraState.NONE if lens is None else scan.camera
    layers: list[ft.Control] = []
    if lens is not None and lens.control is not None and state is not CameraState.NONE:
        layers.append(lens.control)
    if held is not None:
        layers.append(ft.Image(src=held, fit=ft.BoxFit.CONTAIN, expand=True, gapless_playback=True))
    text = {
        CameraState.OFF: ui.t("scan_starting"),
        CameraState.STARTING: ui.t("scan_starting"),
        CameraState.NONE: ui.t("scan_no_camera"),
    }.get(state)
    if text is None and isinstance(lens, HeldLens) and held is None:
        text = ui.t("scan_held_none")
    if text is not None:
        icon = ft.Icons.NO_PHOTOGRAPHY_OUTLINED if state is CameraState.NONE else ft.Icons.PHOTO_CAMERA_OUTLINED
        label = ft.Text(text, size=18, color="#FFFFFF", text_align=ft.TextAlign.CENTER)
        layers.append(
            ft.Container(
                ft.Column(
                    [ft.Icon(icon, size=40, color="#FFFFFF"), label],
                    alignment=ft.MainAxisAlignment.CENTER,
                    horizontal_alignment=ft.CrossAxisAlignment.CENTER,
                    spacing=12,
                ),
                alignment=ft.Alignment.CENTER,
                padding=2 * GRID,
                expand=True,
            )
        )
    return ft.Container(
        ft.Stack(layers, expand=True, fit=ft.StackFit.EXPAND),
        height=height,
        bgcolor="#101820",
        border_radius=RADIUS,
        clip_behavior=ft.ClipBehavior.ANTI_ALIAS,
    )


@component
def ScanScreen(app: App, scan: Scan, ui: Ui) -> ft.Control:
    controls: list[ft.Control] = [
        live_view(app, scan, ui, scan.watch),
        muted(ui, ui.t("scan_hint"), size=18, text_align=ft.TextAlign.CENTER),
        field(
            ui,
            Id.TYPED,
            ui.t("scan_typed"),
            app.text(TYPED),
            _typing(scan),
            hint_text=ui.t("scan_typed_hint"),
            on_submit=does(scan.use_typed),
            prefix_icon=ft.Icons.SEARCH,
        ),
    ]
    if scan.is_code:
        controls.append(
            primary(ui, Id.TYPED_GO, ui.t("scan_use_code"), does(scan.use_typed), icon=ft.Icons.ARROW_FORWARD)
        )
    elif scan.results is not None:
        controls.extend(_results(ui, scan))
    controls.append(
        secondary(
            ui,
            Id.FROM_PHOTO,
            ui.t("scan_from_photo"),
            does(scan.from_photo, pick_image),
            icon=ft.Icons.IMAGE_SEARCH,
        )
    )
    return screen(ui, app, "scan", ui.t("scan_title"), controls)


def _typing(scan: Scan) -> Callable[[Typed], Awaitable[None]]:
    async def handler(event: Typed) -> None:
        await scan.type(event.control.value or "")

    return handler


def _results(ui: Ui, scan: Scan) -> list[ft.Control]:
    found = scan.results or ()
    if not found:
        return [card(ui, body(ui, ui.t("scan_none_found")))]
    lines = [
        line(
            ui,
            nth(Id.FOUND, i),
            ft.Icons.FACTORY_OUTLINED,
            one.name,
            f"{one.township}\n{one.uscc}",
            does(scan.choose, one.uscc),
        )
        for i, one in enumerate(found[:SHOWN_RESULTS])
    ]
    return lines + more_to_find(ui, len(found) - SHOWN_RESULTS)


@component
def PhotoScreen(app: App, visiting: Visiting, scan: Scan, ui: Ui) -> ft.Control:
    """One shutter: what it takes is kept at once."""
    shared: MutableRef[Lens | None] = ft.use_ref(None)

    async def watch(lens: Lens) -> None:
        shared.current = lens
        await scan.show(lens)

    async def shutter() -> None:
        if shared.current is not None:
            await visiting.take(shared.current)

    controls: list[ft.Control] = [live_view(app, scan, ui, watch, height=430)]
    ready = scan.camera is CameraState.LIVE and not visiting.is_taking
    foot: list[ft.Control] = [
        primary(ui, Id.SHUTTER, ui.t("photo_take"), shutter, icon=ft.Icons.PHOTO_CAMERA, height=72, disabled=not ready),
        secondary(
            ui,
            Id.FROM_PHOTO,
            ui.t("photo_file"),
            does(visiting.from_album, pick_image),
            icon=ft.Icons.PHOTO_LIBRARY_OUTLINED,
        ),
    ]
    return screen(ui, app, Screen.PHOTO, ui.t("photo_title"), controls, foot=foot, scroll=False)
