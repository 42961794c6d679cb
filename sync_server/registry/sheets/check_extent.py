"""How large a workbook is once it is unpacked and laid out: a cell far away makes a table of all that lies between.

calamine lays out every cell from the first to the last that says something, and where there is no room for them it
takes the process down: so this is asked before.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from sync_server.registry.sheets.columns import MAX_ROWS
from sync_server.registry.sheets.errors import SheetError

_MAX_UNPACKED = 512 * 1024 * 1024
_MAX_CELLS = 10_000_000
_CELL = re.compile(rb"<(?:\w+:)?c(?:\s[^>]*)?(?<!/)>")
"""One with something in it."""
_ROW = re.compile(rb"<(?:\w+:)?row\s[^>]*>")
_PLACE = re.compile(rb"\br\s*=\s*[\"']\s*([A-Za-z]*)(\d+)")
_COUNT = re.compile(rb"\b(?:unique)?[cC]ount\s*=\s*[\"']\s*(\d+)")
"""Room is made beforehand for as many as it says."""


def check_extent(data: bytes) -> None:
    """Raises SheetError for a workbook that is too large to be laid out, and for a packed file that is no XLSX."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if "xl/workbook.xml" not in packed.namelist():
                raise SheetError("not_xlsx")
            left = _MAX_UNPACKED
            for one in packed.infolist():
                with packed.open(one) as part:
                    text = part.read(left + 1)
                left -= len(text)
                if left < 0:
                    raise SheetError("too_large", str(_MAX_UNPACKED >> 20))
                _check_part(text)
    # RuntimeError: zipfile's word for a packing that it does not know, and for a password
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, ValueError) as err:
        raise SheetError("broken_file") from err


def _check_part(text: bytes) -> None:
    if any(_number(count[1]) > _MAX_CELLS for count in _COUNT.finditer(text)):
        raise SheetError("broken_file")
    rows, columns = [0], [0]
    is_placed = True
    for cell in _CELL.finditer(text):
        place = _PLACE.search(cell[0])
        is_placed = is_placed and place is not None
        if place is not None:
            rows.append(_number(place[2]))
            columns.append(_column(place[1]))
    if not is_placed:  # it lies in its row, wherever that is
        rows += [_number(place[2]) for row in _ROW.finditer(text) if (place := _PLACE.search(row[0]))]
    if max(rows) * max(columns) > _MAX_CELLS:
        raise SheetError("too_many_rows", str(MAX_ROWS))


def _number(digits: bytes) -> int:
    return int(digits[:12])


def _column(letters: bytes) -> int:
    column = 0
    for letter in letters[:8].upper():
        column = column * 26 + letter - 64
    return column
