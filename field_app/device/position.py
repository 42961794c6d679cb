"""Where the phone is, asked at the gate and at closing only (rules 7); never waited for longer than two seconds."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

import flet as ft

from shared_models.visit import Position

PATIENCE_SECONDS = 2.0
MICRO = 1_000_000
log = logging.getLogger(__name__)

Locate = Callable[[], Awaitable[Position | None]]


async def nowhere() -> Position | None:
    return None


def locator(page: ft.Page) -> Locate:
    """Asks the device's own positioning; null where there is none, it is forbidden, or it takes too long."""

    async def locate() -> Position | None:
        try:
            return await asyncio.wait_for(_ask(page), PATIENCE_SECONDS)
        except Exception as err:  # noqa: BLE001 a missing position must never stop a visit
            log.info("no position: %s", type(err).__name__)
            return None

    return locate


async def _ask(page: ft.Page) -> Position | None:
    import flet_geolocator as fg  # noqa: PLC0415 a service that registers with the page

    del page  # the control finds it by itself; named so that nobody calls this without one
    found = await fg.Geolocator().get_current_position()
    if found.latitude is None or found.longitude is None:
        return None
    return Position(round(found.latitude * MICRO), round(found.longitude * MICRO), round(found.accuracy or 0))
