"""What an inspection found, with its provision; on a survey or service visit there is none (三.4)."""

from __future__ import annotations

from dataclasses import fields

from field_app.errors import MissingError, NoFindingsError, TextTooLongError
from field_app.phone import Phone
from field_app.storage.database import Rows
from field_app.visits.journal import Entry, Written, append
from field_app.visits.visit_page import require_open
from shared_models.commitment import MAX_TEXT, Finding


async def note_finding(phone: Phone, visit: bytes, finding: Finding, *, drop_drafts: tuple[str, ...] = ()) -> Written:
    """Raises NoFindingsError, MissingError, TextTooLongError."""
    if not finding.what.strip():
        raise MissingError("text")
    for one in fields(finding):
        value = getattr(finding, one.name)
        if isinstance(value, str) and len(value) > MAX_TEXT:
            raise TextTooLongError(one.name, MAX_TEXT)

    def check(rows: Rows) -> None:
        if not require_open(rows, visit).body.purpose.may_find:
            raise NoFindingsError

    entry = Entry("finding_noted", finding, visit=visit, drop_drafts=drop_drafts, check=check)
    return await append(phone, entry)
