"""Photos of things that do not exist: as an inspection found them, and the same when they are put right."""

from __future__ import annotations

import io
import random
from collections.abc import Callable

from PIL import Image, ImageDraw

SIZE = (960, 720)
_WALLS = ("#c9d1d8", "#d6d0c4", "#c6d3cc", "#d3cbd6")
_GOODS = ("#9c6b3f", "#7f5a38", "#b58250", "#8a7358")
_INK, _PAPER = "#39424c", "#f7f4ec"
_Draw = ImageDraw.ImageDraw


def draw_scene(provision: str, seed: int, *, is_right: bool) -> bytes:
    """A JPEG of what the provision is about; the same number gives the same place before and after."""
    pick = random.Random(seed)  # noqa: S311  # a drawing, not a secret
    image = Image.new("RGB", SIZE, pick.choice(_WALLS))
    _SCENES.get(provision, _ledger)(ImageDraw.Draw(image), pick, is_right)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=80)
    return out.getvalue()


def _aisle(draw: _Draw, pick: random.Random, is_right: bool) -> None:
    """A way out, and the goods in it."""
    width, height = SIZE
    draw.polygon(((0, height), (340, 300), (620, 300), (width, height)), fill="#8d959c")
    draw.polygon(((0, 0), (340, 150), (620, 150), (width, 0)), fill="#eef1f3")
    draw.rectangle((340, 150, 620, 300), fill="#b9c2ca")
    draw.rectangle((430, 190, 530, 300), fill="#3f7d56")
    draw.rectangle((440, 160, 520, 184), fill="#2f9e63")
    for x in (60, 860):
        draw.rectangle((x, 330, x + 40, 430), fill="#b3372f")
    if is_right:
        for shift in (0, 300):
            draw.line((330 + shift, 320, 90 + shift * 2.6, height), fill="#e6c229", width=12)
        return
    for row in range(3):
        scale = 1 + row * 0.5
        for column in range(3):
            left = 300 + column * 130 - row * 70 + pick.randint(-14, 14)
            top = 330 + row * 105 + pick.randint(-18, 18)
            box = (left, top, left + 105 * scale, top + 95 * scale)
            draw.rectangle(box, fill=pick.choice(_GOODS), outline="#4c3a26", width=3)
            draw.line((box[0], (box[1] + box[3]) / 2, box[2], (box[1] + box[3]) / 2), fill="#d8c39a", width=5)


def _gauge(draw: _Draw, pick: random.Random, is_right: bool) -> None:
    """An extinguisher's gauge: the needle in the red, or in the green."""
    draw.rounded_rectangle((330, 430, 630, 760), 60, fill="#b3372f")
    draw.rectangle((420, 380, 540, 440), fill="#59626b")
    dial = (280, 60, 680, 460)
    draw.ellipse(dial, fill=_PAPER, outline=_INK, width=12)
    for first, last, colour in ((150, 230, "#c6463c"), (230, 310, "#2f9e63"), (310, 390, "#e6c229")):
        draw.arc((310, 90, 650, 430), first, last, fill=colour, width=34)
    end = (480 + pick.randint(-20, 20), 125) if is_right else (345 + pick.randint(-8, 8), 300)
    draw.line((480, 260, *end), fill=_INK, width=12)
    draw.ellipse((460, 240, 500, 280), fill=_INK)


def _ledger(draw: _Draw, pick: random.Random, is_right: bool) -> None:
    """A book of entries that breaks off, or is kept to the last line."""
    draw.polygon(((0, 600), (960, 560), (960, 720), (0, 720)), fill="#8a6f55")
    draw.rectangle((160, 50, 800, 670), fill=_PAPER, outline="#b9b1a0", width=4)
    kept = 9 if is_right else pick.randint(2, 3)
    for row in range(10):
        top = 90 + row * 56
        draw.line((190, top + 40, 770, top + 40), fill="#c9c2b2", width=3)
        for left, longest in ((200, 90), (340, 190), (590, 150)):
            if row <= kept:
                draw.line((left, top + 20, left + longest - pick.randint(0, 40), top + 20), fill=_INK, width=9)
    for left in (325, 575):
        draw.line((left, 80, left, 640), fill="#c9c2b2", width=3)


def _label(draw: _Draw, pick: random.Random, is_right: bool) -> None:
    """A label on a package: the field of its date empty, or stamped."""
    draw.rounded_rectangle((140, 40, 820, 700), 40, fill=pick.choice(_GOODS))
    draw.rectangle((230, 120, 730, 620), fill=_PAPER, outline="#b9b1a0", width=4)
    draw.rectangle((260, 150, 700, 220), fill="#1c4b8a")
    for row in range(4):
        top = 260 + row * 45
        draw.line((270, top, 600 - pick.randint(0, 120), top), fill=_INK, width=10)
    draw.rectangle((270, 470, 690, 580), outline="#c6463c" if not is_right else _INK, width=5)
    if is_right:
        for left in range(295, 675, 46):
            draw.rectangle((left, 500, left + 26, 550), fill=_INK)


_SCENES: dict[str, Callable[[_Draw, random.Random, bool], None]] = {
    "fire-28": _aisle,
    "fire-16": _gauge,
    "food-50": _ledger,
    "label-67": _label,
}
