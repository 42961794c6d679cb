"""What shows the hardship, as a file: a picture drawn anew, or a PDF as it is."""

from __future__ import annotations

import hashlib
import io

from PIL import Image, ImageOps, UnidentifiedImageError

from sync_server.county import County
from sync_server.registry.judge import RefusedFieldsError

MAX_FILE_BYTES = 8 * 1024 * 1024
_LONGEST_SIDE, _MOST_PIXELS, _QUALITY = 2_400, 60_000_000, 82
_FORMATS = ("JPEG", "PNG", "WEBP")
_PDF = b"%PDF-"


def keep_evidence(county: County, data: bytes) -> bytes:
    """Its SHA-256. Raises RefusedFieldsError for what is neither, or too large."""
    if len(data) > MAX_FILE_BYTES:
        raise RefusedFieldsError({"file": "file_too_large"})
    kept = data if data.startswith(_PDF) else _drawn(data)
    sha256 = hashlib.sha256(kept).digest()
    county.blobs.put(sha256, kept)
    return sha256


def media_type_of(data: bytes) -> str:
    return "application/pdf" if data.startswith(_PDF) else "image/jpeg"


def _drawn(data: bytes) -> bytes:
    """JPEG without metadata: a picture says what it shows, not where a person was."""
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as opened:
            if opened.width * opened.height > _MOST_PIXELS:
                raise RefusedFieldsError({"file": "file_too_large"})
            upright = ImageOps.exif_transpose(opened).convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as err:
        raise RefusedFieldsError({"file": "not_a_file"}) from err
    upright.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
    out = io.BytesIO()
    upright.save(out, "JPEG", quality=_QUALITY, optimize=True)
    return out.getvalue()
