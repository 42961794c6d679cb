"""Full brightness while a code is on the screen, where the device lets an app have it."""

from __future__ import annotations

import logging
from typing import Protocol

import flet as ft

log = logging.getLogger(__name__)


class Shine(Protocol):
    async def __call__(self, *, on: bool) -> None: ...


async def no_shine(*, on: bool) -> None:
    del on


def shiner(page: ft.Page) -> Shine:
    if page.web or page.platform not in (ft.PagePlatform.ANDROID, ft.PagePlatform.IOS):
        return no_shine

    async def shine(*, on: bool) -> None:
        try:
            screen = ft.ScreenBrightness()
            if on:
                await screen.set_application_screen_brightness(1.0)
            else:
                await screen.reset_application_screen_brightness()  # type: ignore[no-untyped-call]
        except Exception as err:  # noqa: BLE001 a dim code is still a code
            log.info("brightness: %s", type(err).__name__)

    return shine
