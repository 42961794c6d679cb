"""What a desk asks of the list of filings, as it stands in the page's address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlencode

from shared_models.errors import BadlyFormedError
from shared_models.filing import FilingState, Purpose

E = TypeVar("E", bound=StrEnum)
_LONGEST_TEXT = 100
_FILING_HEX, _DIGITS = 16, 18


class Order(StrEnum):
    NEWEST = "newest"
    OLDEST = "oldest"


class Mark(StrEnum):
    """联合, 已并入, 例外, 事后."""

    JOINT = "joint"
    MERGED = "merged"
    EXCEPTION = "exception"
    AFTERWARDS = "afterwards"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page begins: after this filing, in the list's order."""

    submitted_at: int
    filing: str

    def __str__(self) -> str:
        return f"{self.submitted_at}.{self.filing}"


@dataclass(frozen=True, slots=True)
class FilingFilter:
    department: str = ""
    state: FilingState | None = None
    purpose: Purpose | None = None
    mark: Mark | None = None
    words: str = ""
    """A number, or parts of an enterprise's name or code."""
    first_day: str = ""
    last_day: str = ""
    order: Order = Order.NEWEST
    after: Place | None = None

    @property
    def is_narrowed(self) -> bool:
        return replace(self, after=None, order=Order.NEWEST) != FilingFilter()

    def address(self, path: str, after: Place | None = None) -> str:
        values = {
            "department": self.department,
            "state": self.state,
            "purpose": self.purpose,
            "mark": self.mark,
            "words": self.words,
            "from": self.first_day,
            "until": self.last_day,
            "order": "" if self.order is Order.NEWEST else self.order,
            "after": after,
        }
        query = urlencode({name: str(value) for name, value in values.items() if value})
        return f"{path}?{query}" if query else path


def filter_from(query: Mapping[str, str]) -> FilingFilter:
    """Blank values are not given. Raises BadlyFormedError for what our own form cannot have sent."""
    given = {key: value.strip() for key, value in query.items() if value.strip()}
    return FilingFilter(
        department=_text(given, "department"),
        state=_one_of(FilingState, given, "state"),
        purpose=_one_of(Purpose, given, "purpose"),
        mark=_one_of(Mark, given, "mark"),
        words=_text(given, "words"),
        first_day=_day(given, "from"),
        last_day=_day(given, "until"),
        order=_one_of(Order, given, "order") or Order.NEWEST,
        after=_place(given, "after"),
    )


def _text(given: Mapping[str, str], key: str) -> str:
    text = given.get(key, "")
    if "\x00" in text:  # PostgreSQL knows no such text
        raise BadlyFormedError(key, "must be a text")
    return text[:_LONGEST_TEXT]


def _day(given: Mapping[str, str], key: str) -> str:
    try:
        return date.fromisoformat(given[key]).isoformat() if key in given else ""
    except ValueError as err:
        raise BadlyFormedError(key, "must be a day such as 2026-11-09") from err


def _one_of(kind: type[E], given: Mapping[str, str], key: str) -> E | None:
    try:
        return kind(given[key]) if key in given else None
    except ValueError as err:
        raise BadlyFormedError(key, f"must be one of {' '.join(kind)}") from err


def _place(given: Mapping[str, str], key: str) -> Place | None:
    if key not in given:
        return None
    at, _, filing = given[key].partition(".")
    is_hex = len(filing) == _FILING_HEX and filing.isascii() and filing.isalnum()
    if not (at.isascii() and at.isdigit() and len(at) <= _DIGITS and is_hex):
        raise BadlyFormedError(key, "must be a place in the list")
    return Place(int(at), filing)
