"""Take a photo; from a revoked phone only one that an accepted record of its own names, and so a part of that."""

from __future__ import annotations

from sqlalchemy import Connection, select

from shared_models.errors import RevokedError
from shared_models.kinds import body_of
from shared_models.log import ACCEPTED
from shared_models.record import peek
from shared_models.visit import Photo
from sync_server.county import County
from sync_server.log.writing import reading
from sync_server.storage.tables import log_entries
from sync_server.sync.request_auth import Phone


def accept_photo(county: County, phone: Phone, sha256: bytes, data: bytes) -> bool:
    """Whether it is new. Raises RevokedError, or as `BlobStore.put`."""
    if not phone.is_active:
        with reading(county) as connection:
            if not _is_named(connection, phone.kid, sha256):
                raise RevokedError(phone.kid.hex())
    return county.blobs.put(sha256, data)


def _is_named(connection: Connection, author: bytes, sha256: bytes) -> bool:
    """Reads one chain's photo records, the newest first; no view goes by hash, and few phones are ever asked about."""
    query = (
        select(log_entries.c.envelope)
        .where(log_entries.c.author == author)
        .where(log_entries.c.kind == "photo_taken", log_entries.c.status == ACCEPTED)
        .order_by(log_entries.c.seq.desc())
    )
    envelopes = (bytes(one) for one in connection.execute(query).scalars())
    bodies = (body_of(peek(one)) for one in envelopes if sha256 in one)
    return any(isinstance(body, Photo) and body.sha256 == sha256 for body in bodies)
