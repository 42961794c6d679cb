"""What the acts of off-site checks change: the register and the departments' lists. No line, no count: no visit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from shared_models import offsite
from shared_models.offsite import Outcome
from sync_server.log.entries import Entry, fact_from
from sync_server.offsite.register import LastCheckNumber, OffsiteEntry, Told, check_id
from sync_server.storage.facts import FactsWriter


def _lists(facts: FactsWriter, entry: Entry, act: offsite.SelfCheckListsPublished) -> None:
    for one in act.lists:
        facts.set(fact_from(entry, "self_check_list", one.id, one, department=one.department))


def _filed(facts: FactsWriter, entry: Entry, act: offsite.OffsiteCheckFiled) -> None:
    year, _, last = act.number[-10:].partition("-")
    facts.set(fact_from(entry, "offsite_number", year, LastCheckNumber(int(last))))
    check = OffsiteEntry(
        check=check_id(entry.record_id),
        form=act,
        record=entry.record_id,
        filed_by=entry.body.account,
        filed_at=entry.received_at,
        due=act.due,
    )
    _set(facts, entry, check)


def _moved(facts: FactsWriter, entry: Entry, act: offsite.OffsiteDueMoved) -> None:
    before = _get(facts, act.check)
    if before is not None:
        _set(facts, entry, replace(before, due=act.due, link=before.link + act.new_link))


def _withdrawn(facts: FactsWriter, entry: Entry, act: offsite.OffsiteCheckWithdrawn) -> None:
    before = _get(facts, act.check)
    if before is not None:
        _set(facts, entry, replace(before, withdrawn_at=entry.received_at, comment=act.comment))


def _answered(facts: FactsWriter, entry: Entry, act: offsite.OffsiteAnswered) -> None:
    before = _get(facts, act.check)
    if before is not None:
        told = Told(entry.record_id, entry.index, entry.received_at, act.name)
        _set(facts, entry, replace(before, answers=(*before.answers, told), outcome=None))


def _reviewed(facts: FactsWriter, entry: Entry, act: offsite.OffsiteReviewed) -> None:
    before = _get(facts, act.check)
    if before is not None:
        told = Told(entry.record_id, entry.index, entry.received_at, entry.body.account)
        due = act.put_right_by if act.outcome is Outcome.PUT_RIGHT and act.put_right_by else before.due
        reviews = (*before.reviews, told)
        _set(facts, entry, replace(before, reviews=reviews, outcome=act.outcome, due=due))


def _get(facts: FactsWriter, check: str) -> OffsiteEntry | None:
    fact = facts.get("offsite", check)
    return fact.load(OffsiteEntry) if fact else None


def _set(facts: FactsWriter, entry: Entry, check: OffsiteEntry) -> None:
    # without the enterprise: what is known of it at a gate stays as short as it was
    facts.set(fact_from(entry, "offsite", check.check, check, department=check.form.department))


OFFSITE_VIEWS: dict[str, Callable[[FactsWriter, Entry, Any], None]] = {
    "self_check_lists_published": _lists,
    "offsite_check_filed": _filed,
    "offsite_due_moved": _moved,
    "offsite_check_withdrawn": _withdrawn,
    "offsite_answered": _answered,
    "offsite_reviewed": _reviewed,
}
