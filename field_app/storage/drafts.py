"""Drafts: what stood on the screen. The only data of the phone that is ever changed."""

from __future__ import annotations

from typing import Any

from field_app.phone import Phone
from field_app.storage.database import Rows
from shared_models import cbor
from shared_models.shape import to_plain


async def save_draft(phone: Phone, key: str, value: Any) -> None:
    """Durable when it returns. Where the disk is full the draft stays in memory, is told, and is tried again.

    `value`: a dataclass or a plain value (text, integers, lists, maps with text keys; no fractions). Raises
    BadlyFormedError for what can be kept nowhere, such as half a character.
    """
    plain = to_plain(value)
    cbor.encode(plain)  # else it would stand in the way of all other drafts, and of every sync
    phone.unsaved_drafts[key] = plain
    await save_unsaved_drafts(phone)


async def save_unsaved_drafts(phone: Phone) -> None:
    """Raises DiskFullError and keeps them all."""
    async with phone.drafting:  # in order: an older draft must not come after a newer one
        waiting = dict(phone.unsaved_drafts)
        if not waiting:
            return

        def work(rows: Rows) -> None:
            for key, plain in waiting.items():
                put_draft_rows(rows, key, plain)

        await phone.database.write(work)
        for key, plain in waiting.items():
            if phone.unsaved_drafts.get(key) is plain:
                del phone.unsaved_drafts[key]


async def load_draft(phone: Phone, key: str) -> Any:
    """The plain value, null where there is none."""
    if key in phone.unsaved_drafts:
        return phone.unsaved_drafts[key]
    return await phone.database.read(lambda rows: draft_rows(rows, key))


async def load_setting(phone: Phone, key: str) -> Any:
    """A plain value that the app keeps for itself (language, PIN hash), null where there is none."""
    return await phone.database.read(lambda rows: rows.get_meta(f"setting/{key}"))


async def save_setting(phone: Phone, key: str, value: Any) -> None:
    plain = to_plain(value)
    await phone.database.write(lambda rows: rows.put_meta(f"setting/{key}", plain))


def put_draft_rows(rows: Rows, key: str, plain: Any) -> None:
    tag = rows.sealer.tag("draft", key)
    rows.execute(
        "INSERT OR REPLACE INTO drafts (tag, sealed) VALUES (?, ?)", (tag, rows.seal_value("drafts", tag, plain))
    )


def draft_rows(rows: Rows, key: str) -> Any:
    tag = rows.sealer.tag("draft", key)
    row = rows.execute("SELECT sealed FROM drafts WHERE tag = ?", (tag,)).fetchone()
    return None if row is None else rows.open_value("drafts", tag, row[0])


def drop_draft_rows(rows: Rows, key: str) -> None:
    rows.execute("DELETE FROM drafts WHERE tag = ?", (rows.sealer.tag("draft", key),))
