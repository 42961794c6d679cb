"""A picture drawn anew: upright, and without anything that came along with it."""

from __future__ import annotations

import io

from PIL import Image

_ORIENTATION = 0x0112
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def upright(picture: Image.Image) -> Image.Image:
    """As it was held. Pillow's own way also writes the rest of the metadata again, and fails where that is odd."""
    held = picture.getexif().get(_ORIENTATION)
    turn = _TURNS.get(held) if isinstance(held, int) else None
    return picture if turn is None else picture.transpose(turn)


def jpeg_of(picture: Image.Image, quality: int, *, progressive: bool = False) -> bytes:
    out = io.BytesIO()
    # Pillow writes the comment of the file that it was read from, unless it is told another
    picture.save(out, "JPEG", quality=quality, optimize=True, progressive=progressive, comment=b"")
    return out.getvalue()
