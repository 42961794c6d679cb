"""The shape of the facts on the command line (rules 4): the keys that a person may give, and no other.

The county's own records carry more (names, portraits, notes); the command line refuses those as unknown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from shared_models.calendar import Calendar, day_of
from shared_models.enterprise import Enterprise, EnterpriseStatus
from shared_models.errors import BadlyFormedError
from shared_models.facts import ExceptionClaim, Facts, Ground, ProposedVisit
from shared_models.filing import Filing, FilingException, FilingState, Purpose, Window
from shared_models.people import Person
from shared_models.policy import Policy
from shared_models.shape import from_plain


@dataclass(frozen=True, slots=True)
class GivenPerson:
    id: str
    department: str
    licence: str | None = None
    unit: str | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    revoked: bool = False


@dataclass(frozen=True, slots=True)
class GivenClaim:
    """A text that is null counts as blank."""

    reason: str
    note: str | None = None
    proof: str | None = None
    approver: str | None = None


@dataclass(frozen=True, slots=True)
class GivenVisit:
    purpose: Purpose
    ground: Ground | None = None
    exception: GivenClaim | None = None


@dataclass(frozen=True, slots=True)
class GivenEnterprise:
    uscc: str
    status: EnterpriseStatus


@dataclass(frozen=True, slots=True)
class GivenFilingException:
    reason: str


@dataclass(frozen=True, slots=True)
class GivenFiling:
    number: str
    departments: tuple[str, ...]
    purpose: Purpose
    enterprises: tuple[str, ...]
    window: Window
    state: FilingState
    exception: GivenFilingException | None = None
    merged_into: str | None = None
    planned_visits: int = 1
    visits_made: int = 0

    def __post_init__(self) -> None:
        if self.window[1] < self.window[0]:
            raise BadlyFormedError("window", "ends before it begins")


@dataclass(frozen=True, slots=True)
class GivenFacts:
    now: datetime
    reference_issued_at: datetime
    people: tuple[GivenPerson, ...]
    visit: GivenVisit
    calendar: Calendar = field(default_factory=Calendar)
    policy: Policy = field(default_factory=Policy)
    approvers: tuple[str, ...] | None = None
    enterprise: GivenEnterprise | None = None
    filings: tuple[GivenFiling, ...] = ()
    visits_this_year: Mapping[str, int] = field(default_factory=dict)
    frequency_caps: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for key, instant in (("now", self.now), ("reference_issued_at", self.reference_issued_at)):
            try:
                day_of(instant)
            except BadlyFormedError as err:
                raise BadlyFormedError(key, err.problem) from err


def facts_from(plain: Any) -> Facts:
    """Raises BadlyFormedError, which names the key."""
    given = from_plain(GivenFacts, plain)
    return Facts(
        now=given.now,
        reference_issued_at=given.reference_issued_at,
        people=tuple(_person(person) for person in given.people),
        visit=_visit(given.visit),
        calendar=given.calendar,
        policy=given.policy,
        approvers=given.approvers,
        enterprise=Enterprise(given.enterprise.uscc, given.enterprise.status) if given.enterprise else None,
        filings=tuple(_filing(filing) for filing in given.filings),
        visits_this_year=given.visits_this_year,
        frequency_caps=given.frequency_caps,
    )


def _person(given: GivenPerson) -> Person:
    return Person(
        id=given.id,
        department=given.department,
        licence=given.licence,
        unit=given.unit or "",
        valid_from=given.valid_from,
        valid_until=given.valid_until,
        revoked=given.revoked,
    )


def _visit(given: GivenVisit) -> ProposedVisit:
    claim = given.exception
    return ProposedVisit(
        purpose=given.purpose,
        ground=given.ground,
        exception=None
        if claim is None
        else ExceptionClaim(claim.reason, claim.note or "", claim.proof or "", claim.approver or ""),
    )


def _filing(given: GivenFiling) -> Filing:
    return Filing(
        number=given.number,
        departments=given.departments,
        purpose=given.purpose,
        enterprises=given.enterprises,
        window=given.window,
        state=given.state,
        exception=FilingException(given.exception.reason) if given.exception else None,
        merged_into=given.merged_into,
        planned_visits=given.planned_visits,
        visits_made=given.visits_made,
    )
