"""What phone and server say to each other, and what the phone does next, as plain values.

`plan` decides and does nothing: a runner carries out the steps and asks again. Nothing is ever merged, because
records are immutable and the phone never edits reference data (architecture, Sync).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from shared_models.cbor import decode, encode
from shared_models.log import Receipt
from shared_models.shape import from_plain, to_plain

MAX_BATCH = 50
MAX_MESSAGE_BYTES = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Refused:
    """Bytes that are not one signed envelope of a known author; they get no leaf and no receipt."""

    digest: bytes
    code: str


@dataclass(frozen=True, slots=True)
class RecordsReply:
    checkpoint: str
    receipts: tuple[Receipt, ...]
    refused: tuple[Refused, ...]
    server_time: int


@dataclass(frozen=True, slots=True)
class Head:
    """The server's head of one phone's chain. `resumed_*` name the newest `resumed` record in it.

    `missing` counts the records before the head that have not come (yet).
    """

    author: bytes
    server_time: int
    active: bool
    seq: int = 0
    id: bytes | None = None
    resumed_seq: int | None = None
    resumed_id: bytes | None = None
    missing: int = 0


@dataclass(frozen=True, slots=True)
class ReferenceItem:
    """`body` is null where the item is gone, or no longer this phone's to see."""

    kind: str
    key: str
    body: dict | None  # type: ignore[type-arg]  # a plain CBOR map, see REFERENCE_KINDS


@dataclass(frozen=True, slots=True)
class ReferencePage:
    """State at log size `to`, as far as it changed after size `after`. The last page has no `next`."""

    after: int
    to: int
    cursor: str
    next: str | None
    items: tuple[ReferenceItem, ...]
    checkpoint: str
    consistency: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class EnrolmentRequest:
    """`proof` is the new key's signature over `secret`, so that nobody enrols a key that is not theirs."""

    secret: bytes
    public_key: bytes
    keystore: str
    proof: bytes


@dataclass(frozen=True, slots=True)
class EnrolmentReply:
    id: str
    root: bytes
    certificates: tuple[bytes, ...]
    words: tuple[str, ...]
    host: str = ""
    """The county's host in codes and in the log's origin; believed once a signed checkpoint names it."""


class EnrolmentState(StrEnum):
    WAITING = "waiting"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class EnrolmentAnswer:
    """`spoken_secret` makes the spoken codes (`shared_models.spoken`); given while the request is fresh."""

    state: EnrolmentState
    credential: bytes | None = None
    spoken_secret: bytes | None = None


def dump_message(message: object) -> bytes:
    return encode(to_plain(message))


def load_message(cls: type[Any], data: bytes) -> Any:
    """Raises BadlyFormedError or TooLargeError. What a newer release says beyond what is known here is passed over."""
    return from_plain(cls, decode(data, max_bytes=MAX_MESSAGE_BYTES), may_be_newer=True)


@dataclass(frozen=True, slots=True)
class Local:
    """What the phone holds, looked up against the server's head."""

    shared_seq: int
    """The newest place in the chain at which the server holds this phone's record, forks left aside."""
    unreceipted: tuple[bytes, ...]
    """Ids of records without a receipt, in chain order."""
    blobs_unconfirmed: tuple[bytes, ...]
    knows_head: bool
    """Whether the server's head is one of this phone's own records (or the server has none)."""
    knows_resumed: bool
    """Whether the newest `resumed` record that the server holds is this phone's own (or there is none)."""


@dataclass(frozen=True, slots=True)
class SendRecords:
    ids: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Resume:
    """The server's chain is ahead of this phone's: the phone was restored from a backup."""

    server_seq: int
    server_head: bytes


@dataclass(frozen=True, slots=True)
class Stop:
    """Another phone writes with this key, or the key is revoked: nothing more is written."""

    code: str


@dataclass(frozen=True, slots=True)
class FetchReference:
    pass


@dataclass(frozen=True, slots=True)
class SendBlobs:
    sha256: tuple[bytes, ...]


Step = SendRecords | Resume | Stop | FetchReference | SendBlobs


def plan(local: Local, head: Head) -> tuple[Step, ...]:
    """New records first, blobs last; what is unsent is sent whatever else is wrong.

    A head that the phone does not know means that the server has seen records of this key which the phone has not: it
    was restored from a backup (`Resume`), unless it held all that came before another's `resumed` – then two phones
    write as one, and the second stops.
    """
    photos = [SendBlobs(local.blobs_unconfirmed)] if local.blobs_unconfirmed else []
    batches = [local.unreceipted[i : i + MAX_BATCH] for i in range(0, len(local.unreceipted), MAX_BATCH)]
    steps: list[Step] = [SendRecords(batch) for batch in batches]
    if not head.active:
        steps += [Stop("revoked"), *photos]
    elif not local.knows_head and head.id is not None:
        is_second = (
            not local.knows_resumed and head.resumed_seq is not None and local.shared_seq >= head.resumed_seq - 1
        )
        steps += [Stop("chain_fork"), *photos] if is_second else [Resume(head.seq, head.id)]
    else:
        steps += [FetchReference(), *photos]
    return tuple(steps)
