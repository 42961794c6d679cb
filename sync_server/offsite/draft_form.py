"""What a clerk's browser sends for an off-site check, taken as it was typed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from litestar.datastructures import FormMultiDict, UploadFile

from sync_server.offsite.typed_check import MAX_TYPED, TypedCheck, TypedItem

MOST_LINES = 60
_MAX_PASTED = 200_000
_MOST_CHOSEN = 60
_TEXTS = ("title", "note", "due", "external_refs")


@dataclass(frozen=True, slots=True)
class SentCheck:
    """`act` is the button; `version` that of the draft as the page showed it; `list` the one to begin from."""

    act: str
    version: int
    typed: TypedCheck
    list: str
    pasted: str
    picked: tuple[str, ...]
    dropped: tuple[str, ...]
    find: str
    comment: str
    upload: bytes | None


async def read_check_form(form: FormMultiDict, before: TypedCheck) -> SentCheck:
    file = form.get("file")
    given: dict[str, Any] = {name: text_of(form, name) for name in _TEXTS if name in form}
    typed = replace(before, **given)
    if "lines" in form:
        typed = replace(typed, items=read_items(form), officers=_texts(form, "officers"))
    return SentCheck(
        act=text_of(form, "act")[:20],
        version=number_of(text_of(form, "version")),
        typed=typed,
        list=text_of(form, "list")[:64],
        pasted=text_of(form, "pasted", _MAX_PASTED),
        picked=_texts(form, "pick"),
        dropped=_texts(form, "drop"),
        find=text_of(form, "find")[:100],
        comment=text_of(form, "comment"),
        upload=await file.read() if isinstance(file, UploadFile) and file.filename else None,
    )


def read_items(form: FormMultiDict) -> tuple[TypedItem, ...]:
    """The written lines in the order in which they stand; `lines` says how many the page showed."""
    lines = min(number_of(text_of(form, "lines")), MOST_LINES)
    items = (
        TypedItem(text_of(form, f"text.{n}"), text_of(form, f"provision.{n}"), wants_photo=f"photo.{n}" in form)
        for n in range(lines)
        if f"away.{n}" not in form
    )
    return tuple(item for item in items if not item.is_blank)


def text_of(form: FormMultiDict, name: str, most: int = MAX_TYPED) -> str:
    value = form.get(name)
    text = value.replace("\x00", "").replace("\r\n", "\n") if isinstance(value, str) else ""
    return text[:most].encode("utf-8", "replace").decode("utf-8")


def number_of(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0  # noqa: PLR2004


def _texts(form: FormMultiDict, name: str) -> tuple[str, ...]:
    values = (value for value in form.getall(name, []) if isinstance(value, str))
    found = (value[:64].replace("\x00", "") for value in values)
    return tuple(dict.fromkeys(value for value in found if value))[:_MOST_CHOSEN]
