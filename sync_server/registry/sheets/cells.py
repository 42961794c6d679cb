"""Bytes of a file become rows of texts, each with its sheet and number: XLSX by calamine, CSV in whatever encoding."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, XmlError, ZipError

from sync_server.registry.sheets.check_extent import check_extent
from sync_server.registry.sheets.errors import SheetError

MAX_BYTES = 32 * 1024 * 1024
_DELIMITERS = (",", "\t", ";", "；", "，")
_SHEET_FILE = re.compile(r"xl/worksheets/sheet\d+\.xml")
_FORMULA = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"[^>]*>\s*<f[ >/]')
_EXACT_DIGITS = 15
"""A spreadsheet's numbers hold no more: longer codes typed as numbers have lost their end."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row: texts by position, and what is wrong with a cell whatever it should hold (position → problem)."""

    sheet: str
    number: int
    cells: tuple[str, ...]
    wrong: dict[int, str]


def read_lines(name: str, data: bytes) -> list[Line]:
    """All rows with anything in them, the headers included. Raises SheetError."""
    if len(data) > MAX_BYTES:
        raise SheetError("too_large", str(MAX_BYTES >> 20))
    if not data.strip():
        raise SheetError("nothing_in_it")
    if data.startswith(b"PK\x03\x04"):
        return list(_workbook(data))
    if data.startswith(b"\xd0\xcf\x11\xe0") or name.lower().endswith((".xls", ".xlsx", ".et")):
        raise SheetError("not_xlsx", name[:60])
    return list(_text(data))


def _workbook(data: bytes) -> Iterator[Line]:
    check_extent(data)
    formulas = _formulas(data)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            for place, name in enumerate(book.sheet_names):
                sheet = book.get_sheet_by_index(place)
                merged = sheet.merged_cell_ranges or []
                first_row, first_column = sheet.start or (0, 0)
                in_sheet = formulas[place] if place < len(formulas) else set()
                wrong = _wrong_cells(merged, in_sheet, first_column)
                for number, row in enumerate(sheet.to_python(skip_empty_area=True), start=first_row):
                    texts, odd = _texts(row)
                    if any(texts) or number in wrong:
                        yield Line(name, number + 1, texts, {**odd, **wrong.get(number, {})})
    except PasswordError as err:
        raise SheetError("has_password") from err
    except (CalamineError, XmlError, ZipError, ValueError, OSError) as err:
        raise SheetError("broken_file") from err


def _wrong_cells(
    merged: list[tuple[tuple[int, int], tuple[int, int]]], formulas: set[tuple[int, int]], first_column: int
) -> dict[int, dict[int, str]]:
    wrong: dict[int, dict[int, str]] = {}
    for row, column in formulas:
        wrong.setdefault(row, {})[column - first_column] = "formula"
    for (top, left), (bottom, right) in merged:
        # a title over the whole table spans columns of one row; that row is no data unless it says so itself
        for row in range(top, min(bottom, top + 100_000) + 1):
            for column in range(left, min(right, left + 200) + 1):
                wrong.setdefault(row, {})[column - first_column] = "merged"
    return wrong


def _formulas(data: bytes) -> list[set[tuple[int, int]]]:
    """Of each sheet: calamine gives a formula's last result, which may be from another day or from nowhere."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            names = [one for one in packed.namelist() if _SHEET_FILE.fullmatch(one)]
            names.sort(key=lambda one: int(re.sub(r"\D", "", one)))
            return [{_position(*found.groups()) for found in _FORMULA.finditer(packed.read(one))} for one in names]
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError) as err:
        raise SheetError("broken_file") from err


def _position(letters: bytes, digits: bytes) -> tuple[int, int]:
    column = 0
    for letter in letters:
        column = column * 26 + letter - 64
    return int(digits) - 1, column - 1


def _texts(row: Sequence[object]) -> tuple[tuple[str, ...], dict[int, str]]:
    odd: dict[int, str] = {}
    texts = []
    for place, value in enumerate(row):
        if isinstance(value, float) and abs(value) >= 10**_EXACT_DIGITS:
            odd[place] = "number_lost_digits"
        texts.append(_shown(value))
    return tuple(texts), odd


def _shown(value: object) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 10**_EXACT_DIGITS:
        return str(int(value))
    return _unquoted(str(value).strip())


def _text(data: bytes) -> Iterator[Line]:
    text = _decoded(data)
    head = text[: text.find("\n")] if "\n" in text else text
    delimiter = max(_DELIMITERS, key=head.count)
    try:
        for row in (reader := csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)):
            texts = tuple(_unquoted(cell.strip()) for cell in row)
            if any(texts):
                yield Line("CSV", reader.line_num, texts, {})
    except csv.Error as err:
        raise SheetError("broken_file") from err


def _decoded(data: bytes) -> str:
    """UTF-8, UTF-16 where it says so, else GB 18030, which holds GBK: what Chinese spreadsheets save by default."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise SheetError("unknown_encoding")


def _unquoted(text: str) -> str:
    """Our own exports guard what a spreadsheet would take for a formula."""
    return text[1:] if text[:1] == "'" and text[1:2] in ("=", "+", "-", "@") else text
