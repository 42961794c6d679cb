"""What a supervisor asks of the list, as it stands in the page's address. There is no other order than by time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from shared_models.facts import Decision
from sync_server.pages.asked import address_of, day_in, given_in, one_of, text_in, time_and_id_in

_VISIT_BYTES = 16


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
        return address_of("/visits", values)


def filter_from(query: Mapping[str, str]) -> VisitFilter:
    """Blank values are not given. Raises BadlyFormedError for what our own form cannot have sent."""
    given = given_in(query)
    after = time_and_id_in(given, "after", _VISIT_BYTES)
    return VisitFilter(
        first_day=_date(given, "from"),
        last_day=_date(given, "until"),
        department=text_in(given, "department"),
        enterprise=text_in(given, "enterprise"),
        verdict=one_of(Decision, given, "verdict"),
        state=one_of(VisitState, given, "state"),
        flag=one_of(Flag, given, "flag"),
        order=one_of(Order, given, "order") or Order.NEWEST,
        after=Place(*after) if after else None,
    )


def _date(given: Mapping[str, str], key: str) -> date | None:
    day = day_in(given, key)
    return date.fromisoformat(day) if day else None
