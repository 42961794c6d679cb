"""Verify records as an auditor would, with the same functions that phones and the command line use."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from shared_models.chain import FIRST_SEQ
from shared_models.errors import ZhuqiError
from shared_models.log import Checkpoint, Receipt, verify_receipt
from shared_models.record import Record, open_record
from sync_server.supervision.shown_visit import Check, Checked


@dataclass(frozen=True, slots=True)
class LoggedRecord:
    """A record as it lies in the log, read but not verified. `kind` and `v` may be from a newer app."""

    index: int
    id: bytes
    envelope: bytes
    received_at: int
    status: str
    code: str | None
    record: Record


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that the checks rest on. `checkpoint` null: the county's own checkpoint does not verify."""

    keys: Mapping[bytes, bytes]
    """Public keys by kid, phones' and the server's."""
    server_kids: frozenset[bytes]
    earlier: Mapping[tuple[bytes, int], frozenset[bytes]]
    """Ids of what stands in the log by author and number."""
    proofs: Mapping[int, tuple[bytes, ...]]
    roots: Mapping[int, bytes]
    """Of the log at the sizes that the records say their phone had seen."""
    checkpoint: Checkpoint | None


def check_record(logged: LoggedRecord, evidence: Evidence) -> Checked:
    codes: list[str] = []
    signature = _signature(logged, evidence, codes)
    chain = _chain(logged, evidence, codes)
    inclusion = _inclusion(logged, evidence, codes)
    witness = _witness(logged, evidence, codes)
    return Checked(signature, chain, inclusion, witness, tuple(codes))


def _signature(logged: LoggedRecord, evidence: Evidence, codes: list[str]) -> Check:
    key = evidence.keys.get(logged.record.author)
    if key is None:
        codes.append("unknown_key")
        return Check.BAD
    try:
        open_record(logged.envelope, key)
    except ZhuqiError as err:
        codes.append(err.code)
        return Check.BAD
    return Check.GOOD


def _chain(logged: LoggedRecord, evidence: Evidence, codes: list[str]) -> Check:
    record = logged.record
    if record.author in evidence.server_kids:
        # the county's acts stand in the log's own order, without a chain beside it
        return Check.GOOD if record.prev is None and record.seq == logged.index else _bad("chain_broken", codes)
    here = evidence.earlier.get((record.author, record.seq), frozenset())
    before = evidence.earlier.get((record.author, record.seq - 1), frozenset())
    if logged.code == "chain_fork" or len(here | {logged.id}) > 1:
        return _bad("chain_fork", codes)
    if record.seq == FIRST_SEQ:
        return Check.GOOD if record.prev is None else _bad("chain_broken", codes)
    if not before:
        codes.append("chain_gap")
        return Check.WAITING
    return Check.GOOD if record.prev in before else _bad("chain_broken", codes)


def _inclusion(logged: LoggedRecord, evidence: Evidence, codes: list[str]) -> Check:
    if evidence.checkpoint is None:
        return Check.BAD
    proof = evidence.proofs.get(logged.index, ())
    receipt = Receipt(logged.id, logged.index, logged.received_at, logged.status, logged.code, proof)
    try:
        verify_receipt(receipt, logged.id, evidence.checkpoint)
    except ZhuqiError as err:
        return _bad(err.code, codes)
    return Check.GOOD


def _witness(logged: LoggedRecord, evidence: Evidence, codes: list[str]) -> Check:
    """The phone signed the root of a checkpoint that it held: the log still has that root at that size."""
    seen = logged.record.seen
    if seen is None:
        return Check.GOOD
    return Check.GOOD if evidence.roots.get(seen.size) == seen.root else _bad("seen_impossible", codes)


def _bad(code: str, codes: list[str]) -> Check:
    codes.append(code)
    return Check.BAD


def places_before(records: Iterable[LoggedRecord], server_kids: frozenset[bytes]) -> set[tuple[bytes, int]]:
    """The chain places that `Evidence.earlier` must cover."""
    phones = [logged.record for logged in records if logged.record.author not in server_kids]
    return {(record.author, seq) for record in phones for seq in (record.seq - 1, record.seq)}
