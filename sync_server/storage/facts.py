"""Facts: the views that phones and rules read, with the interval of log sizes for which each holds.

The state at size N is what the entries with an index below N made: a fact of entry i, superseded by entry j, is
visible where i < N <= j.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar

from sqlalchemy import Connection, bindparam, select, update

from shared_models import cbor
from shared_models.shape import from_plain, to_plain
from sync_server.storage.bulk import RowsIn, insert_rows, run_each
from sync_server.storage.tables import CURRENT, facts

T = TypeVar("T")
MAX_BODY_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Fact:
    kind: str
    key: str
    from_index: int
    at: int
    department: str
    uscc: str
    body: bytes
    to_index: int = CURRENT

    def load(self, cls: type[T]) -> T:
        loaded: T = _load(cls, self.body)  # type: ignore[arg-type]  # a class can be hashed
        return loaded

    def holds_at(self, size: int) -> bool:
        return self.from_index < size <= self.to_index


@lru_cache(maxsize=16_384)
def _load(cls: type[Any], body: bytes) -> Any:
    """Bodies never change and their values are frozen: the same few are asked for at every visit."""
    return from_plain(cls, cbor.decode(body, max_bytes=MAX_BODY_BYTES))


def fact_of(row: Any) -> Fact:
    kind, key, from_index, to_index, at, department, uscc, body = row  # as `facts` has its columns
    return Fact(kind, key, from_index, at, department, uscc, body, to_index)


_COLUMNS = select(facts)
_CURRENT = facts.c.to_index == CURRENT
_SINCE = facts.c.to_index >= bindparam("size")
_KEYS = facts.c.key.in_(bindparam("keys", expanding=True))
_by_keys = RowsIn(_COLUMNS.where(facts.c.kind == bindparam("kind"), _KEYS, _SINCE), "keys")
_by_kinds_and_keys = RowsIn(
    _COLUMNS.where(facts.c.kind.in_(bindparam("kinds", expanding=True)), _KEYS, _SINCE), "kinds", "keys"
)
_by_uscc = RowsIn(_COLUMNS.where(facts.c.uscc.in_(bindparam("usccs", expanding=True)), _SINCE), "usccs")


def current_facts(connection: Connection, kind: str, keys: Iterable[str]) -> dict[str, Fact]:
    return {fact.key: fact for fact in facts_since(connection, kind, keys, CURRENT)}


def facts_since(connection: Connection, kind: str, keys: Iterable[str], size: int) -> list[Fact]:
    """All that held at `size` or later."""
    return [fact_of(row) for row in _by_keys(connection, sorted(set(keys)), kind=kind, size=size)]


def facts_of_kinds_since(connection: Connection, places: Iterable[tuple[str, str]], size: int) -> list[Fact]:
    """As `facts_since`, for facts of several kinds at once."""
    wanted = set(places)
    kinds, keys = sorted({kind for kind, _ in wanted}), sorted({key for _, key in wanted})
    found = (fact_of(row) for row in _by_kinds_and_keys(connection, kinds, keys, size=size))
    return [fact for fact in found if (fact.kind, fact.key) in wanted]


def current_facts_of(connection: Connection, usccs: Iterable[str]) -> list[Fact]:
    """Everything that is said of these enterprises: themselves, their lines and counts."""
    return facts_of_since(connection, usccs, CURRENT)


def facts_of_since(connection: Connection, usccs: Iterable[str], size: int) -> list[Fact]:
    return [fact_of(row) for row in _by_uscc(connection, sorted({uscc for uscc in usccs if uscc}), size=size)]


def fact_at(connection: Connection, kind: str, key: str, size: int) -> Fact | None:
    """The fact as it stood at a log size."""
    found = [fact for fact in facts_since(connection, kind, (key,), size) if fact.holds_at(size)]
    return found[0] if found else None


def current_of_kind(connection: Connection, kind: str) -> list[Fact]:
    query = _COLUMNS.where(facts.c.kind == kind, _CURRENT).order_by(facts.c.key)
    return [fact_of(row) for row in connection.execute(query)]


class FactsWriter:
    """The current facts as one transaction reads and changes them; written by `flush`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._current: dict[tuple[str, str], Fact | None] = {}
        self._keys_of: dict[str, set[tuple[str, str]]] = defaultdict(set)
        self._loaded: set[str] = set()
        self._fresh: dict[tuple[str, str, int], Fact] = {}
        self._closed: list[dict[str, object]] = []

    def prefetch(self, kind: str, keys: Iterable[str]) -> None:
        unknown = {key for key in keys if (kind, key) not in self._current}
        if unknown:
            found = current_facts(self._connection, kind, unknown)
            for key in unknown:
                self._remember(kind, key, found.get(key))

    def prefetch_many(self, places: Iterable[tuple[str, str]]) -> None:
        """Facts of several kinds in one query."""
        unknown = {place for place in places if place not in self._current}
        if unknown:
            found = facts_of_kinds_since(self._connection, unknown, CURRENT)
            by_place = {(fact.kind, fact.key): fact for fact in found}
            for kind, key in unknown:
                self._remember(kind, key, by_place.get((kind, key)))

    def prefetch_enterprises(self, usccs: Iterable[str]) -> None:
        unknown = {uscc for uscc in usccs if uscc not in self._loaded}
        if unknown:
            self._loaded |= unknown
            for fact in current_facts_of(self._connection, unknown):
                if (fact.kind, fact.key) not in self._current:
                    self._remember(fact.kind, fact.key, fact)

    def get(self, kind: str, key: str) -> Fact | None:
        self.prefetch(kind, (key,))
        return self._current[kind, key]

    def get_of(self, uscc: str, kind: str, key: str) -> Fact | None:
        """A line or count of this enterprise: all of them are read at once, so that what is not there costs nothing."""
        self.prefetch_enterprises((uscc,))
        return self._current.get((kind, key))

    def of_enterprise(self, kind: str, uscc: str) -> list[Fact]:
        self.prefetch_enterprises((uscc,))
        found = (self._current[kept] for kept in self._keys_of[uscc] if kept[0] == kind)
        return sorted((fact for fact in found if fact is not None), key=lambda fact: fact.key)

    def set(self, fact: Fact) -> None:
        """Supersede what holds under the fact's kind and key; a body that says the same changes nothing."""
        is_bound = fact.kind in _BOUND_TO_ENTERPRISE and fact.uscc in self._loaded
        before = self._current.get((fact.kind, fact.key)) if is_bound else self.get(fact.kind, fact.key)
        if before is not None and before.body == fact.body and before.department == fact.department:
            return
        self._close(before, fact.from_index)
        self._remember(fact.kind, fact.key, fact)
        self._fresh[fact.kind, fact.key, fact.from_index] = fact

    def end(self, kind: str, key: str, index: int) -> None:
        self._close(self.get(kind, key), index)
        self._remember(kind, key, None)

    def flush(self) -> None:
        run_each(self._connection, _CLOSE, self._closed)
        insert_rows(self._connection, facts, [_row(fact) for fact in self._fresh.values()])
        self._closed, self._fresh = [], {}

    def _remember(self, kind: str, key: str, fact: Fact | None) -> None:
        self._current[kind, key] = fact
        if fact is not None and fact.uscc:
            self._keys_of[fact.uscc].add((kind, key))

    def _close(self, before: Fact | None, index: int) -> None:
        if before is None:
            return
        place = (before.kind, before.key, before.from_index)
        fresh = self._fresh.get(place)
        if fresh is None:
            pass
        elif before.from_index == index:  # the same entry thinks better of it: it held for no size at all
            del self._fresh[place]
            return
        else:
            self._fresh[place] = _ended(fresh, index)
            return
        self._closed.append({"b_kind": before.kind, "b_key": before.key, "b_from": before.from_index, "b_to": index})


_BOUND_TO_ENTERPRISE = frozenset({"enterprise", "line", "count"})
"""Kinds whose key names the enterprise, so that it never changes hands."""


def plain_body(value: object) -> bytes:
    return cbor.encode(to_plain(value))


def _ended(fact: Fact, index: int) -> Fact:
    return Fact(fact.kind, fact.key, fact.from_index, fact.at, fact.department, fact.uscc, fact.body, index)


def _row(fact: Fact) -> dict[str, object]:
    return {
        "kind": fact.kind,
        "key": fact.key,
        "from_index": fact.from_index,
        "to_index": fact.to_index,
        "at": fact.at,
        "department": fact.department,
        "uscc": fact.uscc,
        "body": fact.body,
    }


_CLOSE = (
    update(facts)
    .where(
        facts.c.kind == bindparam("b_kind"),
        facts.c.key == bindparam("b_key"),
        facts.c.from_index == bindparam("b_from"),
    )
    .values(to_index=bindparam("b_to"))
)
