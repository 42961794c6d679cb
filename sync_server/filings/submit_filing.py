"""A department files before it visits; what is complete and needs nobody's judgement is accepted at once (rules 6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shared_models.acts import FilingSubmitted
from shared_models.calendar import day_of
from shared_models.county import PublishedCalendar, VisitCount
from shared_models.enterprise import Enterprise, EnterpriseStatus
from shared_models.filing import FilingForm, FilingLine, FilingPlan, FilingState, Purpose
from shared_models.merging import days_apart
from shared_models.people import Person
from shared_models.policy import Policy, PublishedPolicy
from sync_server.county import County
from sync_server.errors import InvalidError
from sync_server.filings.accept_filing import accept_in
from sync_server.filings.register import filing_id
from sync_server.log.writing import Writing, writing
from sync_server.registry.checks import check_key

BY_RULE = "system"
_MAX_PLANNED = 366


@dataclass(frozen=True, slots=True)
class SubmittedFiling:
    """`number` where it was accepted at once; else `for_office` says what a person of the office has to judge."""

    filing: str
    number: str | None
    for_office: tuple[str, ...]


def submit_filing(county: County, account: str, form: FilingForm, *, accept_by_rule: bool = True) -> SubmittedFiling:
    """Raises InvalidError for a form that is not complete or not allowed."""
    with writing(county) as tx:
        _check_form(tx, form)
        filing = filing_id(tx.append_act(account, FilingSubmitted(form)).record_id)
        for_office = _for_office(tx, filing, form)
        number = accept_in(tx, BY_RULE, filing, by_rule=True) if accept_by_rule and not for_office else None
    return SubmittedFiling(filing, number, for_office)


def _check_form(tx: Writing, form: FilingForm) -> None:
    if form.purpose is Purpose.SERVICE:
        raise InvalidError("purpose", "needs_no_filing")
    if not form.departments or not form.enterprises or len(set(form.departments)) != len(form.departments):
        raise InvalidError("departments" if not form.departments else "enterprises", "is_missing")
    _check_window(tx, form)
    for key in form.departments:
        check_key("departments", key)
        if tx.facts.get("department", key) is None:
            raise InvalidError("departments", "not_registered")
    tx.facts.prefetch("person", form.officers)
    for officer in form.officers:
        fact = tx.facts.get("person", officer)
        if fact is None or fact.load(Person).department not in form.departments:
            raise InvalidError("officers", "not_of_these_departments")
    tx.facts.prefetch("enterprise", form.enterprises)
    for uscc in form.enterprises:
        fact = tx.facts.get("enterprise", uscc)
        if fact is None or fact.load(Enterprise).status is EnterpriseStatus.CLOSED:
            raise InvalidError("enterprises", "not_registered")


def _check_window(tx: Writing, form: FilingForm) -> None:
    first, last = form.window
    published = tx.facts.get("policy", "policy")
    policy = published.load(PublishedPolicy) if published else None
    if last < first:
        raise InvalidError("window", "is_reversed")
    if policy and form.plan is not FilingPlan.AFTERWARDS:
        limit = policy.max_window_days_quarter if form.plan is FilingPlan.QUARTER else policy.max_window_days_month
        if (last - first).days + 1 > limit:
            raise InvalidError("window", "is_too_long")
    if not 1 <= form.planned_visits <= _MAX_PLANNED:
        raise InvalidError("planned_visits", "not_a_number_of_visits")
    if policy and form.planned_visits > policy.max_planned_visits and not form.items:
        raise InvalidError("planned_visits", "more_than_the_items_say")


def _for_office(tx: Writing, filing: str, form: FilingForm) -> tuple[str, ...]:
    """What keeps it from being accepted at once, as stable words."""
    found = []
    if not (form.approved_by.strip() and form.basis.strip() and form.why_not_off_site.strip()):
        found.append("incomplete")
    if form.plan is FilingPlan.AFTERWARDS:
        found.append("afterwards")
    if form.exception is not None or _touches_protected_days(tx, form.window):
        found.append("protected_days")
    if len(form.departments) > 1:
        found.append("joint_visit")
    if any(_is_capped(tx, uscc, form) for uscc in form.enterprises):
        found.append("frequency_cap")
    if any(_must_merge(tx, uscc, filing, form) for uscc in form.enterprises):
        found.append("must_merge")
    return tuple(found)


def _touches_protected_days(tx: Writing, window: tuple[date, date]) -> bool:
    """Also where the calendar does not reach that far: then a person looks."""
    fact = tx.facts.get("calendar", "calendar")
    if fact is None:
        return True
    calendar = fact.load(PublishedCalendar)
    first, last = window
    overlaps = any(week.days[0] <= last and week.days[1] >= first for week in calendar.weeks)
    return overlaps or last > calendar.covers_until


def _is_capped(tx: Writing, uscc: str, form: FilingForm) -> bool:
    published = tx.facts.get("policy", "policy")
    lead = form.departments[0]
    cap = published.load(PublishedPolicy).frequency_caps.get(lead) if published else None
    if cap is None or form.purpose is not Purpose.INSPECTION:
        return False
    year = form.window[0].year
    counts = (fact.load(VisitCount) for fact in tx.facts.of_enterprise("count", uscc))
    entered = sum(count.entered for count in counts if count.year == year and count.department == lead)
    return entered + form.planned_visits > cap


def _must_merge(tx: Writing, uscc: str, filing: str, form: FilingForm) -> bool:
    """An open filing of the same purpose and lead near in time must be merged with it (三.4)."""
    published = tx.facts.get("policy", "policy")
    near = (published.load(PublishedPolicy).policy if published else Policy()).merge_window_days
    today = day_of(tx.now)
    for fact in tx.facts.of_enterprise("line", uscc):
        line = fact.load(FilingLine)
        is_open = (
            line.filing != filing
            and line.state is FilingState.ACCEPTED
            and line.merged_into is None
            and line.visits_made < line.planned_visits
            and line.purpose is form.purpose
            and line.departments[0] == form.departments[0]
            and line.window[1] >= today
        )
        if is_open and days_apart(line.window, form.window) <= near:
            return True
    return False
