"""What a clerk's browser sends for a draft, taken as it was typed."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any

from litestar.datastructures import FormMultiDict, UploadFile

from sync_server.filings.typed_filing import MAX_TEXT, TypedFiling, TypedRow

_TEXTS = tuple(
    field.name
    for field in fields(TypedFiling)
    if field.name not in ("officers", "joint_with", "rows", "replaces", "opened_by_visit")
)
_MOST_CHOSEN = 60
_MAX_PASTED = 200_000


@dataclass(frozen=True, slots=True)
class SentForm:
    """`act` is the button; `version` that of the draft as the page showed it."""

    act: str
    version: int
    typed: TypedFiling
    pasted: str
    picked: tuple[str, ...]
    dropped: tuple[str, ...]
    find: str
    comment: str
    upload: bytes | None


async def read_form(form: FormMultiDict, before: TypedFiling) -> SentForm:
    """Rows that the page did not show stay as they were."""
    file = form.get("file")
    return SentForm(
        act=_text(form, "act", 20),
        version=_number(_text(form, "version", 9)),
        typed=_typed(form, before),
        pasted=_text(form, "pasted", _MAX_PASTED),
        picked=_texts(form, "pick"),
        dropped=_texts(form, "drop"),
        find=_text(form, "find", 100),
        comment=_text(form, "comment", MAX_TEXT),
        upload=await file.read() if isinstance(file, UploadFile) and file.filename else None,
    )


def _typed(form: FormMultiDict, before: TypedFiling) -> TypedFiling:
    given: dict[str, Any] = {name: _text(form, name, MAX_TEXT) for name in _TEXTS if name in form}
    if "why_not_off_site" in form:  # of a list of boxes nothing is sent when none is ticked
        given |= {name: _texts(form, name) for name in ("officers", "joint_with")}
    rows = tuple(
        TypedRow(row.uscc, _text(form, f"first.{row.uscc}", 10), _text(form, f"last.{row.uscc}", 10))
        if f"first.{row.uscc}" in form
        else row
        for row in before.rows
    )
    return replace(before, **given, rows=rows)


def _text(form: FormMultiDict, name: str, most: int) -> str:
    value = form.get(name)
    text = value.replace("\x00", "").replace("\r\n", "\n") if isinstance(value, str) else ""
    return text[:most].encode("utf-8", "replace").decode("utf-8")


def _texts(form: FormMultiDict, name: str) -> tuple[str, ...]:
    values = (value for value in form.getall(name, []) if isinstance(value, str))
    found = (value[:64].replace("\x00", "") for value in values)
    return tuple(dict.fromkeys(value for value in found if value))[:_MOST_CHOSEN]


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else 0
