"""What a page's address asks for: values as our own forms send them, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import TypeVar

from shared_models.errors import BadlyFormedError

E = TypeVar("E", bound=StrEnum)
_LONGEST_TEXT = 100


def text_in(given: Mapping[str, str], key: str) -> str:
    text = given.get(key, "")
    if "\x00" in text:  # PostgreSQL knows no such text
        raise BadlyFormedError(key, "must be a text")
    return text[:_LONGEST_TEXT]


def day_in(given: Mapping[str, str], key: str) -> str:
    """As 2026-11-09; blank where none is given."""
    try:
        return date.fromisoformat(given[key]).isoformat() if key in given else ""
    except ValueError as err:
        raise BadlyFormedError(key, "must be a day such as 2026-11-09") from err


def one_of(kind: type[E], given: Mapping[str, str], key: str) -> E | None:
    try:
        return kind(given[key]) if key in given else None
    except ValueError as err:
        raise BadlyFormedError(key, f"must be one of {' '.join(kind)}") from err
