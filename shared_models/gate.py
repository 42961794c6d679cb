"""`decide`: whether this visit may enter now, and why (rules 4). Pure: the same on phone and server.

`gate_rows` says when a row applies; this file says which filing is in force, what a claim lifts and how rows combine.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import MAXYEAR, date, datetime, timedelta

from shared_models.calendar import SHANGHAI, day_of
from shared_models.errors import BadlyFormedError
from shared_models.facts import Decision, Facts, Level, Reason, Verdict
from shared_models.filing import Filing, FilingState, Purpose
from shared_models.gate_rows import (
    ADVISORY_ROWS,
    DECISIVE_ROWS,
    FREQUENCY_CAP,
    INFO_FOR_A_SERVICE,
    LIFTED_FOR_A_CHECK,
    LIFTED_FOR_A_SURVEY,
    Row,
    Shortfall,
    Situation,
    claim_stands,
)

__all__ = ["DAYS_AHEAD", "Decision", "Facts", "Level", "Reason", "Verdict", "decide", "next_allowed"]

DAYS_AHEAD = 60
_WORST_FIRST = tuple(Decision)
_LAST_INSTANT = datetime(MAXYEAR, 12, 31, 23, 59, 59, 999_999, tzinfo=SHANGHAI)


def decide(facts: Facts) -> Verdict:
    """Raises BadlyFormedError only where a time has no day, or the day to file by would be after 9999-12-31."""
    best = _best(facts)
    s, verdict = best.situation, best.verdict
    due = _filing_due(s) if verdict is Decision.ALLOW_THEN_FILE else None
    advice = tuple(_reasons(s, ADVISORY_ROWS, frozenset()))
    return Verdict(verdict, s.filing.number if s.filing else None, due, best.reasons + advice)


def next_allowed(facts: Facts) -> tuple[date, ...]:
    """The days among the coming 60 on which the visit would be allowed without claiming an exception.

    At the same time of day, with the data issued as long before, and a new year's visits not yet counted.
    """
    day, _ = _day(facts.now, "now"), _day(facts.reference_issued_at, "reference_issued_at")
    unclaimed = replace(facts, visit=replace(facts.visit, exception=None), filings=_filings_concerned(facts))
    return tuple(
        later
        for later, then in _coming_days(unclaimed, day)
        if _best(then).verdict in {Decision.ALLOW, Decision.ALLOW_EXCEPTION}
    )


@dataclass(frozen=True, slots=True)
class _Judged:
    situation: Situation
    verdict: Decision
    reasons: tuple[Reason, ...]


def _day(instant: datetime, where: str) -> date:
    try:
        return day_of(instant)
    except BadlyFormedError as err:
        raise BadlyFormedError(where, err.problem) from err


def _coming_days(facts: Facts, day: date) -> Iterator[tuple[date, Facts]]:
    for ahead in range(1, min(DAYS_AHEAD, (date.max - day).days) + 1):
        step = timedelta(days=ahead)
        later = day + step
        yield (
            later,
            replace(
                facts,
                now=_shifted(facts.now, step),
                reference_issued_at=_shifted(facts.reference_issued_at, step),
                visits_this_year=facts.visits_this_year if later.year == day.year else {},
            ),
        )


def _shifted(instant: datetime, step: timedelta) -> datetime:
    return instant.astimezone(SHANGHAI) + step if _LAST_INSTANT - instant >= step else _LAST_INSTANT


def _filings_concerned(facts: Facts) -> tuple[Filing, ...]:
    """Of the visit's purpose, at the enterprise; no other has a say. A service visit has none."""
    purpose = facts.visit.purpose
    if facts.enterprise is None or purpose is Purpose.SERVICE:
        return ()
    uscc = facts.enterprise.uscc
    return tuple(filing for filing in facts.filings if filing.purpose is purpose and uscc in filing.enterprises)


