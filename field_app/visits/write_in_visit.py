"""What is written in the enterprise: guidance, law, photos, needs, amendments; each a record at once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from field_app.errors import MissingError, UnknownVisitError
from field_app.phone import Phone
from field_app.storage.blobs import add_blob
from field_app.storage.database import Rows
from field_app.storage.records import record_by_id
from field_app.visits.journal import Entry, Written, append
from field_app.visits.visit_page import opening_of, require_open
from shared_models.errors import TooLargeError
from shared_models.visit import Amendment, Guidance, LegalEducation, Need, Photo

MAX_BLOB_BYTES = 8 * 1024 * 1024


async def write_guidance(
    phone: Phone, visit: bytes, text: str, *, snippet: str | None = None, drop_drafts: tuple[str, ...] = ()
) -> Written:
    _require("text", text)
    return await _write(phone, visit, "guidance_given", Guidance(text, snippet), drop_drafts)


async def teach_law(
    phone: Phone,
    visit: bytes,
    text: str,
    *,
    provision: str = "",
    snippet: str | None = None,
    drop_drafts: tuple[str, ...] = (),
) -> Written:
    _require("text", text)
    return await _write(phone, visit, "law_taught", LegalEducation(text, provision, snippet), drop_drafts)


async def note_need(
    phone: Phone, visit: bytes, text: str, *, contact: str = "", drop_drafts: tuple[str, ...] = ()
) -> Written:
    _require("text", text)
    return await _write(phone, visit, "need_noted", Need(text, contact), drop_drafts)


async def add_photo(
    phone: Phone,
    visit: bytes,
    jpeg: bytes,
    *,
    width: int,
    height: int,
    caption: str = "",
    drop_drafts: tuple[str, ...] = (),
) -> Written:
    """Picture and record in one commit. Raises TooLargeError."""
    if len(jpeg) > MAX_BLOB_BYTES:
        raise TooLargeError(len(jpeg), MAX_BLOB_BYTES)
    digest = hashlib.sha256(jpeg).digest()
    body = Photo(digest, len(jpeg), width, height, caption)
    return await _write(phone, visit, "photo_taken", body, drop_drafts, lambda rows: add_blob(rows, digest, jpeg))


async def amend_record(
    phone: Phone, visit: bytes, amends: bytes, text: str, *, drop_drafts: tuple[str, ...] = ()
) -> Written:
    """Also after the visit was closed; both records stay."""
    _require("text", text)

    def check(rows: Rows) -> None:
        opening_of(rows, visit)
        if record_by_id(rows, amends) is None:
            raise UnknownVisitError

    entry = Entry("amended", Amendment(amends, text), visit=visit, drop_drafts=drop_drafts, check=check)
    return await append(phone, entry)


async def _write(
    phone: Phone,
    visit: bytes,
    kind: str,
    body: Any,
    drop_drafts: tuple[str, ...],
    also: Callable[[Rows], None] | None = None,
) -> Written:
    def check(rows: Rows) -> None:
        require_open(rows, visit)

    return await append(phone, Entry(kind, body, visit=visit, drop_drafts=drop_drafts, check=check, also=also))


def _require(what: str, text: str) -> None:
    if not text.strip():
        raise MissingError(what)
