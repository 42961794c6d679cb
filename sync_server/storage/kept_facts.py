"""The facts of a small kind, kept by the process until the log holds newer ones of it.

SQLite lets other threads run at every row that is read: a page that reads a thousand people anew costs four times as
much where four are asked for at once.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, select

from sync_server.storage.facts import Fact, current_of_kind
from sync_server.storage.tables import HAS_ENDED, facts, log_state

_lock = threading.Lock()
_kept: WeakKeyDictionary[Engine, dict[str, tuple[int, tuple[Fact, ...]]]] = WeakKeyDictionary()
_SIZE = select(log_state.c.size)


def kept_of_kind(connection: Connection, kind: str) -> Sequence[Fact]:
    """As `current_of_kind`, for a connection that only reads: what a transaction has not committed is never kept."""
    size = int(connection.execute(_SIZE).scalar_one_or_none() or 0)
    with _lock:
        known = _kept.setdefault(connection.engine, {}).get(kind)
    if known is not None and (known[0] == size or not _has_changed(connection, kind, known[0])):
        found = known[1]
    else:
        # after the size was read: what comes in between is looked at again
        found = tuple(current_of_kind(connection, kind))
    with _lock:
        _kept.setdefault(connection.engine, {})[kind] = (size, found)
    return found


def _has_changed(connection: Connection, kind: str, since: int) -> bool:
    """By the indexes of what is new and of what has ended: the kind alone would go through all of it."""
    is_of_it = facts.c.kind.concat("") == kind
    fresh = select(facts.c.from_index).where(facts.c.from_index >= since, is_of_it).limit(1)
    ended = select(facts.c.to_index).where(facts.c.to_index >= since, HAS_ENDED, is_of_it).limit(1)
    return any(connection.execute(query).first() is not None for query in (fresh, ended))
