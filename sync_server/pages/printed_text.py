"""Text as it is put on paper: nothing that moves or hides its neighbours, no empty box for what the font lacks."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import groupby
from pathlib import Path

_ONLY_STYLE = "\ufe0e\ufe0f"
"""They say whether the character before them is drawn as a picture or as a text."""


def printed(text: str, most: int, *, lines: bool = False) -> str:
    """At most so many characters of it. Emoji and scripts that the font lacks stand as their code: 〔U+1F525〕.

    `lines`: whether line ends stay.
    """
    shown = "".join(mark for mark in text if _is_seen(mark) or (lines and mark == "\n")).strip()
    cut = shown if len(shown) <= most else f"{shown[:most]}…"
    runs = groupby(cut, key=lambda mark: mark == "\n" or ord(mark) in _characters())
    return "".join("".join(run) if is_drawn else _codes(run) for is_drawn, run in runs)


def has_codes(text: str) -> bool:
    return "〔U+" in text


def font_folder() -> Path:
    return _font_file().parent


def _is_seen(mark: str) -> bool:
    return mark.isprintable() and mark not in _ONLY_STYLE


def _codes(run: Iterator[str]) -> str:
    return "〔" + " ".join(f"U+{ord(mark):04X}" for mark in run) + "〕"


@cache
def _characters() -> frozenset[int]:
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - for print alone

    with TTFont(_font_file(), lazy=True) as font:
        return frozenset(font.getBestCmap())


def _font_file() -> Path:
    import cvttf_NotoSansCJK_Regular as wheel  # type: ignore[import-untyped]  # noqa: PLC0415 - 16 MB, for print alone

    return Path(wheel.get_TTF_path())
