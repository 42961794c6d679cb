"""The app's icon: a gate, and in it the tick of a visit that may enter. `assets/icon.svg` is the same for vectors."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw

VERSION = "1"
GREEN = "#0B6E4F"
WHITE = "#FFFFFF"
_UNITS = 48
_OVERSAMPLING = 4

# In units of 1/48 of the side, as in assets/icon.svg.
_POSTS = ((10, 14, 14, 38), (34, 14, 38, 38))
_LINTEL = (7, 10, 41, 15)
_TICK = ((17.5, 27), (22.5, 32), (31, 22))
_TICK_WIDTH = 4.0


def draw_icon(side: int, *, rounded: bool = True, scale: float = 1.0) -> Image.Image:
    """The icon `side` pixels wide. `scale` below 1 keeps the drawing clear of the edge that a launcher may cut off."""
    big = side * _OVERSAMPLING
    unit = big / _UNITS
    picture = Image.new("RGBA", (big, big), (0, 0, 0, 0))
    pen = ImageDraw.Draw(picture)
    pen.rounded_rectangle((0, 0, big - 1, big - 1), radius=10 * unit if rounded else 0, fill=GREEN)

    def at(value: float) -> float:
        return (_UNITS / 2 + (value - _UNITS / 2) * scale) * unit

    for box in (*_POSTS, _LINTEL):
        pen.rounded_rectangle(tuple(at(value) for value in box), radius=1.5 * unit * scale, fill=WHITE)
    points = [(at(x), at(y)) for x, y in _TICK]
    width = _TICK_WIDTH * unit * scale
    pen.line(points, fill=WHITE, width=round(width), joint="curve")
    for x, y in points:
        pen.ellipse((x - width / 2, y - width / 2, x + width / 2, y + width / 2), fill=WHITE)
    return picture.resize((side, side), Image.Resampling.LANCZOS)


def write_icons(folder: Path) -> None:
    """All that flet_web's page and manifest name: favicon, the two sizes, both masked, and Apple's."""
    icons = folder / "icons"
    icons.mkdir(parents=True, exist_ok=True)
    draw_icon(64).save(folder / "favicon.png")
    for side in (192, 512):
        draw_icon(side).save(icons / f"icon-{side}.png")
        draw_icon(side, rounded=False, scale=0.7).save(icons / f"icon-maskable-{side}.png")
    draw_icon(192, rounded=False, scale=0.85).convert("RGB").save(icons / "apple-touch-icon-192.png")
