"""Photos made small before they are kept: 1,600 px at most, JPEG at quality 80, without the camera's metadata."""

from __future__ import annotations

import asyncio
import io

from PIL import Image, ImageOps

from field_app.errors import BadPictureError
from field_app.ports import Picture

MAX_SIDE = 1600
QUALITY = 80
MAX_PIXELS = 100_000_000


async def scale(image: bytes, max_side: int = MAX_SIDE) -> Picture:
    """Raises BadPictureError."""
    return await asyncio.to_thread(_scale, image, max_side)


def _scale(image: bytes, max_side: int) -> Picture:
    try:
        with Image.open(io.BytesIO(image)) as opened:
            if opened.width * opened.height > MAX_PIXELS:
                raise BadPictureError
            upright = ImageOps.exif_transpose(opened).convert("RGB")
            upright.thumbnail((max_side, max_side))
            # A new image carries no metadata over: no position, no serial number of the camera.
            clean = Image.new("RGB", upright.size)
            clean.paste(upright)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as err:
        raise BadPictureError from err
    out = io.BytesIO()
    clean.save(out, "JPEG", quality=QUALITY, optimize=True)
    return Picture(out.getvalue(), clean.width, clean.height)
