"""Photos of places that do not exist: an aisle that is blocked, and the same aisle when it is put right."""

from __future__ import annotations

import io
import random

from PIL import Image, ImageDraw

SIZE = (960, 720)
_WALLS = ("#c9d1d8", "#d6d0c4", "#c6d3cc", "#d3cbd6")
_GOODS = ("#9c6b3f", "#7f5a38", "#b58250", "#8a7358")


def draw_scene(seed: int, *, is_right: bool) -> bytes:
    """A JPEG; the same number gives the same place before and after."""
    pick = random.Random(seed)  # noqa: S311  # a drawing, not a secret
    wall = pick.choice(_WALLS)
    image = Image.new("RGB", SIZE, wall)
    draw = ImageDraw.Draw(image)
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
        return _jpeg(image)
    for row in range(3):
        scale = 1 + row * 0.5
        for column in range(3):
            left = 300 + column * 130 - row * 70 + pick.randint(-14, 14)
            top = 330 + row * 105 + pick.randint(-18, 18)
            box = (left, top, left + 105 * scale, top + 95 * scale)
            draw.rectangle(box, fill=pick.choice(_GOODS), outline="#4c3a26", width=3)
            draw.line((box[0], (box[1] + box[3]) / 2, box[2], (box[1] + box[3]) / 2), fill="#d8c39a", width=5)
    return _jpeg(image)


def _jpeg(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=80)
    return out.getvalue()
