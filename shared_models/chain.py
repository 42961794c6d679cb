"""The chain of one author's records: what is missing, reordered or written twice shows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from shared_models.errors import ChainForkError, ChainGapError
from shared_models.record import Record

FIRST_SEQ = 1


@dataclass(frozen=True, slots=True)
class Link:
    """A record's place: `prev` is the id of the author's record before it, null for the first."""

    seq: int
    id: bytes
    prev: bytes | None


def link_of(record: Record, record_id: bytes) -> Link:
    return Link(record.seq, record_id, record.prev)


def check_next(head: Link | None, link: Link) -> None:
    """Raises ChainGapError where records before it are missing, ChainForkError where another stands in its place."""
    expected = FIRST_SEQ if head is None else head.seq + 1
    if link.seq > expected:
        raise ChainGapError(link.seq)
    if link.seq < expected or link.prev != (None if head is None else head.id):
        raise ChainForkError(link.seq)


def gaps(links: Iterable[Link]) -> tuple[tuple[int, int], ...]:
    """The missing numbers as (first, last), from the chain's first record on."""
    missing: list[tuple[int, int]] = []
    expected = FIRST_SEQ
    for seq in sorted({link.seq for link in links}):
        if seq > expected:
            missing.append((expected, seq - 1))
        expected = max(expected, seq + 1)
    return tuple(missing)


def forks(links: Iterable[Link]) -> tuple[tuple[Link, ...], ...]:
    """Groups that cannot stand on one chain: several at one number, or one that does not follow the one before it."""
    by_seq: dict[int, dict[bytes, Link]] = defaultdict(dict)
    for link in links:
        by_seq[link.seq][link.id] = link
    found: list[tuple[Link, ...]] = []
    for seq in sorted(by_seq):
        here = tuple(sorted(by_seq[seq].values(), key=lambda link: link.id))
        before = by_seq.get(seq - 1)
        strays = before is not None and any(link.prev not in before for link in here)
        if len(here) > 1 or strays or (seq == FIRST_SEQ and here[0].prev is not None):
            found.append(here)
    return tuple(found)
