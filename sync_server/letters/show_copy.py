"""The copy's page as values: what the log holds of it, checked just now, or what the code itself says until then."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from shared_models.calendar import day_of
from shared_models.copy_code import Copied, Copy
from shared_models.county import PhoneTrust
from shared_models.enterprise import Enterprise
from shared_models.errors import ZhuqiError
from shared_models.filing import Purpose
from shared_models.kinds import body_of
from shared_models.log import ACCEPTED, Leaf, leaf_data, leaf_hash, verify_inclusion
from shared_models.people import Department
from shared_models.record import open_record, peek
from shared_models.visit import Companion, GateDecision, Guidance, LegalEducation
from sync_server.county import County
from sync_server.letters.copy_progress import CopyProgress, copy_progress
from sync_server.letters.read_letter import FoundLetter, find_letter
from sync_server.log.tree import TreeReader, log_size
from sync_server.storage.engine import reading
from sync_server.storage.facts import current_facts
from sync_server.storage.tables import log_entries, visits


@dataclass(frozen=True, slots=True)
class CopyProof:
    """`is_good`: the signature stands, and the record is in the log."""

    record_id: str
    index: int
    received_at: int
    is_good: bool


@dataclass(frozen=True, slots=True)
class ShownCopy:
    """`letter` and `advised` come from the log; both are empty while nothing has arrived."""

    copy: Copy
    letter: FoundLetter | None = None
    opening: GateDecision | None = None
    opened_at: int | None = None
    enterprise: Enterprise | None = None
    people: tuple[tuple[Companion, str], ...] = ()
    """With the names of their departments."""
    advised: tuple[Guidance | LegalEducation, ...] = ()
    proof: CopyProof | None = None
    progress: CopyProgress | None = None
    is_disguised: bool = False
    """A letter from a visit whose purpose allows none (三.4)."""
    may_confirm: bool = False
    may_contest: bool = False


def show_copy(county: County, copy: Copy) -> ShownCopy:
    with reading(county.engine) as connection:
        if copy.kind is Copied.LETTER:
            return _letter(county, connection, copy)
        return _visit(connection, copy)


def _letter(county: County, connection: Connection, copy: Copy) -> ShownCopy:
    found = find_letter(connection, copy.record)
    if found is None:
        return ShownCopy(copy)
    today = day_of(county.clock.now())
    return ShownCopy(
        copy,
        letter=found,
        enterprise=_enterprise(connection, found.letter.enterprise),
        proof=_proof(connection, copy.record),
        progress=copy_progress(connection, copy.record, today),
        is_disguised=_is_disguised(connection, found),
        may_confirm=found.may_confirm(today),
        may_contest=found.may_answer(today),
    )


def _is_disguised(connection: Connection, found: FoundLetter) -> bool:
    purpose = connection.execute(
        select(visits.c.purpose).where(visits.c.visit == found.record.visit)
    ).scalar_one_or_none()
    return purpose is not None and not Purpose(purpose).may_find


def _visit(connection: Connection, copy: Copy) -> ShownCopy:
    """What was advised on a visit, or that the visit was: its opening is the record that the code names."""
    row = connection.execute(select(visits).where(visits.c.record_id == copy.record)).one_or_none()
    if row is None:
        return ShownCopy(copy)
    of_visit = select(log_entries.c.envelope, log_entries.c.record_id).where(
        log_entries.c.visit == row.visit, log_entries.c.status == ACCEPTED, log_entries.c.author == row.author
    )
    bodies: dict[bytes, Any] = {}
    for envelope, record_id in connection.execute(of_visit.order_by(log_entries.c.seq)):
        try:
            bodies[bytes(record_id)] = body_of(peek(bytes(envelope)))
        except ZhuqiError:
            continue
    opening = bodies.get(copy.record)
    if not isinstance(opening, GateDecision):
        return ShownCopy(copy)
    advised = tuple(one for one in bodies.values() if isinstance(one, Guidance | LegalEducation))
    return ShownCopy(
        copy,
        opening=opening,
        opened_at=row.at,
        enterprise=_enterprise(connection, opening.enterprise),
        people=_people(connection, opening.people),
        advised=advised if copy.kind is Copied.GUIDANCE else (),
        proof=_proof(connection, copy.record),
    )


def _people(connection: Connection, people: tuple[Companion, ...]) -> tuple[tuple[Companion, str], ...]:
    ids = {one.department for one in people if one.department and "\x00" not in one.department}
    known = {key: fact.load(Department).name for key, fact in current_facts(connection, "department", ids).items()}
    return tuple((one, known.get(one.department, one.department)) for one in people)


def _enterprise(connection: Connection, uscc: str) -> Enterprise | None:
    if "\x00" in uscc:
        return None
    fact = current_facts(connection, "enterprise", [uscc]).get(uscc)
    return fact.load(Enterprise) if fact else None


def _proof(connection: Connection, record_id: bytes) -> CopyProof | None:
    row = connection.execute(select(log_entries).where(log_entries.c.record_id == record_id)).one_or_none()
    if row is None:
        return None
    index = int(row[0])
    return CopyProof(record_id.hex(), index, row.received_at, _is_good(connection, row, index))


def _is_good(connection: Connection, row: Any, index: int) -> bool:
    fact = current_facts(connection, "phone", [bytes(row.author).hex()]).get(bytes(row.author).hex())
    size, tree = log_size(connection), TreeReader(connection)
    leaf = leaf_hash(leaf_data(Leaf(bytes(row.record_id), row.received_at, row.status, row.code)))
    try:
        if fact is None:
            return False
        open_record(bytes(row.envelope), fact.load(PhoneTrust).public_key)
        verify_inclusion(leaf, index, size, tree.inclusion_proofs([index], size)[0], tree.root(size))
    except (ZhuqiError, KeyError):  # a node that somebody took away fails as a wrong one does
        return False
    return True
