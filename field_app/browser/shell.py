"""What the app and the page around it tell each other: which build this is, and whether a visit is open.

While one is, the page offers no restart for a newer version.
"""

from __future__ import annotations

import asyncio
import importlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from field_app.browser.bridge import js_callback
from field_app.clock import Clock, ShiftedClock, SystemClock
from field_app.phone import Phone
from field_app.visits.read_visit import visit_in_progress

_WAKING = frozenset({"online", "visible"})
_TOPICS = frozenset({"records", "enrolment"})
_looking: set[asyncio.Task[None]] = set()


def shell() -> Any:
    """The JavaScript object that shell/worker.mjs registers."""
    return importlib.import_module("zhuqi_shell")


def shown_version() -> str:
    """`0.1.0 · 1f2e3d4c5b6a`: release and build."""
    return f"{shell().version} · {shell().build}"


def phone_clock() -> Clock:
    """The browser's; in a demo moved to the day on which the story plays (shell/boot.mjs)."""
    shift = int(shell().shift_seconds)
    if shift == 0:
        return SystemClock()
    file = Path("/demo-clock.json")
    file.write_text(json.dumps({"shift_seconds": shift}), "utf-8")
    return ShiftedClock(file)


def is_storage_kept() -> bool:
    """Whether the browser has promised, at this start, not to clear what the app keeps."""
    return bool(shell().facts.persisted)


def follow_page(phone: Phone) -> None:
    """Sync when the network comes back, and when the app does."""

    def heard(topic: str) -> None:
        if topic in _WAKING:
            phone.notices.wake()

    shell().on(js_callback(heard))


async def follow_visits(phone: Phone, tell: Callable[[bool], None]) -> Callable[[], None]:
    """`tell` whether a visit is open, now and whenever that may have changed; the answer ends it."""

    async def look() -> None:
        tell(await visit_in_progress(phone) is not None)

    def heard(topic: str) -> None:
        if topic in _TOPICS:
            task = asyncio.ensure_future(look())
            _looking.add(task)
            task.add_done_callback(_looking.discard)

    await look()
    return phone.notices.subscribe(heard)
