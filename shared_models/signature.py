"""A hand-drawn signature as a path: strokes of whole points in a box, in the words of SVG (`M10 20L12 24…`).

Drawn signatures are evidence of will, not of identity (电子签名法 13); what binds them is the record around them.
"""

from __future__ import annotations

import re
from itertools import pairwise
from math import hypot

from shared_models.errors import BadlyFormedError

WIDTH, HEIGHT = 1000, 400
MAX_POINTS = 600
LEAST_LENGTH = 120
"""In the box's units: a dot, or a tap that slipped, is no signature."""
LEAST_OF_ONE_STROKE = 300
_MAX_CHARACTERS = MAX_POINTS * 9
_PATH = re.compile(r"(?:M\d{1,4} \d{1,4}(?:L\d{1,4} \d{1,4})*)+")
_PART = re.compile(r"([ML])(\d+) (\d+)")

Point = tuple[int, int]
Stroke = tuple[Point, ...]


def path_of(strokes: tuple[Stroke, ...]) -> str:
    return "".join(
        f"{'L' if i else 'M'}{x} {y}"
        for stroke in strokes
        for i, (x, y) in enumerate(_in_box(point) for point in stroke)
    )


def strokes_of(path: str) -> tuple[Stroke, ...]:
    """Raises BadlyFormedError for anything that `path_of` does not write."""
    if not path:
        return ()
    if len(path) > _MAX_CHARACTERS or not _PATH.fullmatch(path):
        raise BadlyFormedError("path", "must be strokes in the box")
    strokes: list[list[Point]] = []
    for command, x, y in _PART.findall(path):
        if command == "M":
            strokes.append([])
        strokes[-1].append((int(x), int(y)))
    if any(x > WIDTH or y > HEIGHT for stroke in strokes for x, y in stroke):
        raise BadlyFormedError("path", "must be strokes in the box")
    return tuple(tuple(stroke) for stroke in strokes)


def thinned(strokes: tuple[Stroke, ...], most: int = MAX_POINTS) -> tuple[Stroke, ...]:
    """With at most so many points: every other one is left out, but the ends, until they fit."""
    while sum(map(len, strokes)) > most:
        shorter = tuple(
            tuple(point for i, point in enumerate(stroke) if i % 2 == 0 or i == len(stroke) - 1) for stroke in strokes
        )
        if shorter == strokes:
            return strokes[: most // 2]
        strokes = shorter
    return strokes


def is_signature(strokes: tuple[Stroke, ...]) -> bool:
    """Whether somebody wrote here: one long stroke, or several."""
    length = sum(hypot(b[0] - a[0], b[1] - a[1]) for stroke in strokes for a, b in pairwise(stroke))
    return length >= (LEAST_LENGTH if len(strokes) > 1 else LEAST_OF_ONE_STROKE)


def check_signature(path: str) -> None:
    if not is_signature(strokes_of(path)):
        raise BadlyFormedError("path", "is no signature")


def _in_box(point: Point) -> Point:
    return min(max(point[0], 0), WIDTH), min(max(point[1], 0), HEIGHT)
