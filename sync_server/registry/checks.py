"""What a name must be to serve as a key, and how many things fit one act."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from shared_models import cbor
from shared_models.shape import to_plain
from sync_server.errors import InvalidError
from sync_server.log.entries import NAME_LENGTH

T = TypeVar("T")
MAX_ACT_BYTES = 48 * 1024
MAX_GATE_NO = 9_999


def check_key(where: str, key: str, limit: int = NAME_LENGTH) -> None:
    """Raises InvalidError for what is blank, too long, or not printable."""
    if not key.strip() or len(key) > limit or not key.isprintable():
        raise InvalidError(where, "not_a_key")


def in_parts(things: Sequence[T]) -> Iterator[tuple[T, ...]]:
    """As many at a time as fit one record of 64 KiB, with room for its frame."""
    part: list[T] = []
    size = 0
    for thing in things:
        one = len(cbor.encode(to_plain(thing)))
        if part and size + one > MAX_ACT_BYTES:
            yield tuple(part)
            part, size = [], 0
        part.append(thing)
        size += one
    if part:
        yield tuple(part)
