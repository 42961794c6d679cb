"""What a check changes: a row for each pass and what was done on it, found by the opening record."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select

from shared_models.acts import PassChecked
from sync_server.log.entries import Entry
from sync_server.storage.tables import checks


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
                    "opening": act.opening,
                    "pass_at": act.pass_at,
                    "checked_at": entry.received_at,
                }
            )

    def flush(self) -> None:
        if self._fresh:
            self._connection.execute(_INSERT, self._fresh)
            self._fresh = []


def has_check(connection: Connection, digest: bytes, action: str) -> bool:
    return connection.execute(_BY_PASS, {"digest": digest, "action": action}).first() is not None


def checks_of(connection: Connection, opening: bytes) -> list[Row[Any]]:
    """Checks of the passes of one opening in the log's order, whether the opening itself has arrived or not."""
    return list(connection.execute(_BY_OPENING, {"opening": opening}))


_INSERT = insert(checks)
_BY_PASS = select(checks.c.index).where(checks.c.digest == bindparam("digest"), checks.c.action == bindparam("action"))
_BY_OPENING = select(checks).where(checks.c.opening == bindparam("opening")).order_by(checks.c.index)
