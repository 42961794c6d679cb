"""Read all that a visit's page rests on, in about ten queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Connection, Row, Select, and_, or_, select, union_all

from shared_models.chain import Link, gaps
from shared_models.county import PhoneTrust
from shared_models.errors import ZhuqiError
from shared_models.kinds import body_of
from shared_models.log import Checkpoint
from shared_models.record import Record, peek, record_id
from shared_models.visit import GateDecision, Photo
from sync_server.check.views import meeting_of
from sync_server.county import County
from sync_server.errors import NotFoundError
from sync_server.storage.facts import Fact, current_facts_of, fact_of
from sync_server.storage.tables import CURRENT, chains, checks, decisions, facts, log_entries, mentions, visits
from sync_server.supervision.check_records import LoggedRecord, check_record
from sync_server.supervision.gather_evidence import gather_evidence
from sync_server.supervision.shown_visit import Checked

T = TypeVar("T")
_ENTRY_COLUMNS = select(
    log_entries.c.index,
    log_entries.c.record_id,
    log_entries.c.envelope,
    log_entries.c.received_at,
    log_entries.c.status,
    log_entries.c.code,
    log_entries.c.author,
    log_entries.c.seq,
    log_entries.c.visit,
)
UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Gathered:
    """`row`, of the table of visits, is null where no accepted record made one.

    `bodies` go by log index, null where this release does not know the kind.
    """

    row: Any
    records: tuple[LoggedRecord, ...]
    bodies: Mapping[int, Any]
    checked: Mapping[int, Checked]
    checkpoint: Checkpoint | None
    facts: Mapping[tuple[str, str], Fact]
    officers: Mapping[bytes, str]
    """Ids of persons by their phone's kid."""
    server_kids: frozenset[bytes]
    decisions: tuple[Any, ...]
    chains: tuple[Any, ...]
    missing: Mapping[bytes, tuple[tuple[int, int], ...]]

    def load(self, kind: str, key: str, cls: type[T]) -> T | None:
        fact = self.facts.get((kind, key))
        return fact.load(cls) if fact else None

    @property
    def opening(self) -> tuple[LoggedRecord, GateDecision] | None:
        if self.row is None:
            return None
        found = next((one for one in self.records if one.index == self.row.index), None)
        body = self.bodies[found.index] if found else None
        return (found, body) if found is not None and isinstance(body, GateDecision) else None


def gather_visit(county: County, connection: Connection, visit: bytes) -> Gathered:
    """Raises NotFoundError."""
    row = connection.execute(select(visits).where(visits.c.visit == visit)).one_or_none()
    of_visit = _ENTRY_COLUMNS.where(log_entries.c.visit == visit)
    query: Any = union_all(of_visit, _early_checks(row), _joined(visit)).order_by("index")
    records = tuple(_logged(one) for one in connection.execute(query))
    if not records:
        raise NotFoundError("visit", visit.hex())
    bodies = {one.index: _body(one) for one in records}
    of_enterprise = {(fact.kind, fact.key): fact for fact in current_facts_of(connection, [row.uscc] if row else [])}
    found = _named_facts(connection, records, bodies, row)
    trusts = {bytes.fromhex(key): fact.load(PhoneTrust) for (kind, key), fact in found.items() if kind == "phone"}
    phone_keys = {kid: trust.public_key for kid, trust in trusts.items()}
    evidence = gather_evidence(county, connection, records, phone_keys)
    phones = {one.record.author for one in records} - evidence.server_kids
    chain_rows = tuple(connection.execute(select(chains).where(chains.c.author.in_(sorted(phones)))))
    second = select(decisions).where(decisions.c.visit == visit).order_by(decisions.c.index)
    return Gathered(
        row=row,
        records=records,
        bodies=bodies,
        checked={one.index: check_record(one, evidence) for one in records},
        checkpoint=evidence.checkpoint,
        facts=of_enterprise | found,
        officers={kid: trust.officer for kid, trust in trusts.items()},
        server_kids=evidence.server_kids,
        decisions=tuple(connection.execute(second)),
        chains=chain_rows,
        missing=_missing(connection, chain_rows),
    )


def find_record(connection: Connection, visit: bytes, identity: bytes) -> LoggedRecord:
    """Raises NotFoundError where the visit has no such record."""
    of_visit = _ENTRY_COLUMNS.where(log_entries.c.record_id == identity, log_entries.c.visit == visit)
    row = connection.execute(select(visits).where(visits.c.visit == visit)).one_or_none()
    elsewhere = (one.where(log_entries.c.record_id == identity) for one in (_early_checks(row), _joined(visit)))
    query: Any = union_all(of_visit, *elsewhere)
    row = connection.execute(query).one_or_none()
    if row is None:
        raise NotFoundError("record", identity.hex())
    return _logged(row)


