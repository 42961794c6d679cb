"""Rows of a table as the database holds them, beside those that the log makes: which differ, and in what."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, select

from shared_models import cbor
from shared_models.errors import ZhuqiError

_AT_ONCE = 500
_MOST_FINDINGS = 200
_MAX_BODY_BYTES = 1 << 20
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Finding:
    """`field` blank where a row is there that should not be, or the other way round."""

    table: str
    key: str
    field: str
    database: str
    log: str

    def __str__(self) -> str:
        place = " ".join(part for part in (self.table, self.key, self.field) if part)
        return f"{place}: database {self.database or 'nothing'}, log {self.log or 'nothing'}"


def compare_table(held: Connection, made: Connection, table: Table) -> list[Finding]:
    """At most some hundred; whole tables that are gone need no list."""
    expected = {digest for digest, _ in digests(made, table)}
    extra: dict[tuple[Any, ...], Any] = {}
    for digest, row in digests(held, table):
        if digest in expected:
            expected.remove(digest)
        elif len(extra) < _MOST_FINDINGS:
            extra[_key(table, row)] = row
    missing: dict[tuple[Any, ...], Any] = {}
    if expected:
        found = (row for digest, row in digests(made, table) if digest in expected)
        missing = {_key(table, row): row for row, _ in zip(found, range(_MOST_FINDINGS), strict=False)}
    keys = sorted(extra.keys() | missing.keys(), key=repr)
    return [finding for key in keys for finding in _compare(table, key, extra.get(key), missing.get(key))]


def digests(connection: Connection, table: Table) -> Iterator[tuple[bytes, Any]]:
    rows = connection.execute(select(table), execution_options={"yield_per": _AT_ONCE})
    return ((hashlib.sha256(repr(tuple(row)).encode()).digest(), row) for row in rows)


def _key(table: Table, row: Any) -> tuple[Any, ...]:
    return tuple(getattr(row, column.name) for column in table.primary_key)


def _compare(table: Table, key: tuple[Any, ...], held: Any, made: Any) -> Iterator[Finding]:
    name = "/".join(_word(part) for part in key)
    if held is None or made is None:
        yield Finding(table.name, name, "", "a row" if held is not None else "", "a row" if made is not None else "")
        return
    for column in table.columns:
        old, new = getattr(held, column.name), getattr(made, column.name)
        if old == new:
            continue
        inside = _inside(old, new) if column.name == "body" else None
        if inside is None:
            yield Finding(table.name, name, column.name, _word(old), _word(new))
        else:
            yield from (Finding(table.name, name, field, one, other) for field, one, other in inside)


def _inside(old: bytes, new: bytes) -> list[tuple[str, str, str]] | None:
    """What differs in two bodies, field by field; null where one of them is none."""
    try:
        one, other = (_flat(cbor.decode(bytes(body), max_bytes=_MAX_BODY_BYTES)) for body in (old, new))
    except ZhuqiError:
        return None
    fields = sorted(one.keys() | other.keys())
    return [(field, one.get(field, ""), other.get(field, "")) for field in fields if one.get(field) != other.get(field)]


def _flat(plain: Any, where: str = "") -> dict[str, str]:
    if isinstance(plain, dict):
        parts = (_flat(value, f"{where}.{key}" if where else str(key)) for key, value in plain.items())
    elif isinstance(plain, list):
        parts = (_flat(value, f"{where}[{number}]") for number, value in enumerate(plain))
    else:
        return {where: _word(plain)}
    return {key: value for part in parts for key, value in part.items()}


def _word(value: Any) -> str:
    text = bytes(value).hex() if isinstance(value, bytes | memoryview) else str(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
