"""A workbook that would lay out more cells than there is room for is refused before anybody lays them out."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest

from sync_server.filings.read_codes import read_listed
from sync_server.registry.sheets.cells import read_lines
from sync_server.registry.sheets.check_extent import check_extent
from sync_server.registry.sheets.errors import SheetError
from tests.registry_desk.tables import HEADERS, repacked, rows, workbook
from tests.server.towns import USCC

LAST_ROW, LAST_COLUMN = 1_048_575, 16_383
SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
SMALL = workbook([HEADERS, *rows(3)])


def far(row: int, column: int) -> bytes:
    return workbook([HEADERS, *rows(1)], lambda sheet: sheet.write(row, column, "x"))


def packed(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in parts.items():
            made.writestr(name, text)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (far(LAST_ROW, LAST_COLUMN), "too_many_rows"),
        (far(LAST_ROW, 50), "too_many_rows"),
        (repacked(SMALL, SHEET, b'r="A2"', b"r='XFD1048576'"), "too_many_rows"),
        (repacked(SMALL, SHEET, b'r="A2"', b'r="' + b"Z" * 90 + b"9" * 5_000 + b'"'), "too_many_rows"),
        (repacked(SMALL, STRINGS, b'uniqueCount="', b'uniqueCount="99999999999'), "broken_file"),
        (packed(**{"content.xml": b"<a/>"}), "not_xlsx"),
        (b"PK\x03\x04 nonsense", "broken_file"),
    ],
)
def test_what_cannot_be_laid_out_is_refused_beforehand(data: bytes, problem: str) -> None:
    with pytest.raises(SheetError) as refused:
        read_lines("a.xlsx", data)
    assert refused.value.problem == problem
    assert [one.problem for one in read_listed("", data).bad] == ["unreadable_file"]


def test_a_cell_that_does_not_say_where_it_is_lies_in_its_row() -> None:
    def bare(sheet: Any) -> None:
        for column in range(20):
            sheet.write(1, column, 1)

    data = repacked(workbook([HEADERS], bare), SHEET, b'<row r="2"', b'<row r="999999"')
    with pytest.raises(SheetError):
        check_extent(repacked(data, SHEET, b'<c r="B2"', b"<c"))


def test_formatting_without_a_word_in_it_takes_no_room() -> None:
    sheet = workbook([("企业", "起"), (USCC, "2026-11-09")])
    blank = b'<row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>'
    data = repacked(sheet, SHEET, b"</sheetData>", blank)
    assert len(read_lines("a.xlsx", data)) == 2
    assert [row.uscc for row in read_listed("", data).rows] == [USCC]
