"""What the gate would say to each enterprise of a draft, on each day that is proposed for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from shared_models.calendar import day_of
from shared_models.county import PublishedCalendar, Reference, VisitCount
from shared_models.enterprise import Enterprise, EnterpriseStatus
from shared_models.facts import Decision, Level
from shared_models.filing import FilingForm, FilingLine, Purpose, Window
from shared_models.foretell import (
    CapCount,
    Foretold,
    Near,
    allowed_days,
    count_against_cap,
    foretell,
    near_filings,
)
from shared_models.people import Person
from shared_models.policy import Policy, PublishedPolicy
from sync_server.filings.typed_filing import TypedFiling, TypedRow, form_of
from sync_server.storage.facts import FactsWriter

_MOST_DAYS = 92
_NEXT_DAYS = 5


@dataclass(frozen=True, slots=True)
class Span:
    """Days one after another with the same answer; `codes` are the reasons that decide it."""

    days: Window
    verdict: Decision
    codes: tuple[str, ...]

    @property
    def is_allowed(self) -> bool:
        return self.verdict in {Decision.ALLOW, Decision.ALLOW_EXCEPTION}


@dataclass(frozen=True, slots=True)
class ForetoldRow:
    """`spans` is empty where the form is not complete enough to ask the gate; `problem` says what is wrong before."""

    row: TypedRow
    name: str
    problem: str
    spans: tuple[Span, ...] = ()
    next_days: tuple[date, ...] = ()
    cap: CapCount | None = None
    near: tuple[Near, ...] = ()

    @property
    def refused(self) -> tuple[Span, ...]:
        return tuple(span for span in self.spans if not span.is_allowed)


def foretell_rows(
    facts: FactsWriter, typed: TypedFiling, department: str, rows: Sequence[TypedRow], now: datetime, *, is_whole: bool
) -> tuple[ForetoldRow, ...]:
    """`is_whole`: the form's own fields have no problem, so that the gate can be asked."""
    facts.prefetch_enterprises([row.uscc for row in rows])
    facts.prefetch("person", typed.officers)
    return tuple(_foretell_row(facts, typed, department, row, now, is_whole=is_whole) for row in rows)


def _foretell_row(
    facts: FactsWriter, typed: TypedFiling, department: str, row: TypedRow, now: datetime, *, is_whole: bool
) -> ForetoldRow:
    reference = reference_of(facts, row.uscc, typed.officers, now)
    enterprise = reference.enterprise
    if enterprise is None:
        return ForetoldRow(row, "", "not_registered")
    if enterprise.status is EnterpriseStatus.CLOSED:
        return ForetoldRow(row, enterprise.name, "is_closed")
    form = _form(typed, row, department) if is_whole else None
    if form is None:
        return ForetoldRow(row, enterprise.name, "")
    spans = _spans(foretell(reference, form, _days(form.window), at=now))
    policy = reference.policy.policy if reference.policy else Policy()
    needs_days = any(not span.is_allowed for span in spans)
    return ForetoldRow(
        row=row,
        name=enterprise.name,
        problem="",
        spans=spans,
        next_days=_next_to(form.window[0], allowed_days(reference, form, at=now)) if needs_days else (),
        cap=count_against_cap(reference, form) if form.purpose is Purpose.INSPECTION else None,
        near=near_filings(reference, form, today=day_of(now), within_days=policy.merge_window_days),
    )


def _next_to(first: date, days: tuple[date, ...]) -> tuple[date, ...]:
    """From the day that was asked for on; where nothing is allowed any more from there, the last before it."""
    return tuple(day for day in days if day >= first)[:_NEXT_DAYS] or days[-_NEXT_DAYS:]


def reference_of(facts: FactsWriter, uscc: str, officers: Iterable[str], now: datetime) -> Reference:
    """What the county knows of one enterprise and these people now, as a phone would have it."""
    enterprise = facts.get("enterprise", uscc)
    calendar, policy = facts.get("calendar", "calendar"), facts.get("policy", "policy")
    people = {officer: facts.get("person", officer) for officer in officers}
    return Reference(
        issued_at=now,
        enterprise=enterprise.load(Enterprise) if enterprise else None,
        people={key: fact.load(Person) for key, fact in people.items() if fact},
        lines=tuple(fact.load(FilingLine) for fact in facts.of_enterprise("line", uscc)),
        counts=tuple(fact.load(VisitCount) for fact in facts.of_enterprise("count", uscc)),
        calendar=calendar.load(PublishedCalendar) if calendar else None,
        policy=policy.load(PublishedPolicy) if policy else None,
    )


def _form(typed: TypedFiling, row: TypedRow, department: str) -> FilingForm | None:
    try:
        form = form_of(typed, row, department, approved_by="", approved_at=0)
    except ValueError:  # a row whose own days are no days
        return None
    return form if form.window[0] <= form.window[1] else None


def _days(window: Window) -> Iterable[date]:
    length = min((window[1] - window[0]).days + 1, _MOST_DAYS)
    return (window[0] + timedelta(days=n) for n in range(length))


def _spans(foretold: Iterable[Foretold]) -> tuple[Span, ...]:
    made = []
    for (verdict, codes), group in groupby(foretold, key=_answer):
        days = [one.day for one in group]
        made.append(Span((days[0], days[-1]), verdict, codes))
    return tuple(made)


def _answer(one: Foretold) -> tuple[Decision, tuple[str, ...]]:
    """Advice stays the same from day to day and stands beside; what decides changes."""
    decisive = (reason for reason in one.verdict.reasons if reason.level in {Level.DENY, Level.UNVERIFIED})
    return one.verdict.verdict, tuple(reason.code for reason in decisive)
