"""The end of a visit: it asks for one thing only, the law that was taught or why none was."""

from __future__ import annotations

from field_app.errors import MissingError
from field_app.phone import Phone
from field_app.storage.database import Rows
from field_app.storage.records import first_of_visit
from field_app.visits.journal import Entry, Written, append
from field_app.visits.visit_page import require_open
from shared_models.visit import Position, VisitClosed


async def close_visit(
    phone: Phone,
    visit: bytes,
    *,
    why_no_legal_education: str = "",
    note: str = "",
    position: Position | None = None,
    drop_drafts: tuple[str, ...] = (),
) -> Written:
    """Raises MissingError where neither law was taught nor a reason is given."""
    law_taught = await phone.database.read(lambda rows: _law_taught(rows, visit))
    why = "" if law_taught else why_no_legal_education.strip()
    if not law_taught and not why:
        raise MissingError("why_no_legal_education")

    def check(rows: Rows) -> None:
        require_open(rows, visit)

    entry = Entry("visit_closed", VisitClosed(why, note, position), visit=visit, drop_drafts=drop_drafts, check=check)
    written = await append(phone, entry)
    phone.notices.wake()
    return written


def _law_taught(rows: Rows, visit: bytes) -> bool:
    require_open(rows, visit)
    return first_of_visit(rows, visit, "law_taught") is not None
