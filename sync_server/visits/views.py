"""What a phone's records change: the list of visits, and the counts that the gate asks for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from shared_models.acts import ExceptionAnswered
from shared_models.calendar import day_of
from shared_models.county import PhoneTrust, VisitCount
from shared_models.filing import FilingLine, Purpose
from shared_models.policy import Policy, PublishedPolicy
from shared_models.visit import GateDecision
from sync_server.clock import instant_of
from sync_server.log.entries import NAME_LENGTH, USCC_LENGTH, Entry, column_text, fact_from
from sync_server.storage.bulk import RowsIn, insert_rows, run_each
from sync_server.storage.facts import FactsWriter
from sync_server.storage.tables import visits

OPENED, REFUSED, CLOSED = "open", "refused", "closed"


class VisitsWriter:
    def __init__(self, connection: Connection, facts: FactsWriter) -> None:
        self._connection = connection
        self._facts = facts
        self._rows: dict[bytes, dict[str, Any] | None] = {}
        self._fresh: set[bytes] = set()
        self._changed: set[bytes] = set()

    def prefetch(self, entries: Iterable[Entry]) -> None:
        at_gate = [entry for entry in entries if isinstance(entry.body, GateDecision)]
        named = {entry.record.visit for entry in at_gate if entry.record.visit}
        named |= {entry.record.visit for entry in entries if entry.record.kind == "visit_closed" and entry.record.visit}
        self._load(named)
        if at_gate:
            self._facts.prefetch_enterprises(
                {column_text(entry.body.enterprise, USCC_LENGTH) for entry in at_gate} - {""}
            )
            phones = {("phone", entry.record.author.hex()) for entry in at_gate}
            self._facts.prefetch_many({("policy", "policy"), *phones})

    def prefetch_visits(self, visits: Iterable[bytes]) -> None:
        """Those that `state_of` will be asked about."""
        self._load(set(visits))

    def state_of(self, visit: bytes) -> tuple[str, bytes] | None:
        """State and author of a visit that is known."""
        self._load({visit})
        row = self._rows[visit]
        return None if row is None else (row["state"], row["author"])

    def row_of(self, visit: bytes) -> dict[str, Any] | None:
        self._load({visit})
        return self._rows[visit]

    def row_of_record(self, opening: bytes) -> dict[str, Any] | None:
        """Of the visit that this record has opened, also where it came with the same entries."""
        held = next((row for row in self._rows.values() if row and row["record_id"] == opening), None)
        if held is not None:
            return held
        visit = self._connection.execute(_OF_RECORD, {"record_id": opening}).scalar_one_or_none()
        return None if visit is None else self.row_of(bytes(visit))

    def apply(self, entry: Entry) -> None:
        kind, visit = entry.record.kind, entry.record.visit
        if visit is None:
            return
        if kind == "visit_opened":
            self._put(visit, self._row(entry, OPENED))
        elif kind == "visit_refused" and self.state_of(visit) is None:
            self._put(visit, self._row(entry, REFUSED))
        elif kind == "visit_closed" and self.state_of(visit) == (OPENED, entry.record.author):
            self._put(visit, {**(self._rows[visit] or {}), "state": CLOSED, "closed_at": entry.record.at})

    def apply_act(self, entry: Entry, act: object) -> None:
        visit = entry.record.visit
        if isinstance(act, ExceptionAnswered) and visit is not None:
            self._load({visit})
            row = self._rows[visit]
            if row is not None and row["record_id"] == act.opening:
                state = "confirmed" if act.confirmed else "denied"
                self._put(visit, {**row, "exception_state": state})

    def flush(self) -> None:
        insert_rows(self._connection, visits, [self._rows[visit] or {} for visit in sorted(self._fresh)])
        if changed := self._changed - self._fresh:
            rows = [{f"b_{name}": value for name, value in (self._rows[key] or {}).items()} for key in sorted(changed)]
            run_each(self._connection, _UPDATE, rows)
        self._fresh, self._changed = set(), set()

    def _load(self, named: set[bytes]) -> None:
        if unknown := named - self._rows.keys():
            self._rows.update(dict.fromkeys(unknown))
            for row in _by_visit(self._connection, sorted(unknown)):
                self._rows[row[0]] = dict(zip(_NAMES, row, strict=True))

    def _put(self, visit: bytes, row: dict[str, Any]) -> None:
        known = self._rows.get(visit) is not None or "index" not in row
        (self._changed if known or self._is_stored(visit) else self._fresh).add(visit)
        self._rows[visit] = row

    def _is_stored(self, visit: bytes) -> bool:
        self._load({visit})
        return self._rows[visit] is not None

    def _row(self, entry: Entry, state: str) -> dict[str, Any]:
        body: GateDecision = entry.body
        uscc = column_text(body.enterprise, USCC_LENGTH)
        line = self._line_in_force(uscc, body.verdict.filing)
        department = _department(body, line)
        capped = self._counts(body, line) if state == OPENED else False
        if state == OPENED:
            self._count(entry, uscc, line, department if capped else None)
        trust = self._facts.get("phone", entry.record.author.hex())
        return {
            "visit": entry.record.visit,
            "index": entry.index,
            "record_id": entry.record_id,
            "author": entry.record.author,
            "seq": entry.record.seq,
            "officer": trust.load(PhoneTrust).officer if trust else "",
            "uscc": uscc,
            "department": department,
            "purpose": body.purpose.value,
            "verdict": body.verdict.verdict.value,
            "filing": column_text(body.verdict.filing, NAME_LENGTH) if body.verdict.filing else None,
            "cap_department": department if capped else None,
            "state": state,
            "entry": body.entry.value,
            "unverified": body.unverified,
            "at": entry.record.at,
            "received_at": entry.received_at,
            "closed_at": None,
            "post_filing_due": body.verdict.post_filing_due.isoformat() if body.verdict.post_filing_due else None,
            "exception_reason": column_text(body.claim.reason, 32) if body.claim else None,
            "exception_state": "stated" if body.claim else None,
            "approver": column_text(body.claim.approver.strip(), NAME_LENGTH) if body.claim else None,
        }

    def _line_in_force(self, uscc: str, number: str | None) -> FilingLine | None:
        if not uscc or not number:
            return None
        lines = (fact.load(FilingLine) for fact in self._facts.of_enterprise("line", uscc))
        # whatever became of it since: the phone entered on it
        return next((one for one in lines if one.number == number), None)

    def _counts(self, body: GateDecision, line: FilingLine | None) -> bool:
        """Inspections count against a cap, without those whose exception is cap-exempt (rules 4)."""
        if body.purpose is not Purpose.INSPECTION:
            return False
        policy = self._facts.get("policy", "policy")
        exempt = (policy.load(PublishedPolicy).policy if policy else Policy()).cap_exempt_reasons
        reasons = {
            body.claim.reason if body.claim else None,
            line.exception.reason if line and line.exception else None,
        }
        return reasons.isdisjoint(exempt)

    def _count(self, entry: Entry, uscc: str, line: FilingLine | None, department: str | None) -> None:
        if line is not None:
            fact = self._facts.get_of(uscc, "line", f"{line.filing}/{uscc}")
            made = replace(line, visits_made=line.visits_made + 1)
            self._facts.set(
                fact_from(entry, "line", f"{line.filing}/{uscc}", made, department=fact.department, uscc=uscc)
                if fact
                else fact_from(entry, "line", f"{line.filing}/{uscc}", made, uscc=uscc)
            )
        if uscc and department:
            year = day_of(instant_of(entry.record.at)).year
            key = f"{uscc}/{year}/{department}"
            before = self._facts.get_of(uscc, "count", key)
            entered = before.load(VisitCount).entered if before else 0
            count = VisitCount(uscc, year, department, entered + 1)
            self._facts.set(fact_from(entry, "count", key, count, department=department, uscc=uscc))


def _department(body: GateDecision, line: FilingLine | None) -> str:
    """For whom the visit is made: the lead of the filing in force, else the first companion's department."""
    department = line.departments[0] if line else body.people[0].department if body.people else ""
    return column_text(department, NAME_LENGTH)


_NAMES = tuple(column.name for column in visits.c)
_by_visit = RowsIn(select(visits).where(visits.c.visit.in_(bindparam("visits", expanding=True))), "visits")
_OF_RECORD = select(visits.c.visit).where(visits.c.record_id == bindparam("record_id"))
_UPDATE = (
    update(visits)
    .where(visits.c.visit == bindparam("b_visit"))
    .values({column: bindparam(f"b_{column.name}") for column in visits.c if column.name != "visit"})
)
