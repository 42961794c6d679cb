"""A visit as the phone's own records tell it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from field_app.clock import instant_of
from field_app.errors import UnknownVisitError, VisitClosedError
from field_app.storage.database import Rows
from field_app.storage.records import RECEIPTED, SET_ASIDE, Kept, first_of_visit, records_of_visit
from shared_models.errors import UnsupportedError
from shared_models.kinds import body_of
from shared_models.visit import GateDecision, LegalEducation, VisitClosed


@dataclass(frozen=True, slots=True)
class VisitEntry:
    """One record: `body` is its dataclass, null where it is from a newer app. `state` is one of `storage.records`.

    `code` says why it was set aside or refused.
    """

    id: bytes
    kind: str
    seq: int
    at: datetime
    body: Any
    state: str
    code: str | None
    receipt_index: int | None


@dataclass(frozen=True, slots=True)
class VisitSummary:
    visit: bytes
    opening: bytes
    at: datetime
    decision: GateDecision
    refused: bool
    closed_at: datetime | None
    records_total: int
    records_receipted: int
    records_set_aside: int

    @property
    def in_progress(self) -> bool:
        return not self.refused and self.closed_at is None


@dataclass(frozen=True, slots=True)
class VisitPage:
    summary: VisitSummary
    entries: tuple[VisitEntry, ...]

    @property
    def law_taught(self) -> bool:
        return any(isinstance(entry.body, LegalEducation) for entry in self.entries)


def page_of(rows: Rows, visit: bytes) -> VisitPage:
    entries = tuple(entry_of(kept) for kept in records_of_visit(rows, visit))
    opening = next((entry for entry in entries if isinstance(entry.body, GateDecision)), None)
    if opening is None:
        raise UnknownVisitError
    closed = next((entry for entry in entries if isinstance(entry.body, VisitClosed)), None)
    summary = VisitSummary(
        visit=visit,
        opening=opening.id,
        at=opening.at,
        decision=opening.body,
        refused=opening.kind == "visit_refused",
        closed_at=None if closed is None else closed.at,
        records_total=len(entries),
        records_receipted=sum(entry.state in (RECEIPTED, SET_ASIDE) for entry in entries),
        records_set_aside=sum(entry.state == SET_ASIDE for entry in entries),
    )
    return VisitPage(summary, entries)


def entry_of(kept: Kept) -> VisitEntry:
    try:
        body = body_of(kept.record)
    except UnsupportedError:  # written by a newer app whose database this older one has opened
        body = None
    return VisitEntry(
        id=kept.id,
        kind=kept.record.kind,
        seq=kept.record.seq,
        at=instant_of(kept.record.at),
        body=body,
        state=kept.state,
        code=kept.code,
        receipt_index=kept.receipt_index,
    )


def require_open(rows: Rows, visit: bytes) -> VisitEntry:
    """The visit's opening. Raises UnknownVisitError, or VisitClosedError for a visit to which nothing is added."""
    opening = opening_of(rows, visit)
    if opening.kind == "visit_refused" or first_of_visit(rows, visit, "visit_closed") is not None:
        raise VisitClosedError
    return opening


def opening_of(rows: Rows, visit: bytes) -> VisitEntry:
    """Found at once, however much was written in the visit. Raises UnknownVisitError."""
    kept = first_of_visit(rows, visit, "visit_opened", "visit_refused")
    if kept is None:
        raise UnknownVisitError
    return entry_of(kept)
