"""What the county publishes to the phones: the kinds of reference items, and the facts that they add up to at a gate."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shared_models.acts import ServiceWeek, Snippet
from shared_models.calendar import Calendar
from shared_models.enterprise import Enterprise
from shared_models.filing import FilingLine
from shared_models.people import Department, Person
from shared_models.policy import PublishedPolicy


@dataclass(frozen=True, slots=True)
class PublishedCalendar:
    """Complete up to `covers_until`: months that nobody published carry the default week (rules 1)."""

    weeks: tuple[ServiceWeek, ...]
    days_off: tuple[date, ...]
    extra_workdays: tuple[date, ...]
    covers_until: date

    def as_calendar(self) -> Calendar:
        return Calendar(
            protected=tuple(week.days for week in self.weeks),
            days_off=self.days_off,
            extra_workdays=self.extra_workdays,
            covers_until=self.covers_until,
        )


@dataclass(frozen=True, slots=True)
class TaughtCode:
    enterprise: str


@dataclass(frozen=True, slots=True)
class VisitCount:
    """Inspections entered in one year that count against a department's cap at one enterprise."""

    enterprise: str
    year: int
    department: str
    entered: int


@dataclass(frozen=True, slots=True)
class PhoneTrust:
    """A phone's key as others must judge it."""

    officer: str
    public_key: bytes
    revoked: bool


REFERENCE_KINDS: dict[str, type] = {
    "enterprise": Enterprise,
    "code": TaughtCode,
    "person": Person,
    "department": Department,
    "line": FilingLine,
    "calendar": PublishedCalendar,
    "policy": PublishedPolicy,
    "count": VisitCount,
    "snippet": Snippet,
    "phone": PhoneTrust,
}
"""Keys: uscc · the code's text · person id · department id · `filing/uscc` · `calendar` · `policy` ·
`uscc/year/department` · snippet id · kid in hexadecimal."""
