"""Composition of the app on one device: ports to states, states to screens. `main` is what a phone starts."""

from __future__ import annotations

import asyncio
import logging
import os
import random
from collections.abc import Awaitable, Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import flet as ft

from field_app.clock import Clock, SystemClock
from field_app.device.brightness import shiner
from field_app.device.camera import DeviceLens, HeldLens, Holder, Lens
from field_app.device.decoder import best_decoder
from field_app.device.http_transport import HttpTransport
from field_app.device.key_file import KeyFile
from field_app.device.position import locator, nowhere
from field_app.device.signal import Signal, SwitchedTransport
from field_app.errors import MissingError
from field_app.phone import Phone, open_phone
from field_app.ports import Place, Transport
from field_app.screens.root import Root
from field_app.state.app import App, Devices
from field_app.state.field import Field
from field_app.state.host import PhoneHost
from field_app.state.preferences import Theme
from field_app.sync.keep_syncing import keep_syncing
from field_app.texts import Language
from field_app.widgets.theme import DARK, LIGHT, flet_theme

log = logging.getLogger("field_app")


def app_version() -> str:
    try:
        return version("zhuqi")
    except PackageNotFoundError:  # on a phone the app is files, not a package
        return "0.1.0"


def make_host(
    folder: Path,
    *,
    clock: Clock | None = None,
    server: str = "",
    holder: Holder | None = None,
) -> PhoneHost:
    """One phone in a folder. `server` is asked whatever host a code names; blank: that host, over HTTPS."""
    signal = Signal()

    def transport(host: str) -> Transport:
        if not server and not host:
            raise MissingError("host")
        return SwitchedTransport(HttpTransport(server or f"https://{host}"), signal)

    async def opened() -> Phone:
        return await open_phone(
            Place(folder), clock=clock or SystemClock(), transport_factory=transport, keystore=KeyFile(folder)
        )

    async def background(phone: Phone) -> None:
        await keep_syncing(phone, random.random)

    return PhoneHost(folder.name, opened, background, holder=holder, signal=signal, version=app_version())


def devices_of(page: ft.Page, host: PhoneHost) -> Devices:
    holder = host.holder

    def lens() -> Lens:
        return DeviceLens(is_web=page.web) if holder is None else HeldLens(holder)

    has_camera = page.web or page.platform in (ft.PagePlatform.ANDROID, ft.PagePlatform.IOS)
    return Devices(
        decoder=best_decoder(),
        lens=lens if has_camera or holder is not None else None,
        locate=locator(page) if holder is None else nowhere,
        shine=shiner(page),
    )


def main_for(host: PhoneHost) -> Callable[[ft.Page], Awaitable[None]]:
    """Flet's entry point for one phone; called for every tab or window."""

    async def show(page: ft.Page) -> None:
        field = Field(host, devices_of(page, host))
        _last_resort(page, field.app)
        _dress(page, field.app)
        _follow(page, field)
        page.render_views(Root, field, field.app)
        await field.start()
        field.life = asyncio.ensure_future(field.live())

    return show


def _last_resort(page: ft.Page, app: App) -> None:
    """What Flet itself catches outside our handlers must not replace the page by a trace either."""

    def calm(message: str) -> None:
        last = message.strip().splitlines()[-1] if message.strip() else ""
        log.error("flet: %s", last.split(":", 1)[0])
        app.tell_error("error")

    answered = page.session.handle_invoke_method_results

    def late(*answer: Any, **named: Any) -> None:
        # A camera that left the screen while it took a picture answers all the same; Flet would end the connection.
        try:
            answered(*answer, **named)
        except RuntimeError:
            log.info("a device answered after its screen was gone")

    page.session.error = calm  # type: ignore[method-assign]
    page.session.handle_invoke_method_results = late  # type: ignore[method-assign]


def _dress(page: ft.Page, app: App) -> None:
    page.title = "助企码"
    page.padding = 0
    page.theme, page.dark_theme = flet_theme(LIGHT), flet_theme(DARK)
    app.system_is_dark = page.platform_brightness is ft.Brightness.DARK
    _wear(page, app)


def _wear(page: ft.Page, app: App) -> None:
    page.theme_mode = {
        Theme.LIGHT: ft.ThemeMode.LIGHT,
        Theme.DARK: ft.ThemeMode.DARK,
        Theme.SYSTEM: ft.ThemeMode.SYSTEM,
    }[app.preferences.theme]
    is_chinese = app.preferences.language is Language.ZH
    locale = ft.Locale("zh", "CN") if is_chinese else ft.Locale("en", "GB")
    page.locale_configuration = ft.LocaleConfiguration(
        supported_locales=[ft.Locale("zh", "CN"), ft.Locale("en", "GB")], current_locale=locale
    )


def _follow(page: ft.Page, field: Field) -> None:
    app = field.app

    async def view_pop(_: ft.ViewPopEvent) -> None:
        await app.back()

    async def disconnected() -> None:
        await app.leave()

    async def connected() -> None:
        await app.come_back()

    async def closed() -> None:
        await app.leave()
        if field.life is not None:
            field.life.cancel()

    def brightness() -> None:
        app.system_is_dark = page.platform_brightness is ft.Brightness.DARK

    def changed(_sender: object, name: str | None) -> None:
        if name == "preferences":
            _wear(page, app)
            page.update()

    page.on_view_pop = view_pop
    page.on_disconnect = disconnected
    page.on_connect = connected
    page.on_close = closed
    page.on_platform_brightness_change = brightness
    field.keep(changed)
    app.subscribe(changed)  # type: ignore[attr-defined]


def phone_folder() -> Path:
    """Where a built app may write; elsewhere a folder of the person's own."""
    given = os.environ.get("FLET_APP_STORAGE_DATA") or os.environ.get("ZHUQI_FIELD_DATA")
    return Path(given) / "phone" if given else Path.home() / ".zhuqi" / "phone"


async def main(page: ft.Page) -> None:
    server = os.environ.get("ZHUQI_SERVER", "")
    await main_for(make_host(phone_folder(), server=server))(page)
