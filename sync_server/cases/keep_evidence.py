"""What shows the hardship, as a file: a picture drawn anew, or a PDF as it is."""

from __future__ import annotations

import hashlib

from sync_server.county import County
from sync_server.portal.keep_public_photo import PhotoRefusedError, drawn_photo
from sync_server.registry.judge import RefusedFieldsError

MAX_FILE_BYTES = 8 * 1024 * 1024
_LONGEST_SIDE = 2_400
"""A page of a report stays legible."""
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
    try:
        return drawn_photo(data, _LONGEST_SIDE)
    except PhotoRefusedError as err:
        raise RefusedFieldsError({"file": "file_too_large" if err.problem == "too_large" else "not_a_file"}) from err
