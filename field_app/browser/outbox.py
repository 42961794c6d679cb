"""Records that wait, kept where the service worker can send them while the app is closed (background sync).

Only signed envelopes, which the county takes from anybody and takes once; their receipts come with the next real sync.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

from field_app.browser.bridge import home, js_bytes, js_exception
from field_app.phone import Phone
from field_app.storage.database import Rows
from field_app.storage.records import record_by_id, waiting_ids
from shared_models.sync import MAX_BATCH

log = logging.getLogger(__name__)


class Outbox:
    """One look at a time; what changes during one leads to another."""

    def __init__(self, phone: Phone) -> None:
        self._phone = phone
        self._task: asyncio.Task[None] | None = None
        self._is_due = False
        self._kept = b""

    def follow(self) -> Callable[[], None]:
        """The answer ends it."""
        self._hear("records")
        return self._phone.notices.subscribe(self._hear)

    def _hear(self, topic: str) -> None:
        if topic != "records":
            return
        self._is_due = True
        if self._task is None or self._task.done():
            self._task = asyncio.ensure_future(self._keep_up())

    async def _keep_up(self) -> None:
        while self._is_due:
            self._is_due = False
            waiting = await self._phone.database.read(_waiting)
            if waiting == self._kept:
                continue
            try:
                await home().keepOutbox(js_bytes(waiting))
            except js_exception():
                log.info("the outbox was not kept")  # the phone itself has them, and sends them when it is opened
            else:
                self._kept = waiting


def _waiting(rows: Rows) -> bytes:
    kept = (record_by_id(rows, one) for one in waiting_ids(rows)[:MAX_BATCH])
    return b"".join(one.envelope for one in kept if one is not None)
