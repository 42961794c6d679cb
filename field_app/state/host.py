"""One phone as long as the program runs: opened once, syncing in the background, held by one screen at a time.

Screens come and go (a browser tab is closed, a second one opened); the phone and its sync go on.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from field_app.device.camera import Holder
from field_app.device.signal import Signal
from field_app.phone import Phone
from field_app.state.boundary import trouble_code

log = logging.getLogger("field_app")
Background = Callable[[Phone], Awaitable[None]]
Evict = Callable[[], Awaitable[None]]


class PhoneHost:
    def __init__(
        self,
        name: str,
        open_it: Callable[[], Awaitable[Phone]],
        background: Background,
        *,
        holder: Holder | None = None,
        signal: Signal | None = None,
        version: str = "",
        is_kept: bool | None = None,
    ) -> None:
        self.name = name
        self.holder = holder
        self.signal = signal or Signal()
        self.version = version
        self.is_kept = is_kept
        """Whether a browser promised not to clear the phone; null where the phone is a folder of files."""
        self._open, self._background = open_it, background
        self._opening = asyncio.Lock()
        self._phone: Phone | None = None
        self._task: asyncio.Task[None] | None = None
        self._on_screen: object | None = None
        self._evict: Evict | None = None
        self.is_unlocked = False

    @property
    def opened(self) -> Phone | None:
        return self._phone

    async def phone(self) -> Phone:
        """Opened at the first call. Raises what `open_phone` raises; the next call tries again."""
        async with self._opening:
            if self._phone is None:
                self._phone = await self._open()
                self._task = asyncio.create_task(self._sync_on(self._phone), name=f"sync {self.name}")
            return self._phone

    @property
    def is_shown(self) -> bool:
        return self._on_screen is not None

    async def hold(self, who: object, evict: Evict, *, take_over: bool = False) -> bool:
        """Whether `who` has the screen now; `evict` is awaited when another takes over."""
        if self._on_screen not in (None, who):
            if not take_over:
                return False
            if self._evict is not None:
                await self._evict()
        self._on_screen, self._evict = who, evict
        return True

    def release(self, who: object) -> None:
        if self._on_screen is who:
            self._on_screen, self._evict = None, None
            self.is_unlocked = False

    async def close(self) -> None:
        await self._stop_background()
        if self._phone is not None:
            await self._phone.close()
        self._phone = None

    async def replace(self, put_aside: Callable[[Phone], Awaitable[object]]) -> None:
        """`put_aside` closes the phone; the next call of `phone` opens what lies there then. Raises as it does."""
        async with self._opening:
            phone = self._phone
            if phone is None:
                return
            await self._stop_background()
            try:
                await put_aside(phone)
            except BaseException:
                self._task = asyncio.create_task(self._sync_on(phone), name=f"sync {self.name}")
                raise
            self._phone, self.is_unlocked = None, False

    async def _stop_background(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None

    async def _sync_on(self, phone: Phone) -> None:
        """A fault in the background must not end it for good."""
        while True:
            try:
                await self._background(phone)
            except Exception as err:  # noqa: BLE001 whatever it was, the next round may do better
                log.error("sync of %s: %s", self.name, trouble_code(err))  # noqa: TRY400 no personal data in logs
            await asyncio.sleep(_AGAIN_SECONDS)


_AGAIN_SECONDS = 30
