"""The county's enterprises in memory, in order and by parts of their names: only what the log has changed is taken in.

Two characters that stand side by side lead to the enterprises that have them, so that a search looks at few.
"""

from __future__ import annotations

import threading
import unicodedata
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from shared_models import cbor
from sync_server.log.tree import log_size
from sync_server.storage.facts import MAX_BODY_BYTES
from sync_server.storage.tables import CURRENT, facts

MOST_COUNTED = 1_000
"""A search that finds more says so and counts no further: there is another word to be typed."""
_FEW = 4_000
_KIND = "enterprise"


@dataclass(frozen=True, slots=True)
class _Line:
    """`folded` is name and code, `place` the township: what words are looked for in."""

    uscc: str
    name: str
    folded: str
    place: str
    flags: tuple[str, ...]

    def has(self, words: Sequence[str], *, by_place: bool) -> bool:
        return all(word in self.folded or (by_place and word in self.place) for word in words)


@dataclass(frozen=True, slots=True)
class Codes:
    """A part of an ordered list, and how many it has in all; not `is_counted`: so many at least."""

    shown: tuple[str, ...]
    total: int
    is_counted: bool = True


class EnterpriseIndex:
    def __init__(self, most_counted: int = MOST_COUNTED) -> None:
        self._most_counted = most_counted
        self._lock = threading.Lock()
        self._lines: dict[str, _Line] = {}
        self._orders: dict[tuple[str, str], list[str]] = {}
        self._by_number: list[str] = []
        self._pairs: dict[str, array[int]] = {}
        self._size = -1

    def count(self, connection: Connection) -> int:
        with self._lock:
            self._take_in(connection)
            return len(self._lines)

    def codes(self, connection: Connection, *, words: Sequence[str] = (), flag: str = "", order: str = "") -> list[str]:
        """By code, or by name; only those with this flag whose name, code or township holds all the words."""
        with self._lock:
            self._take_in(connection)
            return list(self._found(words, flag, order, by_place=True) if words else self._ordered(flag, order))

    def part(
        self, connection: Connection, *, words: Sequence[str], flag: str, order: str, start: int, count: int
    ) -> Codes:
        """`count` of what `codes` gives, from `start` on."""
        with self._lock:
            self._take_in(connection)
            if not words:
                ordered = self._ordered(flag, order)
                return Codes(tuple(ordered[start : start + count]), len(ordered))
            most = max(self._most_counted, start + count)
            found = [uscc for uscc, _ in zip(self._found(words, flag, order, by_place=True), range(most), strict=False)]
            return Codes(tuple(found[start : start + count]), len(found), len(found) < most)

    def matching(self, connection: Connection, words: Sequence[str], most: int) -> tuple[str, ...]:
        """The codes of at most so many enterprises whose name or code holds all the words."""
        with self._lock:
            self._take_in(connection)
            found = self._found(words, "", "", by_place=False)
            return tuple(uscc for uscc, _ in zip(found, range(most), strict=False))

    def _found(self, words: Sequence[str], flag: str, order: str, *, by_place: bool) -> Iterator[str]:
        lines = self._lines
        few = self._candidates(words)
        if few is None:
            candidates: Sequence[str] = self._ordered(flag, order)
        else:
            own = (uscc for uscc in few if not flag or flag in lines[uscc].flags)
            candidates = sorted(own, key=(lambda uscc: (lines[uscc].name, uscc)) if order == "name" else None)
        return (uscc for uscc in candidates if lines[uscc].has(words, by_place=by_place))

    def _candidates(self, words: Sequence[str]) -> set[str] | None:
        """Null where the words are in so many that it is as well to go through them in their order."""
        none: array[int] = array("I")
        pairs = [word[place : place + 2] for word in words for place in range(len(word) - 1)]
        rarest = min((self._pairs.get(pair, none) for pair in pairs), key=len, default=None)
        if rarest is None or len(rarest) > _FEW:
            return None
        return {self._by_number[number] for number in rarest}

    def _ordered(self, flag: str, order: str) -> list[str]:
        known = self._orders.get((flag, order))
        if known is None:
            lines = self._lines
            chosen = [uscc for uscc, line in lines.items() if not flag or flag in line.flags]
            chosen.sort(key=(lambda uscc: (lines[uscc].name, uscc)) if order == "name" else None)
            known = self._orders[flag, order] = chosen
        return known

    def _take_in(self, connection: Connection) -> None:
        size = log_size(connection)
        if size == self._size:
            return
        query = select(facts.c.body).where(facts.c.to_index == CURRENT)
        if self._size < 0:
            query = query.where(facts.c.kind == _KIND)
        else:  # by the index of what is new: the kind alone would go through all enterprises
            query = query.where(facts.c.kind.concat("") == _KIND, facts.c.from_index >= self._size)
        fresh = [_line(cbor.decode(bytes(body), max_bytes=MAX_BODY_BYTES)) for body in connection.scalars(query)]
        for line in fresh:
            self._keep(line)
        if fresh:
            self._orders.clear()
        self._size = size

    def _keep(self, line: _Line) -> None:
        """A changed one gets a further number: what its old name led to is looked at once more and passed over."""
        self._lines[line.uscc] = line
        number = len(self._by_number)
        self._by_number.append(line.uscc)
        for text in (line.folded, line.place):
            for pair in {text[place : place + 2] for place in range(len(text) - 1)}:
                numbers = self._pairs.get(pair)
                if numbers is None:
                    numbers = self._pairs[pair] = array("I")
                numbers.append(number)


def fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _line(plain: dict[str, Any]) -> _Line:
    """From an enterprise as its fact holds it; a hundred thousand are read at a server's start."""
    name, uscc = plain["name"], plain["uscc"]
    has_gate = any(not gate["void"] for gate in plain["gates"])
    flags = (plain["status"], *(() if has_gate else ("no_gate",)))
    return _Line(uscc, name, fold(f"{name} {uscc}"), fold(plain["township"]), flags)
