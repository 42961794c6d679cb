"""The one log: what a leaf says, what a receipt promises. The tree is in `merkle`, signed heads are in `checkpoint`."""

from __future__ import annotations

from dataclasses import dataclass

from shared_models import cbor
from shared_models.checkpoint import (
    Checkpoint,
    checkpoint_to_be_signed,
    open_checkpoint,
    peek_checkpoint,
    sign_checkpoint,
    verifier_key,
)
from shared_models.errors import BadlyFormedError, ProofMismatchError
from shared_models.merkle import (
    EMPTY_ROOT,
    HASH_BYTES,
    consistency_proof,
    inclusion_proof,
    inclusion_proofs,
    leaf_hash,
    new_nodes,
    node_hash,
    nodes_for_append,
    nodes_for_consistency,
    nodes_for_inclusion,
    nodes_for_inclusions,
    root,
    verify_consistency,
    verify_inclusion,
)

__all__ = [
    "ACCEPTED",
    "EMPTY_ROOT",
    "SET_ASIDE",
    "Checkpoint",
    "Leaf",
    "Receipt",
    "checkpoint_to_be_signed",
    "consistency_proof",
    "inclusion_proof",
    "inclusion_proofs",
    "leaf_data",
    "leaf_hash",
    "new_nodes",
    "node_hash",
    "nodes_for_append",
    "nodes_for_consistency",
    "nodes_for_inclusion",
    "nodes_for_inclusions",
    "open_checkpoint",
    "peek_checkpoint",
    "read_leaf",
    "root",
    "sign_checkpoint",
    "verifier_key",
    "verify_consistency",
    "verify_inclusion",
    "verify_receipt",
]

ACCEPTED, SET_ASIDE = "accepted", "set_aside"
_LEAF_VERSION = 1


@dataclass(frozen=True, slots=True)
class Leaf:
    """What the tree binds of an entry. `received_at` in milliseconds; `code` says why it was set aside."""

    record_id: bytes
    received_at: int
    status: str
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """That a record stands at `index`, with the proof that leads to a checkpoint's root."""

    id: bytes
    index: int
    received_at: int
    status: str
    code: str | None
    proof: tuple[bytes, ...]


def leaf_data(leaf: Leaf) -> bytes:
    return cbor.encode([_LEAF_VERSION, leaf.record_id, leaf.received_at, leaf.status, leaf.code])


def read_leaf(data: bytes) -> Leaf:
    """Raises BadlyFormedError, also for a version that this program does not know."""
    plain = cbor.decode(data)
    if type(plain) is not list or len(plain) != 5 or plain[0] != _LEAF_VERSION:  # noqa: PLR2004
        raise BadlyFormedError("leaf", "must be a leaf of version 1")
    leaf = Leaf(*plain[1:])
    _check(leaf.record_id, leaf.received_at, leaf.status, leaf.code)
    return leaf


def verify_receipt(receipt: Receipt, record_id: bytes, checkpoint: Checkpoint) -> None:
    """Raises ProofMismatchError. The checkpoint must come from `open_checkpoint`: an unsigned root proves nothing."""
    _check(receipt.id, receipt.received_at, receipt.status, receipt.code)
    if receipt.id != record_id:
        raise ProofMismatchError
    leaf = Leaf(record_id, receipt.received_at, receipt.status, receipt.code)
    verify_inclusion(leaf_hash(leaf_data(leaf)), receipt.index, checkpoint.size, receipt.proof, checkpoint.root)


def _check(record_id: object, received_at: object, status: object, code: object) -> None:
    if type(record_id) is not bytes or len(record_id) != HASH_BYTES:
        raise BadlyFormedError("id", "must be 32 bytes")
    if type(received_at) is not int or received_at < 0:
        raise BadlyFormedError("received_at", "must be a non-negative integer")
    if status not in (ACCEPTED, SET_ASIDE):
        raise BadlyFormedError("status", "must be accepted or set_aside")
    if code is not None and type(code) is not str:
        raise BadlyFormedError("code", "must be a text or null")
