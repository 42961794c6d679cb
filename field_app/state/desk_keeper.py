"""Saves the desk after every change, at most a third of a second later, and lays it out again after a restart."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from field_app.errors import DiskFullError
from field_app.phone import Phone
from field_app.state.boundary import log, trouble_code
from field_app.state.desk import Desk
from field_app.storage.drafts import load_draft, save_draft
from shared_models.errors import BadlyFormedError
from shared_models.shape import from_plain

_KEY = "desk"
_DELAY_SECONDS = 0.15
_RETRY_SECONDS = 5.0


async def load_desk(phone: Phone) -> Desk:
    """An empty desk where there is none; of one that a newer app laid out, what this one knows."""
    plain = await load_draft(phone, _KEY)
    try:
        return Desk() if plain is None else from_plain(Desk, plain, may_be_newer=True)
    except BadlyFormedError:
        return Desk()


class DeskKeeper:
    """Also keeps other drafts under a key of their own: any dataclass or plain value."""

    def __init__(self, phone: Phone, tell: Callable[[str], None], key: str = _KEY) -> None:
        self._phone, self._tell, self._key = phone, tell, key
        self._newest: Any = None
        self._task: asyncio.Task[None] | None = None

    def keep(self, desk: Any) -> None:
        """Called on the event loop; returns at once."""
        self._newest = desk
        if self._task is None or self._task.done():
            self._task = asyncio.ensure_future(self._save())

    async def flush(self) -> None:
        """What is on the desk now is durable when this returns, unless the disk is full."""
        await self._write()

    async def _save(self) -> None:
        delay = _DELAY_SECONDS
        while self._newest is not None:
            await asyncio.sleep(delay)
            delay = _DELAY_SECONDS if await self._write() else _RETRY_SECONDS

    async def _write(self) -> bool:
        desk, self._newest = self._newest, None
        if desk is None:
            return True
        try:
            await save_draft(self._phone, self._key, desk)
        except DiskFullError as err:
            self._newest = self._newest or desk
            self._tell(err.code)
            return False
        except Exception as err:  # noqa: BLE001 saving is tried again; the screen must go on
            log.error("desk: %s", trouble_code(err))
            return False
        return True
