"""Enterprises by a part of their name, as the lists of filings, visits and letters look for them."""

from __future__ import annotations

from sqlalchemy import Connection

from sync_server.registry.desk.enterprise_index import EnterpriseIndex, fold

MOST_FOUND = 300


class EnterpriseNames:
    def __init__(self, index: EnterpriseIndex | None = None) -> None:
        self._index = index or EnterpriseIndex()

    def matching(self, connection: Connection, words: str) -> tuple[str, ...]:
        """The codes of at most MOST_FOUND enterprises whose name or code holds all the words."""
        return self._index.matching(connection, fold(words).split(), MOST_FOUND)
