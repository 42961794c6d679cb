"""Enterprises of a filing as they are pasted or uploaded: a code a line, with days of its own where they are given."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from datetime import date

import python_calamine

from sync_server.drafts.shown_draft import BadLine
from sync_server.filings.typed_filing import MAX_ROWS, TypedRow
from sync_server.registry.sheets.check_extent import check_extent
from sync_server.registry.sheets.errors import SheetError

MAX_FILE_BYTES = 1024 * 1024
_SPLIT = re.compile(r"[,，;；\t|]| {1,}")
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_CODE = re.compile(r"[0-9A-Z]{18}")


@dataclass(frozen=True, slots=True)
class ReadCodes:
    rows: tuple[TypedRow, ...]
    bad: tuple[BadLine, ...]


def read_codes(text: str) -> ReadCodes:
    """Each line: a code, then at most two days. A first line of headings is passed over."""
    rows: dict[str, TypedRow] = {}
    bad: list[BadLine] = []
    for number, line in enumerate(text.splitlines(), start=1):
        fields = [field.strip().strip('"').strip() for field in _SPLIT.split(line.strip()) if field.strip()]
        if not fields:
            continue
        code = next((field.upper() for field in fields if _CODE.fullmatch(field.upper())), None)
        if code is None:
            if number > 1 or any(mark.isdigit() for mark in line):
                bad.append(BadLine(number, line.strip()[:80], "no_code"))
            continue
        days = [day for day in (_day(field) for field in fields) if day]
        if len(rows) >= MAX_ROWS and code not in rows:
            bad.append(BadLine(number, code, "too_many"))
        elif code in rows and rows[code].first and days:
            bad.append(BadLine(number, code, "twice"))
        else:
            rows[code] = TypedRow(code, *(days[:2] if len(days) > 1 else days * 2))
    return ReadCodes(tuple(rows.values()), tuple(bad))


def read_listed(pasted: str, upload: bytes | None) -> ReadCodes:
    """What was pasted, then what was uploaded, numbered through."""
    uploaded = _text_of_upload(upload) if upload is not None else ""
    read = read_codes("\n".join(text for text in (pasted, uploaded or "") if text.strip()))
    return read if uploaded is not None else ReadCodes(read.rows, (BadLine(0, "", "unreadable_file"), *read.bad))


def _text_of_upload(data: bytes) -> str | None:
    """A spreadsheet's first sheet as lines, or the text of a CSV; null for a file that is neither."""
    if not data.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        return decode_text(data)
    try:
        if data.startswith(b"PK"):
            check_extent(data)
        sheet = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0)
        rows = sheet.to_python()
    except (python_calamine.CalamineError, SheetError, OSError, ValueError, IndexError):
        return None
    return "\n".join("\t".join(_cell(value) for value in row) for row in rows)


def _cell(value: object) -> str:
    return value.isoformat()[:10] if isinstance(value, date) else str(value).replace("\n", " ")


def decode_text(data: bytes) -> str | None:
    """UTF-8 with or without its mark, else GB 18030, as spreadsheets in China save it; null for what is neither."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    return None


def _day(field: str) -> str:
    found = _DAY.fullmatch(field)
    return f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}" if found else ""
