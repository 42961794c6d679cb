"""JSON objects from a file: one, or one a line. A key given twice, which most readers let pass, is refused here.

NaN and its like become floats, which no key of the rules takes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from shared_models.errors import BadlyFormedError

_BLANK = re.compile(r"[ \t\r\n]*")


@dataclass(frozen=True, slots=True)
class JsonObject:
    line: int
    value: dict[str, Any]


def json_objects(data: bytes) -> Iterator[JsonObject]:
    """Each object with the line it starts on; it may run over several lines.

    Raises BadlyFormedError, whose `where` is `line N` or `line N: key`.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as err:
        raise BadlyFormedError(f"byte {err.start}", "is not UTF-8") from err
    place = _after_blank(text, 0)
    if place == len(text):
        raise BadlyFormedError("input", "is empty")
    line, counted = 1, 0
    while place < len(text):
        line, counted = line + text.count("\n", counted, place), place
        value, end = _read(text, place, line)
        yield JsonObject(line, value)
        place = _after_blank(text, end)
        if place < len(text) and "\n" not in text[end:place]:
            raise BadlyFormedError(f"line {line}", "holds more than one JSON object")


def _after_blank(text: str, place: int) -> int:
    match = _BLANK.match(text, place)
    return match.end() if match else place


def _read(text: str, place: int, line: int) -> tuple[dict[str, Any], int]:
    try:
        value, end = _DECODER.raw_decode(text, place)
    except BadlyFormedError as err:
        raise BadlyFormedError(f"line {line}: {err.where}", err.problem) from err
    except json.JSONDecodeError as err:
        raise BadlyFormedError(f"line {err.lineno}", f"is not JSON: {err.msg}") from err
    except (ValueError, RecursionError) as err:  # a number of thousands of digits, brackets nested as deep
        raise BadlyFormedError(f"line {line}", "is not JSON that can be read") from err
    if type(value) is not dict:
        raise BadlyFormedError(f"line {line}", "must be a JSON object")
    return value, end


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                raise BadlyFormedError(key, "is given twice")
            seen.add(key)
    return found


_DECODER = json.JSONDecoder(object_pairs_hook=_unique)
