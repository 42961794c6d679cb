from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from field_app.app import main_for
from field_app.device.camera import Holder
from field_app.device.home import devices_of
from tests.field_state.rig import PIN, Rig, a_rig
from tests.field_ui.headless import HeadlessApp


class Screens:
    """A phone of the small county on the screen of a client in memory."""

    def __init__(self, rig: Rig, app: HeadlessApp, holder: Holder) -> None:
        self.rig, self.app, self.holder = rig, app, holder

    async def unlock(self) -> None:
        await self.app.screen("unlock")
        for digit in PIN:
            await self.app.tap(f"key-{digit}")
        await self.app.until(lambda: not self.app.has("screen-unlock"), "unlocked")


@asynccontextmanager
async def open_screens(tmp_path: Path, *, unlock: bool = True, **options: bool) -> AsyncIterator[Screens]:
    async with a_rig(tmp_path, unlocked=False, **options) as rig:
        rig.host.release(rig.field.app)
        await rig.field.app.leave()
        holder = rig.host.holder
        assert holder is not None
        async with HeadlessApp(main_for(rig.host, devices_of)) as app:
            screens = Screens(rig, app, holder)
            if unlock:
                await screens.unlock()
            yield screens


@pytest.fixture
def screens_of():  # type: ignore[no-untyped-def]
    return open_screens
