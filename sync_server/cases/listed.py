"""The list of cases is kept beside the register, one row a case."""

from __future__ import annotations

from sqlalchemy import Connection, delete

from shared_models import case_acts
from sync_server.cases.register import CaseEntry
from sync_server.cases.tables import cases
from sync_server.log.entries import Entry
from sync_server.storage.bulk import insert_rows
from sync_server.storage.facts import FactsWriter

_ACTS = (
    case_acts.CaseFactsFound,
    case_acts.CaseHandlersNamed,
    case_acts.CaseReviewerNamed,
    case_acts.CaseStepDone,
    case_acts.CaseDecided,
    case_acts.CaseServed,
    case_acts.DeferralAsked,
    case_acts.DeferralAnswered,
    case_acts.InstalmentSettled,
)


class CasesWriter:
    """After the facts of the same entries are set; written by `flush`."""

    def __init__(self, connection: Connection, facts: FactsWriter) -> None:
        self._connection = connection
        self._facts = facts
        self._touched: set[str] = set()

    def apply_act(self, entry: Entry, act: object) -> None:
        del entry
        if isinstance(act, case_acts.CaseOpened):
            self._touched.add(act.number)
        elif isinstance(act, _ACTS):
            self._touched.add(act.case)

    def flush(self) -> None:
        if not self._touched:
            return
        touched, self._touched = sorted(self._touched), set()
        self._facts.prefetch("case", touched)
        found = [self._facts.get("case", one) for one in touched]
        self._connection.execute(delete(cases).where(cases.c.number.in_(touched)))
        insert_rows(self._connection, cases, [_row(fact.load(CaseEntry)) for fact in found if fact])


def _row(entry: CaseEntry) -> dict[str, object]:
    opened = entry.opened
    due = [one.due for one in entry.schedule if one.settled is None]
    return {
        "number": opened.number,
        "department": opened.department,
        "uscc": opened.enterprise,
        "field": opened.field,
        "state": entry.state.value,
        "reviewer": entry.reviewer,
        "opened_at": entry.opened_at,
        "next_due": min(due).isoformat() if due else None,
    }
