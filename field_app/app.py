"""States to screens: one phone on one page, whichever home gave it its ports (`device.home`, `browser.main`)."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import flet as ft

from field_app.screens.root import Root
from field_app.state.app import App, Devices
from field_app.state.field import Field
from field_app.state.host import PhoneHost
from field_app.state.preferences import Theme
from field_app.texts import Language
from field_app.widgets.theme import DARK, LIGHT, flet_theme

log = logging.getLogger("field_app")

DevicesOf = Callable[[ft.Page, PhoneHost], Devices]
"""What the device behind a page can do."""


def app_version() -> str:
    try:
        return version("zhuqi")
    except PackageNotFoundError:  # on a phone the app is files, not a package
        return "0.1.0"


def main_for(host: PhoneHost, devices_of: DevicesOf) -> Callable[[ft.Page], Awaitable[None]]:
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
