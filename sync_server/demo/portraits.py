"""Portraits of people who do not exist, drawn from a number: flat shapes, no likeness of anybody."""

from __future__ import annotations

import io
import random

from PIL import Image, ImageDraw

SIDE = 192
SKINS = ("#f2d3b8", "#e8c19f", "#dcae87", "#f5dcc6")
HAIRS = ("#1f1b1a", "#2d2421", "#3b2f2a", "#5a5552")
CLOTHS = ("#1f3a5f", "#24476b", "#2b4a3f", "#3a3f58")
GROUNDS = ("#cfdcea", "#d8e3d5", "#e4ddd0", "#d9d6e6")


def draw_portrait(seed: int) -> bytes:
    """A JPEG of 192 × 192 pixels; the same number gives the same picture."""
    pick = random.Random(seed)  # noqa: S311  # a drawing, not a secret
    big = SIDE * 2
    image = Image.new("RGB", (big, big), pick.choice(GROUNDS))
    draw = ImageDraw.Draw(image)
    skin, hair, cloth = pick.choice(SKINS), pick.choice(HAIRS), pick.choice(CLOTHS)
    long_hair = pick.random() < 0.4  # noqa: PLR2004
    if long_hair:
        draw.rounded_rectangle((106, 86, 278, 300), 70, fill=hair)
    draw.rounded_rectangle((52, 274, 332, 460), 90, fill=cloth)
    draw.polygon(((150, 274), (192, 330), (234, 274)), fill="#eef1f4")
    draw.rounded_rectangle((164, 220, 220, 300), 24, fill=skin)
    draw.ellipse((122, 84, 262, 260), fill=skin)
    top = pick.randint(120, 140)
    draw.chord((114, 66, 270, 236), 180, 360, fill=hair)
    draw.rectangle((122, 150, 262, 152), fill=hair)
    draw.ellipse((128, top + 6, 256, 258), fill=skin)
    _face(draw, pick)
    draw.rounded_rectangle((84, 330, 116, 344), 4, fill="#d9b24c")
    out = io.BytesIO()
    image.resize((SIDE, SIDE), Image.Resampling.LANCZOS).save(out, "JPEG", quality=82)
    return out.getvalue()


def _face(draw: ImageDraw.ImageDraw, pick: random.Random) -> None:
    eye = pick.randint(164, 172)
    for x in (162, 222):
        draw.ellipse((x - 7, eye - 7, x + 7, eye + 7), fill="#26211f")
        draw.line((x - 14, eye - 20, x + 14, eye - 22), fill="#3a302c", width=5)
    if pick.random() < 0.35:  # noqa: PLR2004
        for x in (162, 222):
            draw.ellipse((x - 22, eye - 20, x + 22, eye + 20), outline="#333333", width=4)
        draw.line((184, eye, 200, eye), fill="#333333", width=4)
    draw.line((192, eye + 8, 188, eye + 32, 197, eye + 34), fill="#b98a68", width=4, joint="curve")
    draw.arc((168, eye + 34, 216, eye + 62), 20, 160, fill="#a2543f", width=5)
