"""What the sync line and the outbox show: what is receipted, not what was sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from field_app.clock import instant_of
from field_app.enrolment.state import read_enrolment
from field_app.phone import Phone
from field_app.storage import blobs, records
from field_app.storage.database import Rows
from field_app.visits.visit_page import VisitEntry, entry_of


@dataclass(frozen=True, slots=True)
class SyncStatus:
    """`since`: when all was last receipted and fresh. `last_error`: a code, blank where the last run had none."""

    records_total: int
    records_receipted: int
    records_set_aside: int
    records_refused: int
    photos_total: int
    photos_confirmed: int
    photos_too_late: int
    since: datetime | None
    last_attempt: datetime | None
    last_error: str
    stopped: str
    syncing: bool

    @property
    def is_complete(self) -> bool:
        return (self.records_receipted, self.photos_confirmed) == (self.records_total, self.photos_total)

    @property
    def is_waiting(self) -> bool:
        """Whether there is anything that the county may still take."""
        photos_settled = self.photos_confirmed + self.photos_too_late
        return self.records_receipted < self.records_total or photos_settled < self.photos_total


@dataclass(frozen=True, slots=True)
class OutboxLine:
    """A record that is not accepted (yet): waiting, refused, or set aside with its code."""

    visit: bytes | None
    entry: VisitEntry


@dataclass(frozen=True, slots=True)
class Outbox:
    lines: tuple[OutboxLine, ...]
    photos_waiting: int
    photos_refused: int
    photos_too_late: int

    @property
    def is_empty(self) -> bool:
        return not (self.lines or self.photos_waiting or self.photos_refused or self.photos_too_late)


async def sync_status(phone: Phone) -> SyncStatus:
    def read(rows: Rows) -> SyncStatus:
        states, photos = records.count_states(rows), blobs.count_blobs(rows)
        run = rows.get_meta("last_run") or {}
        return SyncStatus(
            records_total=sum(states.values()),
            records_receipted=states.get(records.RECEIPTED, 0) + states.get(records.SET_ASIDE, 0),
            records_set_aside=states.get(records.SET_ASIDE, 0),
            records_refused=states.get(records.REFUSED, 0),
            photos_total=sum(photos.values()),
            photos_confirmed=photos.get(blobs.CONFIRMED, 0),
            photos_too_late=photos.get(blobs.TOO_LATE, 0),
            since=_instant(run.get("complete_at")),
            last_attempt=_instant(run.get("at")),
            last_error=run.get("error", ""),
            stopped=read_enrolment(rows).why_stopped,
            syncing=phone.syncing.locked(),
        )

    return await phone.database.read(read)


async def read_outbox(phone: Phone) -> Outbox:
    def read(rows: Rows) -> Outbox:
        kept = records.records_in_state(rows, records.WAITING, records.REFUSED, records.SET_ASIDE)
        photos = blobs.count_blobs(rows)
        return Outbox(
            lines=tuple(OutboxLine(one.record.visit, entry_of(one)) for one in kept),
            photos_waiting=photos.get(blobs.NEW, 0),
            photos_refused=photos.get(blobs.REFUSED, 0),
            photos_too_late=photos.get(blobs.TOO_LATE, 0),
        )

    return await phone.database.read(read)


def _instant(at: int | None) -> datetime | None:
    return None if at is None else instant_of(at)
