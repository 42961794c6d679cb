"""Take what phones send: one receipt a record, idempotent by id, and no bad record ever blocks another."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select

from shared_models import cbor, cose
from shared_models.chain import FIRST_SEQ
from shared_models.county import PhoneTrust
from shared_models.errors import BadlyFormedError, UnknownKeyError, UnsupportedError, ZhuqiError
from shared_models.kinds import KINDS, Author, body_of
from shared_models.log import Receipt
from shared_models.record import MAX_ENVELOPE_BYTES, Record, decode
from shared_models.sync import MAX_MESSAGE_BYTES, RecordsReply, Refused
from sync_server.clock import milliseconds
from sync_server.county import County
from sync_server.log.entries import Entry, NewEntry, Stored
from sync_server.log.tree import TreeReader, log_size, signed_checkpoint
from sync_server.log.writing import Writing, reading, writing
from sync_server.storage.bulk import RowsIn, rows_of
from sync_server.storage.facts import current_facts
from sync_server.storage.tables import log_entries
from sync_server.visits.chain_views import CHAIN_FORK
from sync_server.visits.views import REFUSED as VISIT_REFUSED

MAX_RECORDS = 200
AUTHOR_REVOKED, FROM_NEWER_APP, BODY_MALFORMED = "author_revoked", "from_newer_app", "body_malformed"
SEEN_IMPOSSIBLE, VISIT_EXISTS = "seen_impossible", "visit_exists"
_TIMES = range(milliseconds(datetime(2000, 1, 1, tzinfo=UTC)), milliseconds(datetime(9000, 1, 1, tzinfo=UTC)))
"""What a record may say of its time: with room on both sides for time zones and working days."""
_MAX_SEQ = 2**62
_Opened = dict[bytes, NewEntry]
"""What an upload brings, by the records' ids."""
_Appended = tuple[tuple[Receipt, ...], str]
"""Receipts, and the checkpoint that their proofs lead to."""


def accept_records(county: County, data: bytes) -> RecordsReply:
    """Durable before it returns. Raises BadlyFormedError or TooLargeError where the bytes are no sequence at all."""
    items = cbor.split_sequence(data, max_bytes=MAX_MESSAGE_BYTES, max_items=MAX_RECORDS)
    opened, refused = _open_all(county, items)
    if opened:
        receipts, checkpoint = county.uploads.do(opened, lambda uploads: _append_all(county, uploads))
    else:
        receipts, checkpoint = (), _checkpoint_now(county)
    return RecordsReply(checkpoint, receipts, tuple(refused), int(county.clock.now().timestamp()))


def _append_all(county: County, uploads: Sequence[_Opened]) -> list[_Appended]:
    """In one transaction, for each upload its part."""
    opened: _Opened = {}
    for upload in uploads:
        opened |= upload
    with writing(county) as tx:
        stored = _append_new(tx, sorted(opened.values(), key=lambda one: (one.record.author, one.record.seq)))
        size, root = tx.size, tx.tree.root(tx.size)
        proofs = tx.tree.inclusion_proofs([stored[record_id].index for record_id in opened], size)
    receipts = {id_: _receipt(stored[id_], proof) for id_, proof in zip(opened, proofs, strict=True)}
    checkpoint = signed_checkpoint(county, size, root)
    return [(tuple([receipts[record_id] for record_id in upload]), checkpoint) for upload in uploads]


def _checkpoint_now(county: County) -> str:
    with reading(county) as connection:
        size = log_size(connection)
        root = TreeReader(connection, county.kept).root(size)
    return signed_checkpoint(county, size, root)


