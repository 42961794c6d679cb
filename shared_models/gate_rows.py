"""The gate's rows (rules 4), one predicate each, in their order.

A predicate says whether its row applies; where the row concerns someone or something, by the list of those.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from shared_models.enterprise import EnterpriseStatus
from shared_models.facts import ExceptionClaim, Facts, Level
from shared_models.filing import Filing, Purpose
from shared_models.merging import lead_of, open_filings_near
from shared_models.people import Person

CHECKS = frozenset({Purpose.INSPECTION, Purpose.RECHECK})
Applies = bool | Collection[str]


@dataclass(frozen=True, slots=True)
class Shortfall:
    """How far down rows 9-13 the best filing came, where none is in force."""

    row: int
    joint_visits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Situation:
    """The facts, seen with one filing in force or with none. `issued` is the day the reference data was issued."""

    facts: Facts
    day: date
    issued: date
    protected: bool
    filing: Filing | None
    shortfall: Shortfall | None

    @property
    def purpose(self) -> Purpose:
        return self.facts.visit.purpose

    @property
    def is_check(self) -> bool:
        return self.purpose in CHECKS

    @property
    def is_service(self) -> bool:
        return self.purpose is Purpose.SERVICE

    @property
    def claim(self) -> ExceptionClaim | None:
        """The exception that is claimed; a service visit ignores it."""
        return None if self.is_service else self.facts.visit.exception

    @property
    def filed_reason(self) -> str | None:
        """The reason of the exception that the filing in force carries; it is not judged again."""
        return self.filing.exception.reason if self.filing and self.filing.exception else None

    @property
    def asks_about_filings(self) -> bool:
        return self.facts.enterprise is not None and bool(self.facts.people)


def is_licensed(person: Person) -> bool:
    return person.licence is not None and bool(person.licence.strip())


def claim_stands(s: Situation) -> bool:
    """Whether an exception is claimed that passes rows 7 and 8."""
    return s.claim is not None and not _exception_not_listed(s) and not _exception_unproven(s)


def _enterprise_unknown(s: Situation) -> Applies:
    return s.facts.enterprise is None


def _enterprise_closed(s: Situation) -> Applies:
    return s.facts.enterprise is not None and s.facts.enterprise.status is EnterpriseStatus.CLOSED


def _officer_unlicensed(s: Situation) -> Applies:
    return s.is_check and [person.id for person in s.facts.people if not is_licensed(person)]


def _officer_revoked(s: Situation) -> Applies:
    return s.is_check and [person.id for person in s.facts.people if person.revoked]


def _officer_expired(s: Situation) -> Applies:
    return s.is_check and [person.id for person in s.facts.people if _is_outside_validity(person, s.day)]


def _is_outside_validity(person: Person, day: date) -> bool:
    begun = person.valid_from is None or person.valid_from <= day
    ended = person.valid_until is not None and person.valid_until < day
    return ended or not begun


def _too_few_people(s: Situation) -> Applies:
    # Two phones of one officer are one officer; a visitor's id never counts as somebody's licence.
    distinct = {("licence", p.licence) if is_licensed(p) else ("id", p.id) for p in s.facts.people}
    return len(distinct) < s.facts.policy.people_needed(s.purpose)


def _exception_not_listed(s: Situation) -> Applies:
    return s.claim is not None and s.claim.reason not in s.facts.policy.listed_reasons


def _exception_unproven(s: Situation) -> Applies:
    if s.claim is None:
        return False
    approver = s.claim.approver.strip()
    return (
        not s.claim.note.strip()
        or not approver
        or any(person.id == approver for person in s.facts.people)
        or (s.facts.approvers is not None and approver not in s.facts.approvers)
        or (s.claim.reason in s.facts.policy.proof_required and not s.claim.proof.strip())
    )


def _falls_short(row: int, s: Situation) -> Applies:
    if not (s.is_check and s.asks_about_filings and s.shortfall):
        return False
    return s.shortfall.row == row and (s.shortfall.joint_visits or True)


def _service_week(s: Situation) -> Applies:
    return not s.is_service and s.protected and s.filed_reason is None


def _service_without_ground(s: Situation) -> Applies:
    return s.is_service and s.protected and s.facts.visit.ground is None


def _frequency_cap_reached(s: Situation) -> Applies:
    if not (s.purpose is Purpose.INSPECTION and s.asks_about_filings):
        return False
    counted, caps = s.facts.visits_this_year, s.facts.frequency_caps
    concerned = s.filing.departments[:1] if s.filing else {person.department for person in s.facts.people}
    return [name for name in concerned if name in caps and counted.get(name, 0) >= caps[name]]


def _reference_stale(s: Situation) -> Applies:
    old = s.facts.calendar.working_days_between(s.issued, s.day)
    return old > s.facts.policy.reference_max_working_days


def _clock_behind(s: Situation) -> Applies:
    behind = s.facts.reference_issued_at - s.facts.now
    # In whole microseconds: any number of minutes can be compared, also one that no timedelta holds.
    return behind // timedelta(microseconds=1) > s.facts.policy.clock_tolerance_minutes * 60_000_000


def _calendar_unknown(s: Situation) -> Applies:
    return s.facts.calendar.covers_until is not None and s.day > s.facts.calendar.covers_until


def _exception_needs_filing(s: Situation) -> Applies:
    return (
        s.is_check and s.claim is not None and claim_stands(s) and s.claim.reason not in s.facts.policy.expost_reasons
    )


def _merge_same_department(s: Situation) -> Applies:
    if s.filing is None or not s.is_check:
        return False
    return [other.number for other in _open_near(s, s.filing) if lead_of(other) == lead_of(s.filing)]


def _merge_across_departments(s: Situation) -> Applies:
    if s.filing is None:
        return False
    return [other.number for other in _open_near(s, s.filing) if lead_of(other) not in {lead_of(s.filing), None}]


def _open_near(s: Situation, filing: Filing) -> tuple[Filing, ...]:
    if s.facts.enterprise is None:
        return ()
    return open_filings_near(
        filing,
        s.facts.filings,
        enterprise=s.facts.enterprise.uscc,
        day=s.day,
        merge_window_days=s.facts.policy.merge_window_days,
    )


def _no_findings(s: Situation) -> Applies:
    return not s.is_check


@dataclass(frozen=True, slots=True)
class Row:
    no: int
    code: str
    level: Level
    clause: str | None
    applies: Callable[[Situation], Applies]


ROWS = (
    Row(1, "enterprise_unknown", Level.UNVERIFIED, None, _enterprise_unknown),
    Row(2, "enterprise_closed", Level.DENY, None, _enterprise_closed),
    Row(3, "officer_unlicensed", Level.DENY, "处罚法42", _officer_unlicensed),
    Row(4, "officer_revoked", Level.DENY, "处罚法42", _officer_revoked),
    Row(5, "officer_expired", Level.DENY, "处罚法42", _officer_expired),
    Row(6, "too_few_people", Level.DENY, "处罚法42", _too_few_people),
    Row(7, "exception_not_listed", Level.DENY, "三.1", _exception_not_listed),
    Row(8, "exception_unproven", Level.DENY, "三.1", _exception_unproven),
    Row(9, "not_filed", Level.DENY, "三.3", partial(_falls_short, 9)),
    Row(10, "filing_not_accepted", Level.DENY, "三.3", partial(_falls_short, 10)),
    Row(11, "filing_merged", Level.DENY, "三.3", partial(_falls_short, 11)),
    Row(12, "filing_outside_window", Level.DENY, "三.3", partial(_falls_short, 12)),
    Row(13, "filing_used_up", Level.DENY, "三.3", partial(_falls_short, 13)),
    Row(14, "service_week", Level.DENY, "三.1", _service_week),
    Row(15, "service_without_ground", Level.DENY, "三.2", _service_without_ground),
    Row(16, "frequency_cap_reached", Level.DENY, "54号", _frequency_cap_reached),
    Row(17, "reference_stale", Level.UNVERIFIED, None, _reference_stale),
    Row(18, "clock_behind", Level.UNVERIFIED, None, _clock_behind),
    Row(19, "calendar_unknown", Level.UNVERIFIED, None, _calendar_unknown),
    Row(20, "exception_needs_filing", Level.INFO, "三.1", _exception_needs_filing),
    Row(21, "merge_same_department", Level.WARN, "三.4", _merge_same_department),
    Row(22, "merge_across_departments", Level.INFO, "三.4", _merge_across_departments),
    Row(23, "no_findings", Level.INFO, "三.4", _no_findings),
)
# Rows 20-23 tell and warn; they never change the verdict.
DECISIVE_ROWS, ADVISORY_ROWS = ROWS[:19], ROWS[19:]
FREQUENCY_CAP = 16
INFO_FOR_A_SERVICE = frozenset({1, 2, 17, 18, 19})
LIFTED_FOR_A_CHECK = frozenset({1, 2, 9, 10, 11, 12, 13, 14, 17, 18, 19})
LIFTED_FOR_A_SURVEY = frozenset({1, 2, 14, 17, 18, 19})
