"""The office hands out a code that lets one officer's phone ask to be enrolled: ten minutes, once."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import insert

from shared_models.codes import enrolment_text, enrolment_typed, root_fingerprint
from sync_server.clock import milliseconds
from sync_server.county import County
from sync_server.enrolment.pending import ISSUED
from sync_server.errors import NotFoundError
from sync_server.log.writing import reading
from sync_server.storage import engine
from sync_server.storage.facts import current_facts
from sync_server.storage.tables import enrolments

SECRET_BYTES = 5
VALID_FOR = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class IssuedCode:
    """`text` is what the QR shows, `typed` the same for a keyboard."""

    id: str
    text: str
    typed: str
    secret: bytes
    expires_at: datetime


def issue_code(county: County, account: str, officer: str, *, valid_for: timedelta = VALID_FOR) -> IssuedCode:
    """Raises NotFoundError for a person that the registry does not list."""
    with reading(county) as connection:
        if officer not in current_facts(connection, "person", [officer]):
            raise NotFoundError("person", officer)
    now = county.clock.now()
    secret, enrolment = secrets.token_bytes(SECRET_BYTES), secrets.token_hex(16)
    fingerprint = root_fingerprint(county.keys.root_public)
    row = {
        "id": enrolment,
        "secret_hash": secret_hash(secret),
        "officer": officer,
        "issued_by": account,
        "issued_at": milliseconds(now),
        "expires_at": milliseconds(now + valid_for),
        "state": ISSUED,
    }
    with engine.writing(county.engine) as connection:
        connection.execute(insert(enrolments), row)
    return IssuedCode(
        id=enrolment,
        text=enrolment_text(county.settings.public_host, secret, fingerprint),
        typed=enrolment_typed(secret, fingerprint),
        secret=secret,
        expires_at=now + valid_for,
    )


def secret_hash(secret: bytes) -> bytes:
    """What the database keeps of a code."""
    return hashlib.sha256(b"zhuqi/enrolment/1" + secret).digest()