def _open_all(county: County, items: Sequence[bytes]) -> tuple[_Opened, list[Refused]]:
    parsed: list[tuple[bytes, cose.Sign1, Record]] = []
    refused: list[Refused] = []
    for item in items:
        try:
            sign1 = cose.parse_own(item, max_bytes=MAX_ENVELOPE_BYTES)
            record = decode(sign1.payload)
            if record.author != sign1.kid or not FIRST_SEQ <= record.seq < _MAX_SEQ:
                raise UnknownKeyError(record.author.hex())
            parsed.append((item, sign1, record))
        except ZhuqiError as err:
            refused.append(Refused(hashlib.sha256(item).digest(), err.code))
    keys = _public_keys(county, {record.author for _, _, record in parsed})
    genuine: list[tuple[bytes, Record]] = []
    for envelope, sign1, record in parsed:
        try:
            if record.author not in keys:
                raise UnknownKeyError(record.author.hex())
            cose.verify(sign1, keys[record.author], cose.AAD_RECORD)
        except ZhuqiError as err:
            refused.append(Refused(hashlib.sha256(envelope).digest(), err.code))
        else:
            genuine.append((envelope, record))
    opened: _Opened = {}
    for envelope, record in genuine:
        record_id = hashlib.sha256(envelope).digest()
        opened[record_id] = NewEntry(record_id, envelope, record, *_read_body(record))
    return opened, refused


def _public_keys(county: County, authors: set[bytes]) -> dict[bytes, bytes]:
    kept = county.kept.public_keys
    known = {author: kept[author] for author in authors if author in kept}
    if unknown := [author.hex() for author in authors if author not in known]:
        with reading(county) as connection:
            facts = current_facts(connection, "phone", unknown)
        found = {bytes.fromhex(key): fact.load(PhoneTrust).public_key for key, fact in facts.items()}
        county.kept.keep_keys(found)
        known |= found
    return known


def _read_body(record: Record) -> tuple[Any, str | None]:
    try:
        body = body_of(record)
        kind = KINDS[record.kind]
        if kind.author is not Author.PHONE or record.at not in _TIMES:
            return None, BODY_MALFORMED
    except UnsupportedError:
        return None, FROM_NEWER_APP
    except BadlyFormedError:
        return None, BODY_MALFORMED
    needs_visit = record.kind in ("visit_opened", "visit_refused", "visit_closed")
    return (None, BODY_MALFORMED) if needs_visit and record.visit is None else (body, None)


@dataclass(slots=True)
class _Chains:
    """Heads as they grow within one batch."""

    heads: dict[bytes, tuple[int, bytes]]
    known: dict[bytes, Stored]
    batch: dict[bytes, tuple[bytes, int, str | None]]
    taken: set[tuple[bytes, int]] = field(default_factory=set)


def _append_new(tx: Writing, opened: Sequence[NewEntry]) -> Mapping[bytes, Stored | Entry]:
    """Append what the log does not hold yet; all of them as they stand in it."""
    named = {one.record_id for one in opened} | {one.record.prev for one in opened if one.record.prev}
    known = _stored(tx.connection, named)
    fresh = [one for one in opened if one.record_id not in known]
    if not fresh:
        return known
    authors = {one.record.author for one in fresh}
    revoked = _revoked(tx, authors)
    heads = {author: (head.head_seq, head.head_id) for author, head in tx.views.chains.heads(authors).items()}
    tx.views.visits.prefetch_visits(one.record.visit for one in fresh if one.record.visit)
    chains = _Chains(heads, known, {one.record_id: (one.record.author, one.record.seq, None) for one in fresh})
    visits: set[bytes] = set()
    new: list[NewEntry] = []
    for one in fresh:
        code = (
            _chain_fault(tx, one, chains)
            or (AUTHOR_REVOKED if one.record.author in revoked else None)
            or (SEEN_IMPOSSIBLE if _is_impossible(tx, one.record) else None)
            or one.code
            or (VISIT_EXISTS if _is_taken(tx, one.record, visits) else None)
        )
        _grow(chains, one, code)
        if code is None and one.record.kind == "visit_opened" and one.record.visit:
            visits.add(one.record.visit)
        new.append(one if code == one.code else replace(one, code=code))
    return {**known, **{entry.record_id: entry for entry in tx.append(new)}}


