"""A filing's own fields as a clerk's browser sends them, taken as they were typed."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from litestar.datastructures import FormMultiDict

from sync_server.filings.typed_filing import MAX_TEXT, TypedFiling, TypedRow
from sync_server.pages.sent import text_of, texts_of

_TEXTS = tuple(
    field.name
    for field in fields(TypedFiling)
    if field.name not in ("officers", "joint_with", "rows", "replaces", "opened_by_visit")
)


def read_filing_form(form: FormMultiDict, before: TypedFiling) -> TypedFiling:
    """Rows that the page did not show stay as they were."""
    given: dict[str, Any] = {name: text_of(form, name, MAX_TEXT) for name in _TEXTS if name in form}
    if "why_not_off_site" in form:  # of a list of boxes nothing is sent when none is ticked
        given |= {name: texts_of(form, name) for name in ("officers", "joint_with")}
    rows = tuple(
        TypedRow(row.uscc, text_of(form, f"first.{row.uscc}", 10), text_of(form, f"last.{row.uscc}", 10))
        if f"first.{row.uscc}" in form
        else row
        for row in before.rows
    )
    return replace(before, **given, rows=rows)
