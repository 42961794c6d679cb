"""The list of off-site checks is kept beside the register: a row for each."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, delete

from shared_models import offsite
from sync_server.log.entries import NAME_LENGTH, USCC_LENGTH, Entry, column_text
from sync_server.offsite.register import ENTERPRISES_TURN, OffsiteEntry, check_id
from sync_server.offsite.tables import offsite_checks, offsite_refs
from sync_server.registry.refs import refs_in
from sync_server.storage.bulk import insert_rows
from sync_server.storage.facts import FactsWriter

_OF_A_CHECK = (
    offsite.OffsiteDueMoved,
    offsite.OffsiteCheckWithdrawn,
    offsite.OffsiteAnswered,
    offsite.OffsiteReviewed,
)


class OffsiteWriter:
    """After the facts of the same entries are set: what they say of a check is written once, by `flush`."""

    def __init__(self, connection: Connection, facts: FactsWriter) -> None:
        self._connection = connection
        self._facts = facts
        self._touched: set[str] = set()

    def apply_act(self, entry: Entry, act: object) -> None:
        if isinstance(act, offsite.OffsiteCheckFiled):
            self._touched.add(check_id(entry.record_id))
        elif isinstance(act, _OF_A_CHECK):
            self._touched.add(act.check)

    def flush(self) -> None:
        if not self._touched:
            return
        touched, self._touched = sorted(self._touched), set()
        self._facts.prefetch("offsite", touched)
        found = [self._facts.get("offsite", one) for one in touched]
        entries = [fact.load(OffsiteEntry) for fact in found if fact]
        for table, rows_of in ((offsite_checks, _rows), (offsite_refs, _refs)):
            self._connection.execute(delete(table).where(table.c.id.in_(touched)))
            insert_rows(self._connection, table, [row for entry in entries for row in rows_of(entry)])


def _refs(entry: OffsiteEntry) -> list[dict[str, Any]]:
    refs = dict.fromkeys(ref for text in entry.form.external_refs for ref in refs_in(text))
    return [{"ref": ref, "id": entry.check} for ref in refs]


def _rows(entry: OffsiteEntry) -> list[dict[str, Any]]:
    row = {
        "id": entry.check,
        "number": entry.form.number,
        "department": column_text(entry.form.department, NAME_LENGTH),
        "uscc": column_text(entry.form.enterprise, USCC_LENGTH),
        "state": entry.state.value,
        "due": entry.due.isoformat() if entry.state in ENTERPRISES_TURN else "",
        "filed_at": entry.filed_at,
        "answered_at": entry.answers[-1].at if entry.answers else None,
        "reviewed_at": entry.reviews[-1].at if entry.reviews else None,
    }
    return [row]
