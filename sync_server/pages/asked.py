"""What a page's address asks for: values as our own forms send them, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlencode

from shared_models.errors import BadlyFormedError

E = TypeVar("E", bound=StrEnum)
_LONGEST_TEXT = 100
_MOST_DIGITS = 18
"""So that a number fits 64 bits."""


def given_in(query: Mapping[str, str]) -> dict[str, str]:
    """Blank values are not given."""
    return {key: value.strip() for key, value in query.items() if value.strip()}


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


def time_and_id_in(given: Mapping[str, str], key: str, id_bytes: int) -> tuple[int, bytes] | None:
    """Where a page of a list begins: after what stands there as `<milliseconds>.<id in hex>`."""
    if key not in given:
        return None
    at, _, text = given[key].partition(".")
    try:
        found = bytes.fromhex(text)
    except ValueError as err:
        raise BadlyFormedError(key, "must be a place in the list") from err
    if not (at.isascii() and at.isdigit() and len(at) <= _MOST_DIGITS and len(found) == id_bytes):
        raise BadlyFormedError(key, "must be a place in the list")
    return int(at), found


def address_of(path: str, values: Mapping[str, object]) -> str:
    """What is blank or null is left out."""
    query = urlencode({key: str(value) for key, value in values.items() if value})
    return f"{path}?{query}" if query else path