def _early_checks(row: Row[Any] | None) -> Select[Any]:
    """Checks of the visit's codes that came before its opening did: they name that, but not yet the visit."""
    names = [row.record_id, meeting_of(bytes(row.author), row.uscc, row.at)] if row is not None else []
    return _ENTRY_COLUMNS.join(checks, checks.c.index == log_entries.c.index).where(
        checks.c.opening.in_(names), log_entries.c.visit.is_(None)
    )


def _joined(visit: bytes) -> Select[Any]:
    """Who joined has seen a pass, which names the opening and not the visit."""
    return (
        _ENTRY_COLUMNS.join(mentions, mentions.c.index == log_entries.c.index)
        .join(visits, visits.c.record_id == mentions.c.record)
        .where(visits.c.visit == visit, log_entries.c.visit.is_(None))
    )


def find_photo(connection: Connection, visit: bytes, sha256: bytes) -> None:
    """Raises NotFoundError where no record of the visit names this picture."""
    query = _ENTRY_COLUMNS.where(log_entries.c.visit == visit, log_entries.c.kind == "photo_taken")
    bodies = (_body(_logged(row)) for row in connection.execute(query))
    if not any(isinstance(body, Photo) and body.sha256 == sha256 for body in bodies):
        raise NotFoundError("photo", sha256.hex())


def _logged(row: Any) -> LoggedRecord:
    """Whoever altered the database's bytes finds a page that says so, not one that fails."""
    envelope = bytes(row.envelope)
    try:
        record = peek(envelope)
    except ZhuqiError:
        place = {"author": bytes(row.author), "seq": row.seq, "prev": None, "visit": row.visit}
        record = Record(v=0, kind=UNREADABLE, at=row.received_at, seen=None, body={}, **place)
    return LoggedRecord(row.index, record_id(envelope), envelope, row.received_at, row.status, row.code, record)


def _body(logged: LoggedRecord) -> Any:
    try:
        return body_of(logged.record)
    except ZhuqiError:  # from a newer app, or set aside as malformed: the page says so
        return None


def _named_facts(
    connection: Connection, records: Iterable[LoggedRecord], bodies: Mapping[int, Any], row: Row[Any] | None
) -> dict[tuple[str, str], Fact]:
    """Phones, people and departments that the records name, in one query (and one for officers who joined)."""
    wanted = {("phone", one.record.author.hex()) for one in records}
    if row is not None and row.officer:
        wanted.add(("person", row.officer))
    for body in bodies.values():
        if isinstance(body, GateDecision):
            wanted |= {(kind, key) for one in body.people for kind, key in _names_of(one.id, one.department)}
            if body.claim:
                wanted.add(("person", body.claim.approver))
    wanted.add(("policy", "policy"))
    letters = [one.id.hex() for one in records if one.record.kind in ("letter_signed", "letter_refused")]
    wanted |= {("answer", key) for one in letters for key in (one, f"{one}/promise")}
    found = _facts(connection, wanted)
    officers = {("person", fact.load(PhoneTrust).officer) for (kind, _), fact in found.items() if kind == "phone"}
    others = officers - wanted
    found |= _facts(connection, others)
    more = {("department", fact.department) for (kind, _), fact in found.items() if kind == "person"}
    return found | _facts(connection, more - found.keys())


def _names_of(person: str, department: str) -> tuple[tuple[str, str], ...]:
    return ("person", person), ("department", department)


def _facts(connection: Connection, wanted: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Fact]:
    keys: dict[str, set[str]] = defaultdict(set)
    for kind, key in wanted:
        if key and "\x00" not in key:
            keys[kind].add(key)
    if not keys:
        return {}
    # one range of the primary key for each kind; pairs in one IN would be a scan on SQLite
    of_kinds = or_(*(and_(facts.c.kind == kind, facts.c.key.in_(sorted(some))) for kind, some in sorted(keys.items())))
    rows: Iterable[Any] = connection.execute(select(facts).where(of_kinds, facts.c.to_index == CURRENT))
    return {(row.kind, row.key): fact_of(row) for row in rows}


def _missing(connection: Connection, rows: Iterable[Row[Any]]) -> dict[bytes, tuple[tuple[int, int], ...]]:
    """The gaps of those chains that have any; whole ones are not read."""
    missing = {}
    for row in rows:
        if row.head_seq != row.entries:
            query = select(log_entries.c.seq).where(log_entries.c.author == row.author).order_by(log_entries.c.seq)
            links = [Link(seq, b"", None) for seq in connection.execute(query).scalars()]
            missing[row.author] = gaps(links)
    return missing
