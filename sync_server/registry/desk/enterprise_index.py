"""The county's enterprises in order, in memory: takes in only what the log has changed since, so a page costs fifty."""

from __future__ import annotations

import threading
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from shared_models.enterprise import Enterprise
from sync_server.storage.facts import fact_of
from sync_server.storage.tables import CURRENT, facts


@dataclass(frozen=True, slots=True)
class _Line:
    name: str
    folded: str
    flags: tuple[str, ...]


class EnterpriseIndex:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._lines: dict[str, _Line] = {}
        self._orders: dict[tuple[str, str], list[str]] = {}
        self._up_to = -1

    def count(self, connection: Connection) -> int:
        with self._lock:
            self._take_in(connection)
            return len(self._lines)

    def codes(self, connection: Connection, *, words: Sequence[str] = (), flag: str = "", order: str = "") -> list[str]:
        """By code, or by name; only those with this flag whose name, code or township holds all the words."""
        with self._lock:
            self._take_in(connection)
            ordered = self._ordered(flag, order)
            lines = self._lines
            if not words:
                return ordered
            return [uscc for uscc in ordered if all(word in lines[uscc].folded for word in words)]

    def _ordered(self, flag: str, order: str) -> list[str]:
        known = self._orders.get((flag, order))
        if known is None:
            chosen = [uscc for uscc, line in self._lines.items() if not flag or flag in line.flags]
            lines = self._lines
            chosen.sort(key=(lambda uscc: (lines[uscc].name, uscc)) if order == "name" else None)
            known = self._orders[flag, order] = chosen
        return known

    def _take_in(self, connection: Connection) -> None:
        query = select(facts).where(
            facts.c.kind == "enterprise", facts.c.from_index > self._up_to, facts.c.to_index == CURRENT
        )
        is_changed = False
        for row in connection.execute(query):
            enterprise = fact_of(row).load(Enterprise)
            self._lines[enterprise.uscc] = _line(enterprise)
            self._up_to = max(self._up_to, row.from_index)
            is_changed = True
        if is_changed:
            self._orders.clear()


def fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _line(one: Enterprise) -> _Line:
    has_gate = any(not gate.void for gate in one.gates)
    flags = (one.status.value, *(() if has_gate else ("no_gate",)))
    return _Line(one.name, fold(f"{one.name} {one.uscc} {one.township}"), flags)
