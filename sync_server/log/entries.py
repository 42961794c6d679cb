"""What stands in the log: entries as they are handed in, and as they lie there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from shared_models.errors import ZhuqiError
from shared_models.kinds import KINDS, body_of
from shared_models.log import Leaf, leaf_data, leaf_hash
from shared_models.record import Record, peek
from sync_server.storage.facts import Fact, plain_body

UNKNOWN_KIND = "unknown"
USCC_LENGTH, NAME_LENGTH = 18, 64


def column_text(text: str, limit: int) -> str:
    """A text that a phone wrote, where it fits a column; else blank, and the record keeps it."""
    return text if len(text) <= limit and "\x00" not in text else ""


@dataclass(frozen=True, slots=True)
class NewEntry:
    """A record whose signature stands. `body` is its body where this release knows its kind, else null.

    `code` says why it is set aside.
    """

    record_id: bytes
    envelope: bytes
    record: Record
    body: Any
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    index: int
    received_at: int
    record_id: bytes
    envelope: bytes
    record: Record
    body: Any
    status: str
    code: str | None

    def leaf_hash(self) -> bytes:
        return leaf_hash(leaf_data(Leaf(self.record_id, self.received_at, self.status, self.code)))


def entry_row(entry: Entry) -> dict[str, object]:
    record = entry.record
    return {
        "index": entry.index,
        "record_id": entry.record_id,
        "envelope": entry.envelope,
        "received_at": entry.received_at,
        "status": entry.status,
        "code": entry.code,
        "author": record.author,
        "seq": record.seq,
        # a kind from the future may hold what a database refuses as text; the envelope keeps it
        "kind": record.kind if record.kind in KINDS else UNKNOWN_KIND,
        "visit": record.visit,
    }


def entry_of(row: Any) -> Entry:
    """An entry as it lies in the log. Its envelope was verified when it came, and is not again."""
    record = peek(row.envelope)
    try:
        body = body_of(record)
    except ZhuqiError:
        body = None
    return Entry(row.index, row.received_at, row.record_id, row.envelope, record, body, row.status, row.code)


@dataclass(frozen=True, slots=True)
class Stored:
    """An entry as other records are checked against it."""

    index: int
    record_id: bytes
    received_at: int
    status: str
    code: str | None
    author: bytes
    seq: int


def fact_from(entry: Entry, kind: str, key: str, value: object, *, department: str = "", uscc: str = "") -> Fact:
    """The fact that this entry makes true from now on."""
    return Fact(kind, key, entry.index, entry.received_at, department, uscc, plain_body(value))
