"""Cuts the Chinese web font from the wheel's full one: all of GBK, so that rare names of persons and places are there.

GB2312 alone (1.2 MB) lacks 喆, 昇, 堃, 祎 and many more that stand in registers. The wheel's font draws the forms of
Taiwan; its own `locl` table knows the mainland's, and they become the default here. Licence: SIL OFL 1.1, kept inside.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

VERSION = "3"
"""Counted up whenever the same wheel would give another file."""

# Beyond GBK: what the screens draw as signs. The font lacks ✔, ✕, ✗ and all emoji: use × and words.
SIGNS = "✓⚠×÷±·・•–—…‘’“”„‹›«»←↑→↓↔↕⇒⇔●○◆◇■□▲△▼▽★☆①②③④⑤⑥⑦⑧⑨⑩℃№©®™°′″€£¥￥§¶µ½¼¾²³"
_NAME_IDS = [0, 1, 2, 3, 4, 5, 6, 13, 14]


def characters() -> frozenset[int]:
    """Code points: ASCII, Latin letters with marks, GBK, signs."""
    plain = range(0x20, 0x7F)
    latin = range(0xA0, 0x180)
    two_bytes = (bytes([lead, trail]) for lead in range(0x81, 0xFF) for trail in range(0x40, 0xFF))
    gbk = (pair.decode("gbk", "ignore") for pair in two_bytes)
    return frozenset((*plain, *latin, *(ord(text) for text in gbk if len(text) == 1), *(ord(sign) for sign in SIGNS)))


def make_cjk_font(target: Path) -> None:
    """Write the WOFF2. Takes some 15 s to cut and 30 s to compress."""
    from fontTools import subset  # noqa: PLC0415 no phone carries it
    from fontTools.ttLib import TTFont  # noqa: PLC0415

    with TTFont(_font_of_the_wheel(), lazy=True) as font:
        _draw_mainland_forms(font)
        options = subset.Options()
        options.layout_features = []
        options.hinting = False
        options.notdef_outline = True
        options.name_IDs = _NAME_IDS
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=characters())
        cutter.subset(font)
        font.flavor = "woff2"
        font.save(target)


def _font_of_the_wheel() -> Path:
    import cvttf_NotoSansCJK_Regular as wheel  # type: ignore[import-untyped]  # noqa: PLC0415

    return Path(wheel.get_TTF_path())


def _draw_mainland_forms(font: Any) -> None:
    """Point every character at the glyph that the font's own `locl` feature for ZHS would choose."""
    table = font["GSUB"].table
    scripts = [record.Script for record in table.ScriptList.ScriptRecord if record.ScriptTag == "hani"]
    mainland = [record.LangSys for script in scripts for record in script.LangSysRecord if record.LangSysTag == "ZHS "]
    features = [table.FeatureList.FeatureRecord[index] for language in mainland for index in language.FeatureIndex]
    lookups = [
        index for feature in features if feature.FeatureTag == "locl" for index in feature.Feature.LookupListIndex
    ]
    chosen: dict[str, str] = {}
    for index in lookups:
        for part in table.LookupList.Lookup[index].SubTable:
            chosen.update(getattr(part, "ExtSubTable", part).mapping)
    for encoding in font["cmap"].tables:
        if encoding.isUnicode() and encoding.format != _VARIATION_SEQUENCES:
            encoding.cmap = {code: chosen.get(glyph, glyph) for code, glyph in encoding.cmap.items()}


_VARIATION_SEQUENCES = 14
