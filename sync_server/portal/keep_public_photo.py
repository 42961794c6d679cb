"""A photo that a stranger's phone sent: taken only as a picture, drawn anew without metadata, kept by its SHA-256.

What is stored was written by us, never the bytes that came: no place, no camera, nothing hidden behind the picture.
"""

from __future__ import annotations

import hashlib
import io
import threading
from dataclasses import dataclass
from typing import ClassVar

from PIL import Image, UnidentifiedImageError

from shared_models.errors import ZhuqiError
from sync_server.county import County
from sync_server.pages.drawn_anew import jpeg_of, upright
from sync_server.supervision.photos import picture_type

MAX_UPLOAD_BYTES = 16 * 1024 * 1024
MAX_SIDE = 1600
_FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
_LEAST_SIDE, _QUALITY = 48, 80
_MOST_PIXELS = {"JPEG": 64_000_000, "PNG": 32_000_000, "WEBP": 32_000_000}
"""Only a JPEG can be unpacked smaller than it is."""
_AT_ONCE = threading.BoundedSemaphore(2)
"""A picture unpacked takes far more memory than its file; strangers choose how many they send."""


@dataclass(eq=False)
class PhotoRefusedError(ZhuqiError):
    """`problem`: empty, too_large, too_small or not_a_picture."""

    code: ClassVar[str] = "photo_refused"
    problem: str


def keep_public_photo(county: County, data: bytes) -> bytes:
    """Its SHA-256. Raises PhotoRefusedError, and StorageFullError where nothing could be kept."""
    drawn = drawn_photo(data)
    sha256 = hashlib.sha256(drawn).digest()
    county.blobs.put(sha256, drawn)
    return sha256


def drawn_photo(data: bytes, longest_side: int = MAX_SIDE) -> bytes:
    """JPEG, upright, at most so many pixels a side. Raises PhotoRefusedError."""
    if not data:
        raise PhotoRefusedError("empty")
    if len(data) > MAX_UPLOAD_BYTES:
        raise PhotoRefusedError("too_large")
    media_type = picture_type(data)
    if media_type is None:
        raise PhotoRefusedError("not_a_picture")
    with _AT_ONCE:
        return _drawn(data, _FORMATS[media_type], longest_side)


def _drawn(data: bytes, format_name: str, longest_side: int) -> bytes:
    try:
        with Image.open(io.BytesIO(data), formats=(format_name,)) as opened:
            if opened.width * opened.height > _MOST_PIXELS[format_name]:
                raise PhotoRefusedError("too_large")
            if min(opened.size) < _LEAST_SIDE:
                raise PhotoRefusedError("too_small")
            # a JPEG is unpacked only as large as it is needed
            opened.draft("RGB", (longest_side, longest_side))
            photo = _on_white(upright(opened))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as err:
        raise PhotoRefusedError("not_a_picture") from err
    photo.thumbnail((longest_side, longest_side), Image.Resampling.LANCZOS)
    return jpeg_of(photo, _QUALITY)


def _on_white(picture: Image.Image) -> Image.Image:
    """Without its transparent parts, which JPEG would show black."""
    if picture.mode not in ("RGBA", "LA", "PA") and "transparency" not in picture.info:
        return picture.convert("RGB")
    over = picture.convert("RGBA")
    white = Image.new("RGB", over.size, "white")
    white.paste(over, mask=over.getchannel("A"))
    return white
