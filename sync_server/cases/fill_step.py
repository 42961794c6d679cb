"""One box of the checklist is filled, by whoever the law wants to fill it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from shared_models.calendar import day_of
from shared_models.case import CollectiveDecision, Step, StepDone, check_step
from shared_models.case_acts import CaseStepDone
from shared_models.people import Person
from sync_server.accounts.account import Account
from sync_server.accounts.errors import ForbiddenError
from sync_server.cases.ask_register import was_first
from sync_server.cases.name_reviewer import why_not
from sync_server.cases.register import CaseEntry, CaseState, case_in
from sync_server.cases.rights import handles, heads, in_state, sees
from sync_server.cases.typed_words import SHORT, check_words
from sync_server.clock import instant_of
from sync_server.county import County
from sync_server.errors import NotFoundError
from sync_server.log.writing import Writing, writing
from sync_server.registry.judge import RefusedFieldsError

MOST_PRESENT = 30


def fill_step(county: County, by: Account, number: str, done: StepDone) -> None:
    """A review is signed by the account that is named for it, whatever name was typed.

    Raises NotFoundError, ForbiddenError, WrongStateError, BoxOpenError or DecisionNotOpenError (see `check_step`), or
    RefusedFieldsError.
    """
    _check_length(done)
    with writing(county) as tx:
        entry = case_in(tx.facts, number)
        if not sees(by, entry):
            raise NotFoundError("case", number)
        _check_person(by, entry, done.step)
        in_state(entry, CaseState.OPEN)
        check_step(entry.facts, entry.done, done.step)
        if done.review is not None:
            done = replace(done, review=replace(done.review, reviewer=by.display_name))
        if done.discussion is not None:
            _check_discussion(tx, entry, done.discussion)
        if done.step is Step.SERVER_CONFIRMATION and not was_first(tx, entry):
            raise RefusedFieldsError({"note": "not_first"})
        tx.append_act(by.name, CaseStepDone(number, done))


def _check_person(by: Account, entry: CaseEntry, step: Step) -> None:
    if step is Step.LEGAL_REVIEW:
        may = by.name == entry.reviewer and not why_not(by, entry)
    elif step is Step.DEPARTMENT_DECISION:
        may = heads(by, entry) and by.name != entry.reviewer
    else:
        may = handles(by, entry) and by.name != entry.reviewer
    if not may:
        raise ForbiddenError


def _check_discussion(tx: Writing, entry: CaseEntry, discussion: CollectiveDecision) -> None:
    """Who handles or reviews the case reports to the heads, and is not counted among them."""
    names = {one.strip() for one in discussion.present}
    tx.facts.prefetch("person", entry.handlers)
    people = (tx.facts.get("person", one) for one in entry.handlers)
    barred = {fact.load(Person).name for fact in people if fact} | {entry.reviewer_name}
    if names & barred:
        raise RefusedFieldsError({"present": "handles_it"})
    if not _opened_on(entry) <= discussion.on <= day_of(tx.now):
        raise RefusedFieldsError({"on": "not_a_day_of_the_case"})


def _opened_on(entry: CaseEntry) -> date:
    return day_of(instant_of(entry.opened_at))


def _check_length(done: StepDone) -> None:
    if done.note:
        check_words({"note": done.note})
    if done.standard is not None:
        check_words({"standard": done.standard.standard, "provision": done.standard.provision}, most=SHORT)
        if done.standard.applied:
            check_words({"applied": done.standard.applied})
    if done.review is not None:
        check_words({"opinion": done.review.opinion})
    if done.discussion is not None:
        check_words({"opinion": done.discussion.opinion})
        if len(done.discussion.present) > MOST_PRESENT:
            raise RefusedFieldsError({"present": "too_long"})
        for name in done.discussion.present:
            check_words({"present": name}, most=SHORT)
