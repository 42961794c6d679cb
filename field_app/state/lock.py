"""The screen lock: PIN once a shift, and again before a visit is closed if the last time is a while ago."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import flet as ft

from field_app.state.app import App, Phase
from field_app.state.boundary import Boundary, act
from field_app.state.pin import DIGITS, check_pin, set_pin

SHIFT = timedelta(hours=12)
FRESH = timedelta(minutes=10)


@ft.observable
@dataclass(eq=False)
class Lock:
    app: App
    digits: str = ""
    is_for_signing: bool = False

    def __post_init__(self) -> None:
        self._unlocked_at: datetime | None = None
        self._pin_at: datetime | None = None
        self._then: Callable[[], Awaitable[object]] | None = None

    @property
    def boundary(self) -> Boundary:
        return self.app.boundary

    @property
    def is_complete(self) -> bool:
        return len(self.digits) == DIGITS

    def type(self, text: str) -> None:
        self.digits = "".join(c for c in text if c in "0123456789")[:DIGITS]

    async def press(self, digit: str) -> None:
        """A key of the drawn keypad; the last digit unlocks."""
        self.type(self.digits + digit)
        await self.enter()

    async def typed(self, text: str) -> None:
        self.type(text)
        await self.enter()

    async def erase(self) -> None:
        self.digits = self.digits[:-1]

    async def enter(self) -> None:
        if self.is_complete and self.app.phase is Phase.LOCKED:
            await self.unlock()

    @act
    async def choose(self) -> None:
        """A new phone's PIN; it is shown while it is chosen, so it is asked once."""
        if not self.is_complete:
            return
        await set_pin(self.app.phone, self.digits)
        self._open()

    @act
    async def unlock(self) -> None:
        digits, self.digits = self.digits, ""
        await check_pin(self.app.phone, digits)
        self._open()
        then, self._then = self._then, None
        if then is not None:
            await then()

    @act
    async def lock(self) -> None:
        self._unlocked_at = self._pin_at = None
        self.digits = ""
        self.is_for_signing, self._then = False, None
        await self.app.flush()
        self.app.phase = Phase.LOCKED

    def check_shift(self) -> None:
        """Lock by itself when the shift is over, or when the clock went back behind it."""
        if self.app.phase is Phase.OPEN and not self._within(self._unlocked_at, SHIFT):
            self.app.phase = Phase.LOCKED

    async def before_signing(self, then: Callable[[], Awaitable[object]]) -> None:
        """Do it now if the PIN was given lately, else after it is given."""
        if self._within(self._pin_at, FRESH):
            await then()
            return
        self._then, self.is_for_signing, self.digits = then, True, ""
        self.app.phase = Phase.LOCKED

    async def not_now(self) -> None:
        """Back to what was on the screen, without signing."""
        if self.is_for_signing and self._within(self._unlocked_at, SHIFT):
            self.is_for_signing, self._then = False, None
            self.app.phase = Phase.OPEN

    def _open(self) -> None:
        now = self.app.now()
        if not self.is_for_signing:
            self._unlocked_at = now
        self._pin_at = now
        self.is_for_signing, self.digits = False, ""
        self.app.notice = None
        self.app.phase = Phase.OPEN

    def _within(self, since: datetime | None, span: timedelta) -> bool:
        return since is not None and timedelta(0) <= self.app.now() - since < span
