"""What a check changes: a row for each pass and what was done on it, found by the opening record.

A code that was told names no opening: until that has arrived, its check is found by who met whom on which day.
"""

from __future__ import annotations

import hashlib
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select

from shared_models.acts import PassChecked
from sync_server.log.entries import Entry
from sync_server.storage.tables import checks

_DAY_MS = 24 * 60 * 60 * 1000
_SHANGHAI_MS = 8 * 60 * 60 * 1000


class ChecksWriter:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._fresh: list[dict[str, object]] = []

    def apply_act(self, entry: Entry, act: object) -> None:
        if isinstance(act, PassChecked):
            self._fresh.append(
                {
                    "index": entry.index,
                    "digest": act.digest,
                    "action": act.action.value,
                    "opening": _found_by(act, entry.received_at),
                    "pass_at": act.pass_at,
                    "checked_at": entry.received_at,
                }
            )

    def flush(self) -> None:
        if self._fresh:
            self._connection.execute(_INSERT, self._fresh)
            self._fresh = []


def meeting_of(phone: bytes, enterprise: str, at: int) -> bytes:
    """Stands for the opening that one phone writes at one enterprise on the day of this instant, in milliseconds."""
    day = (at + _SHANGHAI_MS) // _DAY_MS
    return hashlib.sha256(b"zhuqi/meeting/1" + phone + f"{day} {enterprise}".encode("utf-8", "replace")).digest()


def _found_by(act: PassChecked, received_at: int) -> bytes | None:
    if act.opening is not None or act.credential is None or act.enterprise is None:
        return act.opening
    return meeting_of(act.credential, act.enterprise, received_at)


def has_check(connection: Connection, digest: bytes, action: str) -> bool:
    return connection.execute(_BY_PASS, {"digest": digest, "action": action}).first() is not None


def checks_of(connection: Connection, opening: bytes) -> list[Row[Any]]:
    """Checks of the passes of one opening in the log's order, whether the opening itself has arrived or not."""
    return list(connection.execute(_BY_OPENING, {"opening": opening}))


_INSERT = insert(checks)
_BY_PASS = select(checks.c.index).where(checks.c.digest == bindparam("digest"), checks.c.action == bindparam("action"))
_BY_OPENING = select(checks).where(checks.c.opening == bindparam("opening")).order_by(checks.c.index)
