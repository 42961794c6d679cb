"""亮码: the pass on the screen, new every half minute as long as it is shown, with the spoken code under it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

import flet as ft

from field_app.device.qr_picture import qr_picture
from field_app.state.app import App
from field_app.state.boundary import Boundary, act, log, notice_of, trouble_code
from field_app.state.desk import Screen
from field_app.state.visiting import Visiting
from field_app.visits.own_card import OwnCard, read_own_card
from field_app.visits.show_pass import SHOWN_SECONDS, show_pass
from field_app.visits.spoken_code import SpokenCode, show_spoken_code
from shared_models.errors import ZhuqiError

TICK_SECONDS = 1.0


@ft.observable
@dataclass(eq=False)
class Showing:
    app: App
    visiting: Visiting
    picture: bytes | None = None
    text: str = ""
    card: OwnCard | None = None
    spoken: SpokenCode | None = None
    left: int = 0
    """Seconds until the pass is made anew."""

    def __post_init__(self) -> None:
        self._made_at = 0

    @property
    def boundary(self) -> Boundary:
        return self.app.boundary

    @act
    async def open(self) -> None:
        await self.make()
        await self.app.go(Screen.CODE)

    async def make(self) -> None:
        """Raises what `show_pass` raises."""
        phone = self.app.phone
        self.card = await read_own_card(phone)
        self.text = await show_pass(phone, self.visiting.visit)
        self.picture = await asyncio.to_thread(qr_picture, self.text)
        self.spoken = await show_spoken_code(phone)
        self._made_at = int(self.app.now().timestamp())
        self.left = SHOWN_SECONDS

    async def tick(self) -> None:
        """Called every second; a clock that was set back makes a new pass as well."""
        elapsed = int(self.app.now().timestamp()) - self._made_at
        if self.picture is None or not 0 <= elapsed < SHOWN_SECONDS:
            await self.make()
        else:
            self.left = SHOWN_SECONDS - elapsed
            self.spoken = await show_spoken_code(self.app.phone)

    async def run(self) -> None:
        """As long as the screen shows it; cancelled with the screen."""
        await self.app.devices.shine(on=True)
        try:
            while True:
                await self._tick_calmly()
                await asyncio.sleep(TICK_SECONDS)
        finally:
            self.picture, self.text = None, ""  # an old pass must not flash up when the screen comes again
            await self.app.devices.shine(on=False)

    async def _tick_calmly(self) -> None:
        try:
            await self.tick()
        except ZhuqiError as err:
            self.picture = None
            self.app.tell(notice_of(err))
        except Exception as err:  # noqa: BLE001 the next second tries again
            log.error("pass: %s", trouble_code(err))
