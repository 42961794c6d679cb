"""A department files before it visits; what is complete and needs nobody's judgement is accepted at once (rules 6)."""

from __future__ import annotations

from dataclasses import dataclass

from shared_models.acts import FilingSubmitted
from shared_models.calendar import day_of
from shared_models.enterprise import Enterprise, EnterpriseStatus
from shared_models.filing import FilingForm, FilingLine, FilingPlan, FilingState, Purpose
from shared_models.people import Person
from shared_models.policy import PublishedPolicy
from shared_models.policy_limits import LONGEST_WINDOW_DAYS
from sync_server.county import County
from sync_server.errors import InvalidError
from sync_server.filings.accept_filing import accept_in, filing_in_state
from sync_server.filings.find_wrongs import find_wrongs
from sync_server.filings.register import filing_id, line_key
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
        return submit_in(tx, account, form, accept_by_rule=accept_by_rule)


def submit_in(tx: Writing, account: str, form: FilingForm, *, accept_by_rule: bool = True) -> SubmittedFiling:
    check_form(tx, form)
    filing = filing_id(tx.append_act(account, FilingSubmitted(form)).record_id)
    wrongs = find_wrongs(tx.facts, form, day_of(tx.now), filing)
    number = accept_in(tx, BY_RULE, filing, by_rule=True) if accept_by_rule and not wrongs else None
    return SubmittedFiling(filing, number, tuple(wrong.code for wrong in wrongs))


def check_form(tx: Writing, form: FilingForm) -> None:
    if form.purpose is Purpose.SERVICE:
        raise InvalidError("purpose", "needs_no_filing")
    if not form.departments or not form.enterprises or len(set(form.departments)) != len(form.departments):
        raise InvalidError("departments" if not form.departments else "enterprises", "is_missing")
    _check_window(tx, form)
    _check_replaced(tx, form)
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
    limit = LONGEST_WINDOW_DAYS
    if policy and form.plan is not FilingPlan.AFTERWARDS:
        limit = policy.max_window_days_quarter if form.plan is FilingPlan.QUARTER else policy.max_window_days_month
    if (last - first).days + 1 > limit:
        raise InvalidError("window", "is_too_long")
    if not 1 <= form.planned_visits <= _MAX_PLANNED:
        raise InvalidError("planned_visits", "not_a_number_of_visits")
    if policy and form.planned_visits > policy.max_planned_visits and not form.items:
        raise InvalidError("planned_visits", "more_than_the_items_say")


def _check_replaced(tx: Writing, form: FilingForm) -> None:
    """The old one is withdrawn when this one is accepted; one that was used already stays what it is."""
    if not form.replaces:
        return
    old = filing_in_state(tx, form.replaces, FilingState.SUBMITTED, FilingState.ACCEPTED, FilingState.RETURNED)
    if old.form.departments[0] != form.departments[0] or old.merged_into is not None:
        raise InvalidError("replaces", "not_yours_to_replace")
    for uscc in old.form.enterprises:
        fact = tx.facts.get_of(uscc, "line", line_key(old.filing, uscc))
        if fact is not None and fact.load(FilingLine).visits_made:
            raise InvalidError("replaces", "visits_were_made")
