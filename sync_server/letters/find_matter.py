"""A matter as its row and its records say it; what the pages show and what the acts are checked against."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from sqlalchemy import Connection, Row, select

from shared_models.commitment import Commitment, Finding, LetterRefused, LetterSigned
from shared_models.errors import ZhuqiError
from shared_models.kinds import body_of
from shared_models.record import peek
from sync_server.errors import NotFoundError, WrongStateError
from sync_server.letters.matter_states import DecisionState, First, FollowUp, MatterKind, MatterState
from sync_server.letters.tables import matters
from sync_server.storage.tables import log_entries, visits

_ID_BYTES = 32


@dataclass(frozen=True, slots=True)
class Matter:
    """`finding` is null where its record has not arrived; `letter` where none was written."""

    record: bytes
    kind: MatterKind
    visit: bytes | None
    uscc: str
    department: str
    field: str
    number: str
    found_on: date
    due: date
    state: MatterState
    is_over: bool
    is_contested: bool
    first: First
    decision: DecisionState
    shown_at: int | None
    follow_up: FollowUp
    follow_up_on: str
    case_number: str
    finding_id: bytes
    letter: LetterSigned | LetterRefused | None
    finding: Finding | None

    @property
    def commitment(self) -> Commitment | None:
        return self.letter.letter if self.letter else None

    @property
    def what(self) -> str:
        if self.letter is not None:
            return self.letter.letter.facts
        return self.finding.what if self.finding else ""

    @property
    def officers(self) -> tuple[str, ...]:
        """Ids of those who signed the letter."""
        signed = self.letter.officers if self.letter else ()
        return tuple(one.officer for one in signed if one.officer)

    @property
    def may_be_decided(self) -> bool:
        """Whether it waits for the decision on sparing; an objection is answered first."""
        return self.decision is DecisionState.NEEDED and not self.case_number and not self.is_contested

    def is_overdue(self, today: date) -> bool:
        return not self.is_over and self.due < today

    def may_be_broken(self, today: date) -> bool:
        """Past its day, or shown and not kept; who was given a new day has until then, who contests it an answer."""
        if self.is_over or self.is_contested:
            return False
        return self.due < today or self.state in (MatterState.SHOWN, MatterState.ON_SITE)


def find_matter(connection: Connection, record: bytes) -> Matter:
    """Raises NotFoundError."""
    row = connection.execute(select(matters).where(matters.c.record == record)).one_or_none()
    if row is None:
        raise NotFoundError("letter", record.hex())
    return matters_of(connection, [row])[0]


def is_a_case(connection: Connection, finding: bytes) -> bool:
    """Through its letter or by itself."""
    query = select(matters.c.record).where(matters.c.finding == finding, matters.c.case_number != "")
    return connection.execute(query.limit(1)).one_or_none() is not None


def check_may_become_case(connection: Connection, finding: bytes) -> None:
    """One finding, one case; and an objection is answered first (行政处罚法 45). Raises WrongStateError."""
    columns = (matters.c.record, matters.c.state, matters.c.is_contested, matters.c.case_number)
    for row in connection.execute(select(*columns).where(matters.c.finding == finding).order_by(matters.c.record)):
        if row.case_number:
            raise WrongStateError("case", row.case_number, "opened")
        if row.is_contested or row.state == MatterState.UNFOUNDED:
            raise WrongStateError("letter", bytes(row.record).hex(), row.state)


def matters_of(connection: Connection, rows: list[Row[tuple[object, ...]]]) -> list[Matter]:
    """Rows of the table with the records that they are about, read at once."""
    bodies = bodies_of(connection, {bytes(one) for row in rows for one in (row.record, row.finding)})
    return [_matter(row, bodies) for row in rows]


def bodies_of(connection: Connection, records: set[bytes]) -> dict[bytes, object]:
    """What the log holds under these ids and this release can read."""
    query = select(log_entries.c.record_id, log_entries.c.envelope).where(log_entries.c.record_id.in_(sorted(records)))
    read = ((bytes(record), _read(bytes(envelope))) for record, envelope in connection.execute(query))
    return {record: body for record, body in read if body is not None}


@lru_cache(maxsize=1_024)
def _read(envelope: bytes) -> object | None:
    """Records never change: the same few are listed at every look."""
    try:
        body: object = body_of(peek(envelope))
    except ZhuqiError:
        return None
    return body


def officers_of(connection: Connection, matter: Matter) -> tuple[str, ...]:
    """Who signed the letter; for a finding alone, whose phone has noted it."""
    if matter.officers or matter.visit is None:
        return matter.officers
    query = select(visits.c.officer).where(visits.c.visit == matter.visit)
    return tuple(one for one in connection.execute(query).scalars() if one)


def record_id_of(text: str) -> bytes:
    """From an address. Raises NotFoundError."""
    try:
        record = bytes.fromhex(text)
    except ValueError as err:
        raise NotFoundError("letter", text[:64]) from err
    if len(record) != _ID_BYTES or record.hex() != text:
        raise NotFoundError("letter", text[:64])
    return record


def _matter(row: Row[tuple[object, ...]], bodies: dict[bytes, object]) -> Matter:
    own, finding = bodies.get(bytes(row.record)), bodies.get(bytes(row.finding))
    return Matter(
        record=bytes(row.record),
        kind=MatterKind(row.kind),
        visit=bytes(row.visit) if row.visit else None,
        uscc=row.uscc,
        department=row.department,
        field=row.field,
        number=row.number,
        found_on=date.fromisoformat(row.found_on),
        due=date.fromisoformat(row.due),
        state=MatterState(row.state),
        is_over=row.is_over,
        is_contested=row.is_contested,
        first=First(row.first),
        decision=DecisionState(row.decision),
        shown_at=row.shown_at,
        follow_up=FollowUp(row.follow_up),
        follow_up_on=row.follow_up_on,
        case_number=row.case_number,
        finding_id=bytes(row.finding),
        letter=own if isinstance(own, LetterSigned | LetterRefused) else None,
        finding=finding if isinstance(finding, Finding) else None,
    )
