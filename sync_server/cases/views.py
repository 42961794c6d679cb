"""What the acts on a case change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from shared_models.case import reopened_by
from shared_models.case_acts import (
    CaseDecided,
    CaseFactsFound,
    CaseHandlersNamed,
    CaseOpened,
    CaseReviewerNamed,
    CaseServed,
    CaseStepDone,
    DeferralAnswered,
    DeferralAsked,
    InstalmentSettled,
)
from shared_models.instalments import regranted, settle, whole_fine
from sync_server.cases.register import CaseEntry, CaseOf, Change, ChangeOf, Deferral, FilledStep
from sync_server.filings.register import LastNumber
from sync_server.log.entries import Entry, fact_from
from sync_server.storage.facts import FactsWriter


def _opened(facts: FactsWriter, entry: Entry, act: CaseOpened) -> None:
    made = CaseEntry(act, entry.record_id, entry.body.account, entry.received_at, act.facts, handlers=act.handlers)
    _set(facts, entry, made)
    facts.set(fact_from(entry, "case_of", act.record.hex(), CaseOf(act.number), department=act.department))
    year, last = act.number[-10:-6], int(act.number[-5:])
    facts.set(fact_from(entry, "number", f"AJ{year}", LastNumber(last)))


def _facts_found(facts: FactsWriter, entry: Entry, act: CaseFactsFound) -> None:
    """Whatever was filled before was filled on other facts."""
    before = _get(facts, act.case)
    if before is not None:
        change = Change(ChangeOf.FACTS, act.reason, entry.body.account, entry.received_at)
        steps = tuple(replace(one, stands=False) for one in before.steps)
        _set(facts, entry, replace(before, facts=act.facts, changes=(*before.changes, change), steps=steps))


def _handlers_named(facts: FactsWriter, entry: Entry, act: CaseHandlersNamed) -> None:
    before = _get(facts, act.case)
    if before is not None:
        change = Change(ChangeOf.HANDLERS, act.reason, entry.body.account, entry.received_at)
        _set(facts, entry, replace(before, handlers=act.handlers, changes=(*before.changes, change)))


def _reviewer_named(facts: FactsWriter, entry: Entry, act: CaseReviewerNamed) -> None:
    before = _get(facts, act.case)
    if before is not None:
        _set(facts, entry, replace(before, reviewer=act.reviewer, reviewer_name=act.name))


def _step_done(facts: FactsWriter, entry: Entry, act: CaseStepDone) -> None:
    """Takes the place of what filled the box before; what was judged on that is open again."""
    before = _get(facts, act.case)
    if before is not None:
        over = {act.done.step} | reopened_by(act.done.step)
        earlier = tuple(replace(one, stands=one.stands and one.done.step not in over) for one in before.steps)
        filled = FilledStep(act.done, entry.body.account, entry.received_at)
        _set(facts, entry, replace(before, steps=(*earlier, filled)))


def _decided(facts: FactsWriter, entry: Entry, act: CaseDecided) -> None:
    before = _get(facts, act.case)
    if before is not None:
        made = replace(before, decided=act, decided_by=entry.body.account, decided_at=entry.received_at)
        _set(facts, entry, made)


def _served(facts: FactsWriter, entry: Entry, act: CaseServed) -> None:
    before = _get(facts, act.case)
    if before is not None and before.decided is not None:
        fine = before.decided.decision.fine
        _set(facts, entry, replace(before, served=act, schedule=whole_fine(fine, act.on) if fine else ()))


def _asked(facts: FactsWriter, entry: Entry, act: DeferralAsked) -> None:
    before = _get(facts, act.case)
    if before is not None:
        deferral = Deferral(act, entry.body.account, entry.received_at)
        _set(facts, entry, replace(before, deferrals=(*before.deferrals, deferral)))


def _answered(facts: FactsWriter, entry: Entry, act: DeferralAnswered) -> None:
    before = _get(facts, act.case)
    if before is None:
        return
    deferrals = tuple(
        replace(one, answered=act, answered_by=entry.body.account, answered_at=entry.received_at)
        if one.answered is None
        else one
        for one in before.deferrals
    )
    schedule = regranted(before.schedule, act.schedule) if act.granted else before.schedule
    _set(facts, entry, replace(before, deferrals=deferrals, schedule=schedule))


def _settled(facts: FactsWriter, entry: Entry, act: InstalmentSettled) -> None:
    before = _get(facts, act.case)
    if before is not None:
        schedule = settle(before.schedule, act.number, act.how, act.on, act.reference)
        _set(facts, entry, replace(before, schedule=schedule))


def _get(facts: FactsWriter, number: str) -> CaseEntry | None:
    fact = facts.get("case", number)
    return fact.load(CaseEntry) if fact else None


def _set(facts: FactsWriter, entry: Entry, made: CaseEntry) -> None:
    facts.set(fact_from(entry, "case", made.opened.number, made, department=made.opened.department))


CASE_VIEWS: dict[str, Callable[[FactsWriter, Entry, Any], None]] = {
    "case_opened": _opened,
    "case_facts_found": _facts_found,
    "case_handlers_named": _handlers_named,
    "case_reviewer_named": _reviewer_named,
    "case_step_done": _step_done,
    "case_decided": _decided,
    "case_served": _served,
    "deferral_asked": _asked,
    "deferral_answered": _answered,
    "instalment_settled": _settled,
}
