"""A portrait as the office has it becomes one as phones and pages show it: upright, 3:4, small, without metadata."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass, replace
from typing import ClassVar

from PIL import Image, ImageOps, UnidentifiedImageError

from shared_models.acts import PeopleRegistered
from shared_models.errors import ZhuqiError
from shared_models.people import Person
from sync_server.county import County
from sync_server.errors import NotFoundError
from sync_server.log.writing import writing
from sync_server.pages.drawn_anew import jpeg_of, upright

MAX_UPLOAD_BYTES = 8 * 1024 * 1024
WIDTH, HEIGHT = 480, 640
_LEAST, _MOST_PIXELS, _QUALITY = 120, 60_000_000, 82
_FORMATS = ("JPEG", "PNG", "WEBP")


@dataclass(eq=False)
class PortraitError(ZhuqiError):
    """`problem` as the registry's other problems."""

    code: ClassVar[str] = "invalid"
    problem: str


def keep_portrait(county: County, account: str, person: str, picture: bytes) -> bytes:
    """Its SHA-256. Raises PortraitError for what is no picture or too small, NotFoundError."""
    data = drawn_portrait(picture)
    sha256 = hashlib.sha256(data).digest()
    county.blobs.put(sha256, data)
    with writing(county) as tx:
        fact = tx.facts.get("person", person)
        if fact is None:
            raise NotFoundError("person", person)
        tx.append_act(account, PeopleRegistered((replace(fact.load(Person), portrait=sha256),)))
    return sha256


def drawn_portrait(picture: bytes) -> bytes:
    """JPEG. Raises PortraitError."""
    if not picture:
        raise PortraitError("empty")
    if len(picture) > MAX_UPLOAD_BYTES:
        raise PortraitError("too_large")
    try:
        with Image.open(io.BytesIO(picture), formats=_FORMATS) as opened:
            if opened.width * opened.height > _MOST_PIXELS:
                raise PortraitError("too_large")
            if min(opened.size) < _LEAST:
                raise PortraitError("too_small")
            portrait = upright(opened).convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as err:
        raise PortraitError("not_a_picture") from err
    # a little above the middle: there faces are
    fitted = ImageOps.fit(portrait, (WIDTH, HEIGHT), centering=(0.5, 0.35))
    return jpeg_of(fitted, _QUALITY)
