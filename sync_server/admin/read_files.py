"""Import files: JSON lists of our own shapes, or CSV as a spreadsheet saves it (UTF-8, a header of field names)."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from shared_models.enterprise import Enterprise
from shared_models.errors import BadlyFormedError
from shared_models.filing import FilingForm
from shared_models.people import Department, Person
from shared_models.shape import from_plain
from sync_server.county import County
from sync_server.registry.checks import MAX_GATE_NO
from sync_server.supervision.photos import picture_type

T = TypeVar("T")
MAX_FILE_BYTES = 64 * 1024 * 1024
Row = dict[str, Any]


def read_departments(path: Path) -> tuple[Department, ...]:
    """CSV: id, name, units (`food=食品科;drug=药品科`)."""
    return _read(Department, path, _department)


def read_people(path: Path, county: County) -> tuple[Person, ...]:
    """CSV: id, name, department, unit, licence, valid_from, valid_until, portrait (a picture beside the file).

    Portraits are kept as blobs. Raises BadlyFormedError.
    """
    return _read(Person, path, lambda row: _person(row, path.parent, county))


def read_enterprises(path: Path) -> tuple[Enterprise, ...]:
    """CSV: uscc, name, status, township, address, industry, gates (`1=东门;2=西门`)."""
    return _read(Enterprise, path, _enterprise)


def read_filing_form(path: Path) -> FilingForm:
    """JSON; `opened_by_visit` in hexadecimal, for a filing that follows an entry by exception."""
    plain = _json(path)
    if type(plain) is dict and isinstance(plain.get("opened_by_visit"), str):
        try:
            plain["opened_by_visit"] = bytes.fromhex(plain["opened_by_visit"])
        except ValueError as err:
            raise BadlyFormedError(f"{path.name}.opened_by_visit", "must be hexadecimal") from err
    return from_plain(FilingForm, plain, path.name)


def read_json(cls: type[T], path: Path) -> T:
    """One value of this shape. Raises BadlyFormedError."""
    return from_plain(cls, _json(path), path.name)


def read_json_list(cls: type[T], path: Path) -> tuple[T, ...]:
    plain = _json(path)
    if type(plain) is not list:
        raise BadlyFormedError(path.name, "must be a list")
    return tuple(from_plain(cls, row, f"{path.name}[{i}]") for i, row in enumerate(plain))


def _read(cls: type[T], path: Path, convert: Callable[[Row], Row]) -> tuple[T, ...]:
    if path.suffix.lower() == ".csv":
        first, rows = 2, [_without_blanks(row, path) for row in _table(path)]
    else:
        first, rows = 0, _json(path)
    if type(rows) is not list or not all(type(row) is dict for row in rows):
        raise BadlyFormedError(path.name, "must be a list of objects")
    return tuple(from_plain(cls, convert(row), f"{path.name}[{i}]") for i, row in enumerate(rows, start=first))


def _table(path: Path) -> list[dict[str | Any, Any]]:
    try:
        return list(csv.DictReader(io.StringIO(_text(path)), strict=True))
    except csv.Error as err:
        raise BadlyFormedError(path.name, f"must be CSV: {err}") from err


def _department(row: Row) -> Row:
    if isinstance(row.get("units"), str):
        row["units"] = [{"id": key, "name": name} for key, name in _pairs(row["units"], "units")]
    return row


def _enterprise(row: Row) -> Row:
    row.setdefault("status", "active")
    if isinstance(row.get("gates"), str):
        row["gates"] = [{"no": _number(key), "place": place} for key, place in _pairs(row["gates"], "gates")]
    return row


def _person(row: Row, folder: Path, county: County) -> Row:
    if isinstance(row.get("portrait"), str):
        picture = _picture(folder, row["portrait"])
        row["portrait"] = hashlib.sha256(picture).digest()
        county.blobs.put(row["portrait"], picture)
    if isinstance(row.get("revoked"), str):
        raise BadlyFormedError("revoked", "is not imported: use `zhuqi admin people revoke`")
    return row


def _picture(folder: Path, name: str) -> bytes:
    """What a table names is published: nothing but a picture beside the table, and never a file of this server's."""
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise BadlyFormedError("portrait", f"must lie beside the table: {name}")
    try:
        picture = path.read_bytes()
    except (OSError, ValueError) as err:
        raise BadlyFormedError("portrait", f"cannot be read: {name}") from err
    if picture_type(picture) is None:
        raise BadlyFormedError("portrait", f"must be a JPEG, PNG or WebP picture: {name}")
    return picture


def _pairs(text: str, where: str) -> list[tuple[str, str]]:
    parts = [part.partition("=") for part in text.replace("；", ";").split(";") if part.strip()]
    if not all(mark for _, mark, _ in parts):
        raise BadlyFormedError(where, "must be written like 1=东门;2=西门")
    return [(key.strip(), value.strip()) for key, _, value in parts]


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(MAX_GATE_NO))):
        raise BadlyFormedError("gates", "must be numbered")
    return int(text)


def _without_blanks(row: dict[str | Any, Any], path: Path) -> Row:
    if None in row:
        raise BadlyFormedError(path.name, "has a row with more fields than its header")
    return {key.strip(): value.strip() for key, value in row.items() if value and value.strip()}


def _json(path: Path) -> Any:
    try:
        return json.loads(_text(path))
    except (ValueError, RecursionError) as err:
        raise BadlyFormedError(path.name, "must be JSON") from err


def _text(path: Path) -> str:
    if path.stat().st_size > MAX_FILE_BYTES:
        raise BadlyFormedError(path.name, f"is larger than {MAX_FILE_BYTES} bytes")
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError as err:
        raise BadlyFormedError(path.name, "must be UTF-8 (in a spreadsheet: save as CSV UTF-8)") from err
