"""双随机: who is inspected and by whom, decided by a public value that nobody here could know when the pool was fixed.

The pool is fixed by a record; the seed is that record's id and the value, hashed. The same parts give the same draw
on every machine: integers only, candidates in the order of their ids, numbers without bias.
"""

from __future__ import annotations

import hashlib
import hmac
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from shared_models import cbor
from shared_models.errors import BadlyFormedError
from shared_models.shape import from_plain, to_plain

FORMAT = "zhuqi/draw/1"
MAX_TAKE, MAX_OFFICERS_EACH, MAX_WEIGHT = 500, 9, 1000
MAX_POOL_BYTES = 8 * 1024 * 1024
_WORD = 1 << 64


@dataclass(frozen=True, slots=True)
class Candidate:
    """One with weight 3 is three times as likely as one with weight 1."""

    id: str
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Interest:
    """A declared interest: this officer is not drawn for this enterprise (回避)."""

    officer: str
    enterprise: str


@dataclass(frozen=True, slots=True)
class Pool:
    """Who may be drawn, and the rule: `take` enterprises, `officers_each` officers for each."""

    enterprises: tuple[Candidate, ...]
    officers: tuple[Candidate, ...]
    interests: tuple[Interest, ...]
    take: int
    officers_each: int


@dataclass(frozen=True, slots=True)
class Drawn:
    enterprise: str
    officers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DrawOpened:
    """`pool` is the SHA-256 of the pool's bytes; `source` says whose public value decides, `due` from when it is known.

    `due` in milliseconds; the record is older than that, or it would prove nothing.
    """

    draw: str
    title: str
    department: str
    pool: bytes
    source: str
    due: int


@dataclass(frozen=True, slots=True)
class DrawClosed:
    """`value` as the source published it; `opened` is the id of the record that fixed the pool."""

    draw: str
    opened: bytes
    value: str
    drawn: tuple[Drawn, ...]


def pool_bytes(pool: Pool) -> bytes:
    """Canonical: the same pool has the same bytes whatever order its parts were typed in."""
    return cbor.encode(to_plain(_sorted(pool)))


def read_pool(data: bytes) -> Pool:
    """Raises BadlyFormedError, also for a pool that is not in its one order or that no draw fits."""
    pool = from_plain(Pool, cbor.decode(data, max_bytes=MAX_POOL_BYTES), "pool")
    if pool_bytes(pool) != data:
        raise BadlyFormedError("pool", "must be in order")
    check_pool(pool)
    return pool


def check_pool(pool: Pool) -> None:
    """Raises BadlyFormedError; `where` is the field that is wrong."""
    for where, candidates in (("enterprises", pool.enterprises), ("officers", pool.officers)):
        ids = [one.id for one in candidates]
        if not ids or len(set(ids)) != len(ids):
            raise BadlyFormedError(where, "must be there, each once")
        if any(not 1 <= one.weight <= MAX_WEIGHT for one in candidates):
            raise BadlyFormedError(where, f"weights are 1 to {MAX_WEIGHT}")
    if not 1 <= pool.take <= min(MAX_TAKE, len(pool.enterprises)):
        raise BadlyFormedError("take", f"must be 1 to {min(MAX_TAKE, len(pool.enterprises))}")
    if not 1 <= pool.officers_each <= MAX_OFFICERS_EACH:
        raise BadlyFormedError("officers_each", f"must be 1 to {MAX_OFFICERS_EACH}")
    barred = _barred(pool)
    for enterprise in pool.enterprises:
        free = len(pool.officers) - len(barred.get(enterprise.id, frozenset()))
        if free < pool.officers_each:
            raise BadlyFormedError("interests", enterprise.id)


def seed_of(opened: bytes, value: str) -> bytes:
    """`opened` is the id of the record; blanks around the value and its width do not count."""
    return hashlib.sha256(FORMAT.encode() + opened + plain_value(value).encode()).digest()


def plain_value(value: str) -> str:
    return unicodedata.normalize("NFKC", value).strip()


def draw(pool: Pool, seed: bytes) -> tuple[Drawn, ...]:
    """In the order in which they were drawn. Of the officers those with the fewest enterprises so far come first.

    Raises BadlyFormedError for a pool that no draw fits.
    """
    check_pool(pool)
    pool = _sorted(pool)
    barred = _barred(pool)
    numbers = _Numbers(seed)
    load = dict.fromkeys((one.id for one in pool.officers), 0)
    drawn = []
    for enterprise in _take(pool.enterprises, pool.take, numbers):
        free = [one for one in pool.officers if one.id not in barred.get(enterprise, frozenset())]
        chosen: list[str] = []
        for level in sorted({load[one.id] for one in free}):
            alike = [one for one in free if load[one.id] == level]
            chosen += _take(alike, min(pool.officers_each - len(chosen), len(alike)), numbers)
        for officer in chosen:
            load[officer] += 1
        drawn.append(Drawn(enterprise, tuple(chosen)))
    return tuple(drawn)


class _Numbers:
    """HMAC-SHA-256 of the seed over a counter, eight bytes at a time."""

    def __init__(self, seed: bytes) -> None:
        self._words = self._stream(seed)

    def below(self, limit: int) -> int:
        """Each number alike: words of the last, incomplete round are passed over."""
        fair = _WORD - _WORD % limit
        return next(word for word in self._words if word < fair) % limit

    @staticmethod
    def _stream(seed: bytes) -> Iterator[int]:
        counter = 0
        while True:
            block = hmac.digest(seed, counter.to_bytes(8, "big"), "sha256")
            for start in range(0, len(block), 8):
                yield int.from_bytes(block[start : start + 8], "big")
            counter += 1


def _take(candidates: Sequence[Candidate], count: int, numbers: _Numbers) -> list[str]:
    """So many, one after the other, none twice: a tree of sums finds each in as many steps as the pool has digits."""
    sums = _sums(candidates)
    total = sum(one.weight for one in candidates)
    taken = []
    for _ in range(count):
        place = _place(sums, numbers.below(total))
        one = candidates[place]
        taken.append(one.id)
        total -= one.weight
        _add(sums, place, -one.weight)
    return taken


def _sums(candidates: Sequence[Candidate]) -> list[int]:
    """A Fenwick tree over the weights."""
    sums = [0, *(one.weight for one in candidates)]
    for at in range(1, len(sums)):
        above = at + (at & -at)
        if above < len(sums):
            sums[above] += sums[at]
    return sums


def _add(sums: list[int], place: int, change: int) -> None:
    at = place + 1
    while at < len(sums):
        sums[at] += change
        at += at & -at


def _place(sums: list[int], number: int) -> int:
    """The first candidate whose running sum of weights is above the number."""
    at, step = 0, 1 << (len(sums).bit_length() - 1)
    while step:
        if at + step < len(sums) and sums[at + step] <= number:
            at += step
            number -= sums[at]
        step >>= 1
    return at


def _barred(pool: Pool) -> dict[str, frozenset[str]]:
    known = {one.id for one in pool.officers}
    barred: dict[str, set[str]] = {}
    for one in pool.interests:
        if one.officer in known:
            barred.setdefault(one.enterprise, set()).add(one.officer)
    return {enterprise: frozenset(officers) for enterprise, officers in barred.items()}


def _sorted(pool: Pool) -> Pool:
    return Pool(
        tuple(sorted(pool.enterprises, key=lambda one: one.id)),
        tuple(sorted(pool.officers, key=lambda one: one.id)),
        tuple(sorted(set(pool.interests), key=lambda one: (one.officer, one.enterprise))),
        pool.take,
        pool.officers_each,
    )
