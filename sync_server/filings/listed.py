"""The list of filings is kept beside the register: a row for each department that a filing names."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, delete

from shared_models import acts
from sync_server.filings.register import FilingEntry, filing_id
from sync_server.filings.tables import filing_refs, filings
from sync_server.log.entries import NAME_LENGTH, Entry, column_text
from sync_server.registry.refs import refs_in
from sync_server.storage.bulk import insert_rows
from sync_server.storage.facts import FactsWriter


class FilingsWriter:
    """After the facts of the same entries are set: what they say of a filing is written once, by `flush`."""

    def __init__(self, connection: Connection, facts: FactsWriter) -> None:
        self._connection = connection
        self._facts = facts
        self._touched: set[str] = set()

    def apply_act(self, entry: Entry, act: object) -> None:
        if isinstance(act, acts.FilingSubmitted):
            self._touched.add(filing_id(entry.record_id))
        elif isinstance(act, acts.FilingAccepted | acts.FilingReturned | acts.FilingWithdrawn):
            self._touched.add(act.filing)
        elif isinstance(act, acts.FilingsMerged):
            self._touched |= set(act.parts)

    def flush(self) -> None:
        if not self._touched:
            return
        touched, self._touched = sorted(self._touched), set()
        self._facts.prefetch("filing", touched)
        found = [self._facts.get("filing", one) for one in touched]
        entries = [fact.load(FilingEntry) for fact in found if fact]
        for table, rows_of in ((filings, _rows), (filing_refs, _refs)):
            self._connection.execute(delete(table).where(table.c.filing.in_(touched)))
            insert_rows(self._connection, table, [row for entry in entries for row in rows_of(entry)])


def _refs(entry: FilingEntry) -> list[dict[str, Any]]:
    refs = dict.fromkeys(ref for text in entry.form.external_refs for ref in refs_in(text))
    return [{"ref": ref, "filing": entry.filing} for ref in refs]


def _rows(entry: FilingEntry) -> list[dict[str, Any]]:
    form = entry.form
    shared = {
        "filing": entry.filing,
        "is_joint": len(form.departments) > 1,
        "number": entry.number,
        "state": entry.state.value,
        "purpose": form.purpose.value,
        "plan": form.plan.value,
        "uscc": form.enterprises[0],
        "enterprises": len(form.enterprises),
        "first_day": form.window[0].isoformat(),
        "last_day": form.window[1].isoformat(),
        "submitted_at": entry.submitted_at,
        "is_merged": entry.merged_into is not None,
        "has_exception": form.exception is not None,
        "opened_by": form.opened_by_visit,
        "replaces": column_text(form.replaces, 16),
    }
    departments = [column_text(one, NAME_LENGTH) for one in dict.fromkeys(form.departments)]
    return [
        {**shared, "department": department, "is_lead": number == 0} for number, department in enumerate(departments)
    ]
