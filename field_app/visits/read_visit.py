"""What a screen shows of visits."""

from __future__ import annotations

from field_app.phone import Phone
from field_app.storage.blobs import read_blob
from field_app.storage.database import Rows
from field_app.storage.records import records_of_kind
from field_app.visits.visit_page import VisitPage, VisitSummary, page_of

_OPENINGS = ("visit_opened", "visit_refused")


async def read_visit(phone: Phone, visit: bytes) -> VisitPage:
    """Raises UnknownVisitError."""
    return await phone.database.read(lambda rows: page_of(rows, visit))


async def list_visits(phone: Phone, limit: int = 50) -> tuple[VisitSummary, ...]:
    """The newest first, refused ones included."""

    def read(rows: Rows) -> tuple[VisitSummary, ...]:
        visits = (kept.record.visit for kept in records_of_kind(rows, _OPENINGS, limit))
        return tuple(page_of(rows, visit).summary for visit in visits if visit is not None)

    return await phone.database.read(read)


async def visit_in_progress(phone: Phone) -> VisitSummary | None:
    """The newest visit that was entered and not closed."""
    recent = await list_visits(phone, 20)
    return next((visit for visit in recent if visit.in_progress), None)


async def read_photo(phone: Phone, sha256: bytes) -> bytes | None:
    return await phone.database.read(lambda rows: read_blob(rows, sha256))
