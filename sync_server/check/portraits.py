"""The portrait that a check shows: small enough for a poor line, under an address that only the check's page knows."""

from __future__ import annotations

import io
from dataclasses import dataclass

from PIL import Image, UnidentifiedImageError

from shared_models import cbor
from shared_models.errors import ZhuqiError
from shared_models.people import Person
from shared_models.shape import from_plain, to_plain
from sync_server.check.secrets import open_token, seal_token
from sync_server.county import County
from sync_server.pages.drawn_anew import jpeg_of

FACE_WIDTH, SMALL_WIDTH = 256, 128
"""Twice what the page shows, for sharp screens: the person to be compared, and those who come along."""
_SECONDS = 30 * 60
_QUALITY = 78


@dataclass(frozen=True, slots=True)
class _Token:
    sha256: bytes
    expires_at: int
    width: int


def portrait_address(county: County, person: Person | None, width: int = FACE_WIDTH) -> str:
    """Blank where there is none."""
    if person is None or person.portrait is None:
        return ""
    token = _Token(person.portrait, int(county.clock.now().timestamp()) + _SECONDS, width)
    return "/check/portraits/" + seal_token(county.settings, cbor.encode(to_plain(token)))


def portrait_of_token(county: County, token: str) -> bytes | None:
    """The picture; null where the address is not ours or over. Raises NotFoundError where it is not kept."""
    body = open_token(county.settings, token)
    try:
        opened = from_plain(_Token, cbor.decode(body)) if body is not None else None
    except ZhuqiError:
        return None  # our mark, but on something else
    if opened is None or county.clock.now().timestamp() > opened.expires_at:
        return None
    return _drawn(county.blobs.get(opened.sha256), opened.width)


def _drawn(data: bytes, width: int) -> bytes:
    """As it is where it cannot be drawn: whoever serves it says what it is."""
    try:
        with Image.open(io.BytesIO(data)) as opened:
            picture = opened.convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return data
    picture.thumbnail((width, 4 * width))
    return jpeg_of(picture, _QUALITY, progressive=True)
