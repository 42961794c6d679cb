"""What the county publishes to the phones: the kinds of reference items, and what they add up to at a gate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from shared_models.acts import ServiceWeek, Snippet, Theme
from shared_models.calendar import CALENDAR_UNKNOWN, Calendar, day_of
from shared_models.commitment import Provision
from shared_models.enterprise import Enterprise
from shared_models.facts import ExceptionClaim, Facts, Ground, ProposedVisit
from shared_models.filing import FilingLine, Purpose
from shared_models.people import Department, Person
from shared_models.policy import PublishedPolicy
from shared_models.visit import Companion


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


@dataclass(frozen=True, slots=True)
class Offence:
    """What the county's register holds of one field (领域) at one enterprise.

    The newest violation, on which visit it was found, and when the newest of any other visit was.
    """

    enterprise: str
    field: str
    on: date
    visit: bytes | None = None
    earlier: date | None = None

    def newest_but_of(self, visit: bytes) -> date | None:
        """The newest violation that another visit has found."""
        return self.earlier if self.visit == visit else self.on


class AnswerAbout(StrEnum):
    EXCEPTION = "exception"
    LETTER = "letter"
    JOINED = "joined"
    PROMISE = "promise"


@dataclass(frozen=True, slots=True)
class Answer:
    """What others have said to a phone's record: the approver, the enterprise, a second officer (`by`), the department.

    `state` is confirmed, denied, contested, joined, joined_late, kept, not_yet, broken or unfounded; `record` the
    id of the opening, the letter or the finding.
    """

    record: bytes
    about: AnswerAbout
    state: str
    by: str = ""
    note: str = ""


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
    "provision": Provision,
    "offence": Offence,
    "answer": Answer,
    "theme": Theme,
}
"""Keys: uscc · the code's text · person id · department id · `filing/uscc` · `calendar` · `policy` ·
`uscc/year/department` · snippet id · kid in hexadecimal · provision id · `uscc/field` · the record's id in hexadecimal,
for who joined with `/officer` · the theme's number."""


@dataclass(frozen=True, slots=True)
class Reference:
    """What the reference data says about one enterprise and some people, at one log size."""

    issued_at: datetime
    enterprise: Enterprise | None = None
    people: Mapping[str, Person] = field(default_factory=dict)
    lines: tuple[FilingLine, ...] = ()
    counts: tuple[VisitCount, ...] = ()
    calendar: PublishedCalendar | None = None
    policy: PublishedPolicy | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What is proposed at the gate; `own_entries` as in `visit.Basis`."""

    now: datetime
    purpose: Purpose
    companions: tuple[Companion, ...]
    ground: Ground | None = None
    claim: ExceptionClaim | None = None
    own_entries: Mapping[str, int] = field(default_factory=dict)


def facts_at_gate(reference: Reference, asked: Asked) -> Facts:
    """The facts for `decide`, put together the same way on phone and server.

    A missing calendar counts as one that covers no day, a missing policy as one without approvers (rules 4).
    """
    calendar = reference.calendar
    published = reference.policy
    extra: dict[str, object] = {} if published is None else {"policy": published.policy}
    return Facts(
        now=asked.now,
        reference_issued_at=reference.issued_at,
        people=tuple(_person(companion, reference.people) for companion in asked.companions),
        visit=ProposedVisit(asked.purpose, asked.ground, asked.claim),
        calendar=CALENDAR_UNKNOWN if calendar is None else calendar.as_calendar(),
        approvers=() if published is None else published.approvers,
        enterprise=reference.enterprise,
        filings=tuple(_with_own(line, asked.own_entries).as_filing() for line in reference.lines),
        visits_this_year=_counted(reference.counts, asked),
        frequency_caps={} if published is None else published.frequency_caps,
        **extra,  # type: ignore[arg-type]
    )


_CAP = "cap:"


def cap_key(department: str) -> str:
    return f"{_CAP}{department}"


def _person(companion: Companion, people: Mapping[str, Person]) -> Person:
    """Whoever the registry does not list has no licence, whatever was typed."""
    listed = people.get(companion.id) if companion.listed else None
    return listed or Person(id=companion.id, department=companion.department, name=companion.name)


def _with_own(line: FilingLine, own: Mapping[str, int]) -> FilingLine:
    made = own.get(line.number, 0)
    return replace(line, visits_made=line.visits_made + made) if made else line


def _counted(counts: tuple[VisitCount, ...], asked: Asked) -> dict[str, int]:
    year = day_of(asked.now).year
    total = {count.department: count.entered for count in counts if count.year == year}
    for key, made in asked.own_entries.items():
        if key.startswith(_CAP):
            department = key.removeprefix(_CAP)
            total[department] = total.get(department, 0) + made
    return total
