"""What the gate would say of a filing that is still being filled in: the same `decide`, as if it were accepted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from shared_models.calendar import SHANGHAI
from shared_models.county import Asked, Reference, facts_at_gate
from shared_models.enterprise import Enterprise
from shared_models.facts import Decision, Facts, Verdict
from shared_models.filing import FilingForm, FilingLine, FilingState, Window
from shared_models.gate import DAYS_AHEAD, decide
from shared_models.merging import days_apart, is_open
from shared_models.people import Person
from shared_models.visit import Companion

UNNUMBERED = "~"
"""Stands for the number that an accepted filing will get: like that one it sorts after all that were given before."""


@dataclass(frozen=True, slots=True)
class Foretold:
    """One proposed day; numbers in the verdict that are not given yet are UNNUMBERED."""

    day: date
    verdict: Verdict

    @property
    def is_allowed(self) -> bool:
        return self.verdict.verdict in {Decision.ALLOW, Decision.ALLOW_EXCEPTION}


def foretell(reference: Reference, form: FilingForm, days: Iterable[date], *, at: datetime) -> tuple[Foretold, ...]:
    """What a phone that synchronised on the day would hear at the gate at this time of day, were the form accepted.

    `reference` is of one enterprise. The form's officers come, all of them; nobody claims another exception.
    """
    known, asked = _known(reference, form, form.window), _asked(reference, form, at)
    return tuple(Foretold(day, decide(_facts_on(day, known, asked))) for day in days)


def allowed_days(reference: Reference, form: FilingForm, *, at: datetime) -> tuple[date, ...]:
    """Of the coming 60 days those on which the visit would be allowed, were it filed for that day."""
    today = at.astimezone(SHANGHAI).date()
    ahead = [today + timedelta(days=n) for n in range(1, DAYS_AHEAD + 1)]
    known, asked = _known(reference, form, (today, ahead[-1])), _asked(reference, form, at)
    fitting = (Foretold(day, decide(_facts_on(day, known, asked))) for day in ahead)
    return tuple(one.day for one in fitting if one.is_allowed)


def line_if_accepted(form: FilingForm, enterprise: str, window: Window) -> FilingLine:
    return FilingLine(
        filing=UNNUMBERED,
        number=UNNUMBERED,
        departments=form.departments,
        purpose=form.purpose,
        enterprise=enterprise,
        window=window,
        state=FilingState.ACCEPTED,
        exception=form.exception,
        planned_visits=form.planned_visits,
        officers=form.officers,
    )


@dataclass(frozen=True, slots=True)
class Near:
    """Another filing at the enterprise that is near in time: with the same lead it must be merged (三.4)."""

    filing: str
    number: str
    lead: str
    window: Window
    must: bool


def near_filings(
    reference: Reference, form: FilingForm, *, today: date, within_days: int, without: str = ""
) -> tuple[Near, ...]:
    """Open filings of the same purpose; `without` is the form itself, or what it replaces."""
    return tuple(
        Near(line.filing, line.number, line.departments[0], line.window, line.departments[0] == form.departments[0])
        for line in reference.lines
        if line.filing not in (without, form.replaces)
        and line.purpose is form.purpose
        and is_open(line)
        and line.window[1] >= today
        and days_apart(line.window, form.window) <= within_days
    )


@dataclass(frozen=True, slots=True)
class CapCount:
    """How the lead department stands against its cap at the enterprise in the year of the window."""

    made: int
    planned: int
    cap: int | None

    @property
    def is_over(self) -> bool:
        return self.cap is not None and self.made + self.planned > self.cap


def count_against_cap(reference: Reference, form: FilingForm) -> CapCount:
    lead, year = form.departments[0], form.window[0].year
    made = sum(count.entered for count in reference.counts if count.year == year and count.department == lead)
    cap = reference.policy.frequency_caps.get(lead) if reference.policy else None
    return CapCount(made, form.planned_visits, cap)


def _known(reference: Reference, form: FilingForm, window: Window) -> Reference:
    enterprise: Enterprise | None = reference.enterprise
    if enterprise is None:
        return reference
    lines = tuple(line for line in reference.lines if not form.replaces or line.filing != form.replaces)
    return replace(reference, lines=(*lines, line_if_accepted(form, enterprise.uscc, window)))


def _asked(reference: Reference, form: FilingForm, at: datetime) -> Asked:
    people = (reference.people.get(officer) or Person(id=officer, department="") for officer in form.officers)
    companions = tuple(Companion(one.id, one.name, one.department, one.unit, one.licence) for one in people)
    return Asked(now=at, purpose=form.purpose, companions=companions)


def _facts_on(day: date, known: Reference, asked: Asked) -> Facts:
    """At the same time of day, with data that is as fresh."""
    at = datetime.combine(day, asked.now.astimezone(SHANGHAI).timetz())
    return facts_at_gate(replace(known, issued_at=at), replace(asked, now=at))
