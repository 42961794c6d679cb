"""The joint visits suggested, kept by the server's process until something in the log or the day changes them."""

from __future__ import annotations

import threading
from datetime import date

from sqlalchemy import Connection, select

from shared_models.calendar import day_of
from shared_models.joint_visits import Suggestion
from sync_server.county import County
from sync_server.filings.suggest_joint_visits import suggest_now
from sync_server.log.tree import log_size
from sync_server.storage.engine import reading
from sync_server.storage.tables import log_entries

_CHANGING = (
    "filing_submitted",
    "filing_accepted",
    "filing_returned",
    "filing_withdrawn",
    "filings_merged",
    "visit_opened",
    "enterprises_registered",
    "policy_published",
)


class KeptSuggestions:
    """As `suggest_now`; who asks while they are being computed waits for the same answer."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._size = -1
        self._day = date.min
        self._kept: tuple[Suggestion, ...] = ()

    def now(self, county: County) -> tuple[Suggestion, ...]:
        with self._lock:
            today = day_of(county.clock.now())
            with reading(county.engine) as connection:
                size = log_size(connection)
                is_same = self._size >= 0 and self._day == today and not _has_changed(connection, self._size, size)
            if not is_same:
                # after the size was read: what comes in between is looked at again
                self._kept, self._day = suggest_now(county), today
            self._size = size
            return self._kept


def _has_changed(connection: Connection, since: int, size: int) -> bool:
    if size == since:
        return False
    query = select(log_entries.c.index).where(log_entries.c.index >= since, log_entries.c.kind.in_(_CHANGING))
    return connection.execute(query.limit(1)).first() is not None
