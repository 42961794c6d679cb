"""Files as offices send them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import xlsxwriter
from stdnum.cn.uscc import calc_check_digit

HEADERS = ("统一社会信用代码", "企业名称", "状态", "乡镇", "联系电话")


def usccs(count: int) -> Iterator[str]:
    """Invented codes with a right check character."""
    for n in range(count):
        body = f"91330326MA{n:07}"
        yield body + calc_check_digit(body)


def rows(count: int) -> list[tuple[str, ...]]:
    return [(code, f"虚构企业{n}", "存续", "鳌江镇", f"63{n:06}") for n, code in enumerate(usccs(count))]


def workbook(table: Sequence[Sequence[Any]], more: Callable[[Any], None] = lambda _: None) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("企业")
        for number, row in enumerate(table):
            sheet.write_row(number, 0, row)
        more(sheet)
    return out.getvalue()


def csv(table: Sequence[Sequence[str]], encoding: str = "utf-8", delimiter: str = ",") -> bytes:
    return "\r\n".join(delimiter.join(row) for row in table).encode(encoding)


def repacked(data: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """The workbook with something else written into one of its parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as given, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in given.namelist():
            text = given.read(name)
            assert name != part or old in text
            made.writestr(name, text.replace(old, new) if name == part else text)
    return out.getvalue()