def _revoked(tx: Writing, authors: set[bytes]) -> set[bytes]:
    tx.facts.prefetch_many({("policy", "policy"), *(("phone", author.hex()) for author in authors)})
    trusts = {author: tx.facts.get("phone", author.hex()) for author in authors}
    return {author for author, fact in trusts.items() if fact and fact.load(PhoneTrust).revoked}


def _chain_fault(tx: Writing, one: NewEntry, chains: _Chains) -> str | None:
    """`chain_fork` where another record stands in this one's place, or it follows one that is not on the chain."""
    record = one.record
    seq, head = chains.heads.get(record.author, (0, None))
    if record.seq == seq + 1 and record.prev == head:
        return None
    before = _link(chains, record.prev) if record.prev else (record.author, 0, None)
    if before is not None and (before[0] != record.author or before[1] != record.seq - 1 or before[2] == CHAIN_FORK):
        return CHAIN_FORK
    places = [record.seq] if before is not None else [record.seq, record.seq - 1]
    if any(_is_occupied(tx, record.author, place, chains) for place in places if place >= FIRST_SEQ):
        return CHAIN_FORK
    return None


def _link(chains: _Chains, record_id: bytes) -> tuple[bytes, int, str | None] | None:
    if record_id in chains.batch:
        return chains.batch[record_id]
    stored = chains.known.get(record_id)
    return (stored.author, stored.seq, stored.code) if stored else None


def _is_occupied(tx: Writing, author: bytes, seq: int, chains: _Chains) -> bool:
    if (author, seq) in chains.taken:
        return True
    return any(code != CHAIN_FORK for (code,) in rows_of(tx.connection, _AT_SEQ, author=author, seq=seq))


def _grow(chains: _Chains, one: NewEntry, code: str | None) -> None:
    record = one.record
    chains.batch[one.record_id] = (record.author, record.seq, code)
    if code != CHAIN_FORK:
        chains.taken.add((record.author, record.seq))
        if record.seq > chains.heads.get(record.author, (0, b""))[0]:
            chains.heads[record.author] = (record.seq, one.record_id)


def _is_impossible(tx: Writing, record: Record) -> bool:
    """Whether the record names a tree that this log never was, or a time that no checkpoint was issued at."""
    seen = record.seen
    return seen is not None and (
        seen.size > tx.size or tx.tree.root(seen.size) != seen.root or seen.issued_at * 1000 not in _TIMES
    )


def _is_taken(tx: Writing, record: Record, opened: set[bytes]) -> bool:
    """A visit is opened once, by the phone that was refused at its gate or by none."""
    visit = record.visit
    if record.kind != "visit_opened" or visit is None:
        return False
    state = tx.views.visits.state_of(visit)
    return visit in opened or (state is not None and state != (VISIT_REFUSED, record.author))


def _stored(connection: Connection, record_ids: Iterable[bytes]) -> dict[bytes, Stored]:
    found = (Stored(*row) for row in _by_id(connection, sorted(set(record_ids))))
    return {stored.record_id: stored for stored in found}


def _receipt(stored: Stored | Entry, proof: tuple[bytes, ...]) -> Receipt:
    return Receipt(stored.record_id, stored.index, stored.received_at, stored.status, stored.code, proof)


_by_id = RowsIn(
    select(
        log_entries.c.index,
        log_entries.c.record_id,
        log_entries.c.received_at,
        log_entries.c.status,
        log_entries.c.code,
        log_entries.c.author,
        log_entries.c.seq,
    ).where(log_entries.c.record_id.in_(bindparam("ids", expanding=True))),
    "ids",
)
_AT_SEQ = select(log_entries.c.code).where(
    log_entries.c.author == bindparam("author"), log_entries.c.seq == bindparam("seq")
)
