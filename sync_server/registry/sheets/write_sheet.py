"""Templates to fill in, and exports: XLSX by xlsxwriter, CSV as spreadsheets open it. Nothing is ever a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

import xlsxwriter

from sync_server.registry.sheets.columns import Thing

_WIDTH = 18
_RISKY = ("=", "+", "-", "@", "\t")
_LONGEST_CELL = 32_000


def write_template(thing: Thing) -> bytes:
    """Headers, and a second sheet that says what belongs in each column."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        bold, text = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
        sheet = book.add_worksheet("数据")
        # as text: a code of eighteen digits typed into a number cell loses its end
        sheet.set_column(0, len(thing.columns) - 1, _WIDTH, text)
        sheet.freeze_panes(1, 0)
        guide = book.add_worksheet("填写说明")
        guide.set_column(0, 3, _WIDTH * 1.5)
        for column, title in enumerate(("列 Column", "必填 Required", "例 Example", "英文 English")):
            guide.write_string(0, column, title, bold)
        for place, one in enumerate(thing.columns):
            sheet.write_string(0, place, one.chinese + ("*" if one.is_required else ""), bold)
            for column, word in enumerate((one.chinese, "是 yes" if one.is_required else "", one.example, one.english)):
                # not a header of its own: the guide is no table to read
                guide.write_string(place + 1, column, word if column else f"「{word}」")
    return out.getvalue()


def write_xlsx(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"constant_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("数据")
        sheet.set_column(0, len(headers) - 1, _WIDTH)
        for number, row in enumerate((headers, *rows)):
            for place, text in enumerate(row):
                sheet.write_string(number, place, text[:_LONGEST_CELL])
    return out.getvalue()


def write_csv(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """UTF-8 with a mark, by which spreadsheets know it."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(headers)
    writer.writerows([_guarded(text) for text in row] for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8", "replace")


def _guarded(text: str) -> str:
    return f"'{text}" if text.startswith(_RISKY) else text