def _filings_in_force(facts: Facts, day: date) -> tuple[tuple[Filing, ...], Shortfall | None]:
    """Those that pass rows 9-13, or else the row where the one that came furthest down stopped."""
    if facts.enterprise is None or not facts.people or facts.visit.purpose is Purpose.SERVICE:
        return (), None
    departments = {person.department for person in facts.people}
    filed = [filing for filing in _filings_concerned(facts) if departments.issubset(filing.departments)]
    if not filed:
        return (), Shortfall(9)
    accepted = [filing for filing in filed if filing.state is FilingState.ACCEPTED]
    if not accepted:
        return (), Shortfall(10)
    unmerged = [filing for filing in accepted if filing.merged_into is None]
    if not unmerged:
        return (), Shortfall(11, tuple(f.merged_into for f in accepted if f.merged_into is not None))
    timely = [filing for filing in unmerged if filing.window[0] <= day <= filing.window[1]]
    if not timely:
        return (), Shortfall(12)
    left = [filing for filing in timely if filing.visits_made < filing.planned_visits]
    return tuple(left), None if left else Shortfall(13)


def _best(facts: Facts) -> _Judged:
    """With the filing in force that serves the visit best: the verdict, then the earlier end, then the number."""
    day, issued = _day(facts.now, "now"), _day(facts.reference_issued_at, "reference_issued_at")
    protected = facts.calendar.is_protected(day)
    fitting, shortfall = _filings_in_force(facts, day)
    if not fitting:
        return _judge(Situation(facts, day, issued, protected, None, shortfall))
    judged: list[_Judged] = []
    for filing in sorted(fitting, key=lambda one: (one.window[1], one.number)):
        judged.append(_judge(Situation(facts, day, issued, protected, filing, None)))
        if judged[-1].verdict is Decision.ALLOW:  # nothing is better
            break
    return max(judged, key=lambda one: _WORST_FIRST.index(one.verdict))  # of equals, the first


def _judge(s: Situation) -> _Judged:
    reasons = tuple(_reasons(s, DECISIVE_ROWS, _lifted_rows(s)))
    return _Judged(s, _combine(s, reasons), reasons)


def _lifted_rows(s: Situation) -> frozenset[int]:
    """Enter first, file after: the rows that cannot stop the visit, by its claim or by its filing's exception."""
    policy = s.facts.policy
    lifted: frozenset[int] = frozenset()
    if s.claim and claim_stands(s):
        if s.purpose is Purpose.SURVEY:
            lifted = LIFTED_FOR_A_SURVEY
        elif s.claim.reason in policy.expost_reasons:
            lifted = LIFTED_FOR_A_CHECK
            if s.claim.reason in policy.cap_exempt_reasons:
                lifted |= {FREQUENCY_CAP}
    if s.filed_reason in policy.cap_exempt_reasons:
        lifted |= {FREQUENCY_CAP}
    return lifted


def _reasons(s: Situation, rows: tuple[Row, ...], lifted: frozenset[int]) -> Iterator[Reason]:
    for row in rows:
        applies = row.applies(s)
        if applies:
            about = None if applies is True else min(applies)
            yield Reason(row.code, _level(row, s, lifted), row.clause, about)


def _level(row: Row, s: Situation, lifted: frozenset[int]) -> Level:
    if row.no in lifted:
        return Level.LIFTED
    if s.is_service and row.no in INFO_FOR_A_SERVICE:
        return Level.INFO
    return row.level


def _combine(s: Situation, reasons: tuple[Reason, ...]) -> Decision:
    levels = {reason.level for reason in reasons}
    lifted = {reason.code for reason in reasons if reason.level is Level.LIFTED}
    if Level.DENY in levels:
        return Decision.DENY
    if Level.UNVERIFIED in levels:
        return Decision.UNVERIFIED
    if lifted - {"frequency_cap_reached"}:
        return Decision.ALLOW_THEN_FILE
    if lifted or (s.protected and s.filed_reason is not None):
        return Decision.ALLOW_EXCEPTION
    return Decision.ALLOW


def _filing_due(s: Situation) -> date:
    try:
        return s.facts.calendar.add_working_days(max(s.day, s.issued), s.facts.policy.expost_working_days)
    except BadlyFormedError as err:
        raise BadlyFormedError("policy.expost_working_days", err.problem) from err
