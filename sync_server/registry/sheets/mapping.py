"""How another system's export is to be read: one JSON file beside it (docs/imports.md)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sync_server.registry.sheets.columns import Thing
from sync_server.registry.sheets.errors import SheetError

MAX_MAPPING_BYTES = 64 * 1024
_KEYS = {"thing", "sheet", "header_row", "columns", "values", "fixed", "note"}


@dataclass(frozen=True, slots=True)
class SheetMapping:
    """`columns`: our key → their header; `values`: our key → their word → ours; `fixed`: our key → a text for all."""

    sheet: str = ""
    header_row: int = 0
    columns: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    fixed: Mapping[str, str] = field(default_factory=dict)


def read_mapping(data: bytes, thing: Thing) -> SheetMapping:
    """Raises SheetError("mapping", the key that is not what it should be)."""
    if len(data) > MAX_MAPPING_BYTES:
        raise SheetError("mapping", "too_large")
    try:
        plain = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as err:
        raise SheetError("mapping", "JSON") from err
    if type(plain) is not dict:
        raise SheetError("mapping", "{}")
    unknown = sorted(set(plain) - _KEYS)
    if unknown or plain.get("thing", thing.name) != thing.name:
        raise SheetError("mapping", unknown[0] if unknown else "thing")
    header_row = plain.get("header_row", 0)
    if type(header_row) is not int or header_row < 0:
        raise SheetError("mapping", "header_row")
    if not isinstance(plain.get("sheet", ""), str):
        raise SheetError("mapping", "sheet")
    keys = {column.key for column in thing.columns}
    values = plain.get("values", {})
    if type(values) is not dict or not set(values) <= keys:
        raise SheetError("mapping", "values")
    return SheetMapping(
        sheet=plain.get("sheet", ""),
        header_row=header_row,
        columns=_words(plain, "columns", keys),
        values={key: _words(values, key, None) for key in values},
        fixed=_words(plain, "fixed", keys),
    )


def _words(plain: dict[str, Any], key: str, allowed: set[str] | None) -> dict[str, str]:
    words = plain.get(key, {})
    is_right = type(words) is dict and all(isinstance(word, str) for word in words.values())
    if not is_right or (allowed is not None and not set(words) <= allowed):
        raise SheetError("mapping", key)
    return dict(words)
