"""An off-site check's own fields as a clerk's browser sends them, taken as they were typed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from litestar.datastructures import FormMultiDict

from sync_server.offsite.typed_check import TypedCheck, TypedItem
from sync_server.pages.sent import number_of, text_of, texts_of

_MOST_LINES = 60
_TEXTS = ("title", "note", "due", "external_refs")


def read_check_form(form: FormMultiDict, before: TypedCheck) -> TypedCheck:
    given: dict[str, Any] = {name: text_of(form, name) for name in _TEXTS if name in form}
    if "lines" in form:
        given |= {"items": read_items(form), "officers": texts_of(form, "officers")}
    return replace(before, **given)


def read_items(form: FormMultiDict) -> tuple[TypedItem, ...]:
    """The written lines in the order in which they stand; `lines` says how many the page showed."""
    lines = min(number_of(text_of(form, "lines")), _MOST_LINES)
    items = (
        TypedItem(text_of(form, f"text.{n}"), text_of(form, f"provision.{n}"), wants_photo=f"photo.{n}" in form)
        for n in range(lines)
        if f"away.{n}" not in form
    )
    return tuple(item for item in items if not item.is_blank)
