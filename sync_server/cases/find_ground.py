"""The letter or finding that a case is opened on, as the log holds it, and who was there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, Row, select

from shared_models.calendar import day_of
from shared_models.case_acts import CaseGround
from shared_models.commitment import Finding, LetterRefused, LetterSigned
from shared_models.errors import ZhuqiError
from shared_models.kinds import body_of
from shared_models.leniency import LeniencyFacts
from shared_models.log import ACCEPTED
from shared_models.record import Record, peek
from shared_models.visit import Companion, GateDecision
from sync_server.clock import instant_of
from sync_server.errors import NotFoundError
from sync_server.storage.tables import log_entries, visits


@dataclass(frozen=True, slots=True)
class Ground:
    """`finding` is the letter's, or the record itself; `leniency` is the letter's.

    `departments` are those of the people of the visit, the officer's own first.
    """

    kind: CaseGround
    record: bytes
    finding: bytes
    enterprise: str
    field: str
    what: str
    found_on: date
    visit: bytes | None
    leniency: LeniencyFacts | None
    people: tuple[Companion, ...]
    departments: tuple[str, ...]


def find_ground(connection: Connection, record_id: bytes) -> Ground:
    """Raises NotFoundError for a record that is neither, or was not accepted."""
    record, body = _record(connection, record_id)
    if isinstance(body, LetterSigned | LetterRefused):
        letter = body.letter
        found, finding = _record(connection, letter.finding)
        people, departments = _visit(connection, record)
        return Ground(
            kind=CaseGround.LETTER,
            record=record_id,
            finding=letter.finding,
            enterprise=letter.enterprise,
            field=finding.field if isinstance(finding, Finding) else "",
            what=letter.facts,
            found_on=_day(found or record),
            visit=record.visit if record else None,
            leniency=letter.leniency,
            people=people,
            departments=departments,
        )
    if isinstance(body, Finding) and record is not None:
        people, departments = _visit(connection, record)
        return Ground(
            kind=CaseGround.FINDING,
            record=record_id,
            finding=record_id,
            enterprise=body.enterprise,
            field=body.field,
            what=body.what,
            found_on=_day(record),
            visit=record.visit,
            leniency=None,
            people=people,
            departments=departments,
        )
    raise NotFoundError("ground", record_id.hex())


def _record(connection: Connection, record_id: bytes) -> tuple[Record | None, object]:
    query = select(log_entries.c.envelope).where(log_entries.c.record_id == record_id, log_entries.c.status == ACCEPTED)
    row = connection.execute(query).one_or_none()
    return _body(row) if row is not None else (None, None)


def _body(row: Row[tuple[bytes]]) -> tuple[Record | None, object]:
    try:
        record = peek(bytes(row.envelope))
        return record, body_of(record)
    except ZhuqiError:
        return None, None


def _visit(connection: Connection, record: Record | None) -> tuple[tuple[Companion, ...], tuple[str, ...]]:
    if record is None or record.visit is None:
        return (), ()
    row = connection.execute(
        select(visits.c.record_id, visits.c.department).where(visits.c.visit == record.visit)
    ).one_or_none()
    if row is None:
        return (), ()
    _, opening = _record(connection, bytes(row.record_id))
    people = opening.people if isinstance(opening, GateDecision) else ()
    departments = (row.department, *(one.department for one in people if one.licence))
    return people, tuple(dict.fromkeys(departments))


def _day(record: Record | None) -> date:
    """As the phone's clock had it; of a record that is far off, the nearest day that there is."""
    try:
        return day_of(instant_of(record.at if record else 0))
    except (OverflowError, ZhuqiError):
        return date.max
