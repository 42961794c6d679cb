"""Lines become rows of one thing's columns: headers found, other systems' words mapped, odd cells named."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sync_server.registry.sheets.cells import Line
from sync_server.registry.sheets.columns import MAX_ROWS, Column, Thing
from sync_server.registry.sheets.errors import SheetError
from sync_server.registry.sheets.mapping import SheetMapping

_SEARCHED_FOR_HEADERS = 20


@dataclass(frozen=True, slots=True)
class Row:
    """`given` has a text for each column that the file has; `wrong` says what is wrong, by column key."""

    sheet: str
    number: int
    given: dict[str, str]
    wrong: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Heads:
    line: Line
    places: dict[int, Column]


def rows_of(lines: list[Line], thing: Thing, mapping: SheetMapping) -> list[Row]:
    """The rows of every sheet that has the thing's headers. Raises SheetError where none has, or there are too many."""
    found: list[Row] = []
    missing: list[str] = []
    has_headers = False
    for sheet in dict.fromkeys(line.sheet for line in lines):
        if mapping.sheet and sheet != mapping.sheet:
            continue
        own = [line for line in lines if line.sheet == sheet]
        heads = _heads(own, thing, mapping)
        if heads is None:
            continue
        known = {column.key for column in heads.places.values()} | set(mapping.fixed)
        lacking = [column.chinese for column in thing.columns if column.is_required and column.key not in known]
        if lacking:
            missing = missing or lacking
            continue
        has_headers = True
        found += _rows(own, heads, mapping)
    if not has_headers:
        required = [column.chinese for column in thing.columns if column.is_required]
        raise SheetError("column_missing", "、".join(missing or required))
    if not found:
        raise SheetError("nothing_in_it")
    if len(found) > MAX_ROWS:
        raise SheetError("too_many_rows", str(MAX_ROWS))
    return found


def _heads(lines: list[Line], thing: Thing, mapping: SheetMapping) -> _Heads | None:
    """The first line that names two columns (or one, where a thing has but one in the file)."""
    best: _Heads | None = None
    for line in lines[:_SEARCHED_FOR_HEADERS]:
        if mapping.header_row and line.number != mapping.header_row:
            continue
        places: dict[int, Column] = {}
        for place, header in enumerate(line.cells):
            column = _column(header, thing, mapping)
            if column is None:
                continue
            if column in places.values():
                raise SheetError("column_twice", header)
            places[place] = column
        if places and (best is None or len(places) > len(best.places)):
            best = _Heads(line, places)
    return best


def _column(header: str, thing: Thing, mapping: SheetMapping) -> Column | None:
    for key, theirs in mapping.columns.items():
        if header.strip() == theirs.strip():
            return next(one for one in thing.columns if one.key == key)
    column = thing.column_of(header)
    return None if column is not None and column.key in mapping.columns else column


def _rows(lines: list[Line], heads: _Heads, mapping: SheetMapping) -> Iterator[Row]:
    for line in lines:
        if line.number <= heads.line.number:
            continue
        given: dict[str, str] = dict(mapping.fixed)
        wrong: dict[str, str] = {}
        for place, column in heads.places.items():
            text = line.cells[place] if place < len(line.cells) else ""
            given[column.key] = mapping.values.get(column.key, {}).get(text, text)
            if place in line.wrong:
                wrong[column.key] = line.wrong[place]
        if any(given[column.key] for column in heads.places.values()) or wrong:
            yield Row(line.sheet, line.number, given, wrong)
