"""What the filings' acts change: the register, and one line for each enterprise that a filing lists."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from shared_models import acts
from shared_models.calendar import day_of
from shared_models.filing import FilingLine, FilingState
from shared_models.policy import PublishedPolicy
from sync_server.calendar.published import working_calendar
from sync_server.clock import instant_of
from sync_server.filings.register import FilingEntry, LastNumber, filing_id, line_key, line_of
from sync_server.log.entries import Entry, fact_from
from sync_server.storage.facts import FactsWriter

DEFAULT_LEAD_DAYS = 1


def _submitted(facts: FactsWriter, entry: Entry, act: acts.FilingSubmitted) -> None:
    filing = FilingEntry(
        filing=filing_id(entry.record_id),
        form=act.form,
        state=FilingState.SUBMITTED,
        submitted_by=entry.body.account,
        submitted_at=entry.received_at,
        short_notice=_is_short(facts, day_of(instant_of(entry.record.at)), act.form.window[0]),
    )
    _write(facts, entry, filing)


def _is_short(facts: FactsWriter, submitted: date, first: date) -> bool:
    fact = facts.get("policy", "policy")
    lead = fact.load(PublishedPolicy).filing_lead_working_days if fact else DEFAULT_LEAD_DAYS
    return working_calendar(facts).working_days_between(submitted, first) < lead


def _accepted(facts: FactsWriter, entry: Entry, act: acts.FilingAccepted) -> None:
    year, _, last = act.number[-10:].partition("-")
    facts.set(fact_from(entry, "number", year, LastNumber(int(last))))
    _answer(facts, entry, act.filing, state=FilingState.ACCEPTED, number=act.number, by_rule=act.by_rule)


def _returned(facts: FactsWriter, entry: Entry, act: acts.FilingReturned) -> None:
    _answer(facts, entry, act.filing, state=FilingState.RETURNED, comment=act.comment)


def _withdrawn(facts: FactsWriter, entry: Entry, act: acts.FilingWithdrawn) -> None:
    _answer(facts, entry, act.filing, state=FilingState.WITHDRAWN, comment=act.comment)


def _merged(facts: FactsWriter, entry: Entry, act: acts.FilingsMerged) -> None:
    joint = facts.get("filing", act.joint)
    number = joint.load(FilingEntry).number if joint else act.joint
    for part in act.parts:
        before = facts.get("filing", part)
        if before is not None:
            _write(facts, entry, replace(before.load(FilingEntry), merged_into=number))


def _answer(facts: FactsWriter, entry: Entry, filing: str, **changes: Any) -> None:
    before = facts.get("filing", filing)
    if before is not None:
        answered = {"answered_by": entry.body.account, "answered_at": entry.received_at, **changes}
        _write(facts, entry, replace(before.load(FilingEntry), **answered))


def _write(facts: FactsWriter, entry: Entry, filing: FilingEntry) -> None:
    lead = filing.form.departments[0]
    facts.set(fact_from(entry, "filing", filing.filing, filing, department=lead))
    keys = {line_key(filing.filing, uscc): uscc for uscc in filing.form.enterprises}
    facts.prefetch("line", keys)
    for key, uscc in keys.items():
        before = facts.get("line", key)
        made = before.load(FilingLine).visits_made if before else 0
        facts.set(fact_from(entry, "line", key, line_of(filing, uscc, made), department=lead, uscc=uscc))


def prefetch_filings(facts: FactsWriter, entries: Sequence[Entry]) -> None:
    """What many acts at once are about, read together."""
    named = [filing for entry in entries if entry.record.kind in FILING_VIEWS and (filing := _filing_of(entry))]
    if len(named) > 1:
        facts.prefetch("filing", named)
        found = [fact.load(FilingEntry) for filing in named if (fact := facts.get("filing", filing))]
        lines = [line_key(one.filing, uscc) for one in found for uscc in one.form.enterprises]
        submitted = (
            line_key(filing_id(entry.record_id), uscc)
            for entry in entries
            if entry.record.kind == "filing_submitted"
            for uscc in entry.body.act.form.enterprises
        )
        facts.prefetch("line", [*lines, *submitted])


def _filing_of(entry: Entry) -> str:
    act = entry.body.act
    return filing_id(entry.record_id) if isinstance(act, acts.FilingSubmitted) else str(getattr(act, "filing", ""))


FILING_VIEWS: dict[str, Callable[[FactsWriter, Entry, Any], None]] = {
    "filing_submitted": _submitted,
    "filing_accepted": _accepted,
    "filing_returned": _returned,
    "filing_withdrawn": _withdrawn,
    "filings_merged": _merged,
}
