"""Tells whoever draws a screen that something changed, and the background that there is something to do."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress

_log = logging.getLogger(__name__)

Listener = Callable[[str], None]


class Notices:
    """Topics: `records` (written or receipted), `reference`, `sync` (a run began or ended), `enrolment`."""

    def __init__(self) -> None:
        self._listeners: list[Listener] = []
        self._work = asyncio.Event()

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call `listener(topic)` on the event loop from now on; the answer ends that."""
        self._listeners.append(listener)

        def unsubscribe() -> None:
            with suppress(ValueError):
                self._listeners.remove(listener)

        return unsubscribe

    def tell(self, topic: str) -> None:
        for listener in tuple(self._listeners):
            try:
                listener(topic)
            except Exception:  # noqa: BLE001 - a screen that fails must not fail what it is told of
                _log.exception("a listener failed")

    def wake(self) -> None:
        """Let the background sync run now: a record was closed, the signal is back, a person asked."""
        self._work.set()

    async def work(self, timeout_seconds: float) -> bool:
        """Wait until woken (true) or until the time is over (false)."""
        try:
            async with asyncio.timeout(timeout_seconds):
                await self._work.wait()
        except TimeoutError:
            return False
        self._work.clear()
        return True
