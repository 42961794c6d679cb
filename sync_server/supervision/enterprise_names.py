"""Enterprises by a part of their name: a copy in memory that takes in only what the log has changed since."""

from __future__ import annotations

import threading
import unicodedata

from sqlalchemy import Connection, select

from shared_models.enterprise import Enterprise
from sync_server.storage.facts import fact_of
from sync_server.storage.tables import CURRENT, facts

MOST_FOUND = 300


class EnterpriseNames:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._folded: dict[str, str] = {}
        self._up_to = -1

    def matching(self, connection: Connection, words: str) -> tuple[str, ...]:
        """The codes of at most MOST_FOUND enterprises whose name or code holds all the words."""
        parts = _fold(words).split()
        with self._lock:
            self._take_in(connection)
            found = (uscc for uscc, name in self._folded.items() if all(part in name for part in parts))
            return tuple(uscc for uscc, _ in zip(found, range(MOST_FOUND), strict=False))

    def _take_in(self, connection: Connection) -> None:
        query = select(facts).where(
            facts.c.kind == "enterprise", facts.c.from_index > self._up_to, facts.c.to_index == CURRENT
        )
        for row in connection.execute(query):
            enterprise = fact_of(row).load(Enterprise)
            self._folded[enterprise.uscc] = _fold(f"{enterprise.name} {enterprise.uscc}")
            self._up_to = max(self._up_to, row.from_index)


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
