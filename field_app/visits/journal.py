"""The one way in which a record is written: signed first, then kept in one durable commit, and only then said.

One at a time, so that the chain has no fork. A full disk changes nothing: the draft is still there.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from field_app.clock import milliseconds
from field_app.enrolment.state import require_writing
from field_app.phone import Phone
from field_app.storage.database import Rows
from field_app.storage.drafts import drop_draft_rows
from field_app.storage.records import ChainHead, Entered, add_record, chain_head
from field_app.storage.reference import held
from shared_models import record as records
from shared_models.kinds import VERSION
from shared_models.record import Record, Seen
from shared_models.shape import to_plain


@dataclass(frozen=True, slots=True)
class Entry:
    """What to write, and what else belongs into the same commit."""

    kind: str
    body: Any
    visit: bytes | None = None
    at: datetime | None = None
    seen: Seen | None = None
    """Null: the checkpoint that the phone holds."""
    about: str | None = None
    entered: Entered | None = None
    drop_drafts: tuple[str, ...] = ()
    check: Callable[[Rows], None] | None = None
    """Raises where the record must not be written."""
    also: Callable[[Rows], None] | None = None
    follows: ChainHead | None = field(default=None)
    """Another head to go on from: only for a phone that was restored from a backup."""


@dataclass(frozen=True, slots=True)
class Written:
    id: bytes
    visit: bytes | None
    seq: int
    at: int


async def append(phone: Phone, entry: Entry) -> Written:
    """Raises NotEnrolledError, StoppedError, TooLargeError or DiskFullError; then nothing was written."""
    # Shielded, because a screen that goes away must not stop between signing and keeping.
    written = await asyncio.shield(asyncio.ensure_future(_append(phone, entry)))
    phone.notices.tell("records")
    return written


async def _append(phone: Phone, entry: Entry) -> Written:
    async with phone.journal:
        head, seen = await phone.database.read(lambda rows: _ready(rows, entry))
        follows = entry.follows or head
        record = Record(
            v=VERSION,
            kind=entry.kind,
            author=phone.signer.kid,
            seq=follows.seq + 1,
            prev=follows.id,
            visit=entry.visit,
            at=milliseconds(entry.at or phone.clock.now()),
            seen=entry.seen or seen,
            body=to_plain(entry.body),
        )
        signature = await phone.signer.sign(records.to_be_signed(record))
        envelope = records.seal(record, signature)
        async with phone.drafting:  # a draft that is still on its way must not come back after its record
            record_id = await phone.database.write(lambda rows: _keep(rows, entry, envelope, record))
            for draft in entry.drop_drafts:
                phone.unsaved_drafts.pop(draft, None)
        return Written(record_id, record.visit, record.seq, record.at)


def _ready(rows: Rows, entry: Entry) -> tuple[ChainHead, Seen | None]:
    require_writing(rows)
    if entry.check:
        entry.check(rows)
    return chain_head(rows), held(rows)


def _keep(rows: Rows, entry: Entry, envelope: bytes, record: Record) -> bytes:
    record_id = add_record(rows, envelope, record, about=entry.about, entered=entry.entered)
    for draft in entry.drop_drafts:
        drop_draft_rows(rows, draft)
    if entry.also:
        entry.also(rows)
    return record_id
