"""The office's queue: what waits for a person, with what is wrong already found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, true, tuple_

from shared_models.calendar import day_of
from shared_models.enterprise import Enterprise
from shared_models.filing import FilingForm, FilingState
from shared_models.people import Department
from sync_server.county import County
from sync_server.filings.filing_filter import Place
from sync_server.filings.find_wrongs import Wrong, find_wrongs
from sync_server.filings.register import FilingEntry
from sync_server.filings.tables import filings
from sync_server.storage.engine import reading
from sync_server.storage.facts import FactsWriter, current_facts
from sync_server.storage.kept_facts import kept_of_kind

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Waiting:
    """`names` are words for what the wrongs are about."""

    filing: str
    form: FilingForm
    department: str
    enterprise: str
    submitted_at: int
    wrongs: tuple[Wrong, ...]
    names: dict[str, str]


@dataclass(frozen=True, slots=True)
class Queue:
    """The oldest first: what has waited longest is answered first."""

    waiting: tuple[Waiting, ...]
    next: Place | None


def office_queue(county: County, after: Place | None = None) -> Queue:
    columns = filings.c
    query = select(columns.filing, columns.submitted_at).where(
        columns.is_lead == true(), columns.state == FilingState.SUBMITTED.value
    )
    if after is not None:
        query = query.where(tuple_(columns.submitted_at, columns.filing) > tuple_(after.submitted_at, after.filing))
    query = query.order_by(columns.submitted_at, columns.filing).limit(PAGE_SIZE + 1)
    with reading(county.engine) as connection:
        rows: list[Any] = list(connection.execute(query))
        shown = rows[:PAGE_SIZE]
        entries = current_facts(connection, "filing", [row.filing for row in shown])
        loaded = [entries[row.filing].load(FilingEntry) for row in shown]
        departments = {fact.key: fact.load(Department).name for fact in kept_of_kind(connection, "department")}
        waiting = _waiting(county, FactsWriter(connection), loaded, departments)
    last = shown[-1] if len(rows) > PAGE_SIZE else None
    return Queue(waiting, Place(last.submitted_at, last.filing) if last else None)


def _waiting(
    county: County, facts: FactsWriter, entries: Sequence[FilingEntry], departments: dict[str, str]
) -> tuple[Waiting, ...]:
    today = day_of(county.clock.now())
    usccs = [uscc for entry in entries for uscc in entry.form.enterprises]
    facts.prefetch_enterprises(usccs)
    found = (facts.get("enterprise", uscc) for uscc in set(usccs))
    names = {fact.key: fact.load(Enterprise).name for fact in found if fact}
    return tuple(
        Waiting(
            filing=entry.filing,
            form=entry.form,
            department=departments.get(entry.form.departments[0], entry.form.departments[0]),
            enterprise=names.get(entry.form.enterprises[0], ""),
            submitted_at=entry.submitted_at,
            wrongs=find_wrongs(facts, entry.form, today, entry.filing),
            names={**departments, **names},
        )
        for entry in entries
    )
