"""The pictures of the contract, drawn anew for each run."""

from __future__ import annotations

import io
from functools import cache

import qrcode
from PIL import Image, ImageFilter

from tests.ports.sample_texts import CODE_TEXT


@cache
def samples() -> dict[str, bytes]:
    wide = Image.new("RGB", (4000, 3000), "#889")
    wide.paste(_code(220), (2500, 1800))
    exif = Image.Exif()
    exif[0x010F], exif[0xA431] = "CAMERA-MAKER", "CAMERA-SERIAL"
    side = Image.Exif()
    side[0x0112] = 6
    noise = Image.effect_noise((2400, 1800), 40).convert("RGB")
    return {
        "straight.png": _bytes(_code(600), "PNG"),
        "straight.jpg": _bytes(_code(600), "JPEG"),
        "turned.jpg": _bytes(_code(600).rotate(31, expand=True, fillcolor="white"), "JPEG"),
        "blurred.jpg": _bytes(_code(600).filter(ImageFilter.GaussianBlur(3)), "JPEG"),
        "small_in_large.png": _bytes(wide, "PNG"),
        "blank.png": _bytes(Image.new("RGB", (640, 480), "white"), "PNG"),
        "photo.jpg": _bytes(noise, "JPEG", exif=exif),
        "on_its_side.jpg": _bytes(Image.new("RGB", (300, 200), "red"), "JPEG", exif=side),
        "bomb.png": _bytes(Image.new("1", (20_000, 20_000)), "PNG"),
    }


def _code(side: int) -> Image.Image:
    drawn: Image.Image = qrcode.make(CODE_TEXT).convert("RGB")
    return drawn.resize((side, side))


def _bytes(picture: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()
