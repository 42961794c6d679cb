"""What a supervisor asks of the list, as it stands in the page's address. There is no other order than by time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlencode

from shared_models.errors import BadlyFormedError
from shared_models.facts import Decision

E = TypeVar("E", bound=StrEnum)
_LONGEST_TEXT = 100
_VISIT_HEX = 32


class VisitState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"
    REFUSED = "refused"


class Flag(StrEnum):
    """补录, 例外情形, 待核, and a second decision that differs."""

    LATE = "late"
    EXCEPTION = "exception"
    UNVERIFIED = "unverified"
    DIFFERS = "differs"


class Order(StrEnum):
    NEWEST = "newest"
    OLDEST = "oldest"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page begins: after this visit, in the list's order."""

    at: int
    visit: bytes

    def __str__(self) -> str:
        return f"{self.at}.{self.visit.hex()}"


@dataclass(frozen=True, slots=True)
class VisitFilter:
    first_day: date | None = None
    last_day: date | None = None
    department: str = ""
    enterprise: str = ""
    verdict: Decision | None = None
    state: VisitState | None = None
    flag: Flag | None = None
    order: Order = Order.NEWEST
    after: Place | None = None

    @property
    def is_narrowed(self) -> bool:
        return replace(self, after=None, order=Order.NEWEST) != VisitFilter()

    def address(self, after: Place | None = None) -> str:
        """The list's address with this filter, from `after` on."""
        values = {
            "from": self.first_day,
            "until": self.last_day,
            "department": self.department,
            "enterprise": self.enterprise,
            "verdict": self.verdict,
            "state": self.state,
            "flag": self.flag,
            "order": None if self.order is Order.NEWEST else self.order,
            "after": after,
        }
        query = urlencode({key: str(value) for key, value in values.items() if value})
        return f"/visits?{query}" if query else "/visits"


def filter_from(query: Mapping[str, str]) -> VisitFilter:
    """Blank values are not given. Raises BadlyFormedError for what our own form cannot have sent."""
    given = {key: value.strip() for key, value in query.items() if value.strip()}
    return VisitFilter(
        first_day=_day(given, "from"),
        last_day=_day(given, "until"),
        department=_text(given, "department"),
        enterprise=_text(given, "enterprise"),
        verdict=_one_of(Decision, given, "verdict"),
        state=_one_of(VisitState, given, "state"),
        flag=_one_of(Flag, given, "flag"),
        order=_one_of(Order, given, "order") or Order.NEWEST,
        after=_place(given, "after"),
    )


def _text(given: Mapping[str, str], key: str) -> str:
    text = given.get(key, "")
    if "\x00" in text:  # PostgreSQL knows no such text
        raise BadlyFormedError(key, "must be a text")
    return text[:_LONGEST_TEXT]


def _day(given: Mapping[str, str], key: str) -> date | None:
    try:
        return date.fromisoformat(given[key]) if key in given else None
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
    at, _, visit = given[key].partition(".")
    if not (at.isascii() and at.isdigit() and len(at) <= 18 and len(visit) == _VISIT_HEX):  # noqa: PLR2004 (fits 64 bits)
        raise BadlyFormedError(key, "must be a place in the list")
    try:
        return Place(int(at), bytes.fromhex(visit))
    except ValueError as err:
        raise BadlyFormedError(key, "must be a place in the list") from err
