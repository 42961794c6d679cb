"""Enrolments on their way: what the clerk has before them, and what the phone asks about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select, update

from shared_models.suite import kid_of
from shared_models.sync import EnrolmentAnswer, EnrolmentState
from shared_models.words import four_words
from sync_server.check.secrets import spoken_secret
from sync_server.clock import milliseconds
from sync_server.county import County
from sync_server.errors import NotFoundError
from sync_server.log.writing import reading
from sync_server.storage.tables import enrolments

ISSUED, WAITING, CONFIRMED, REFUSED = "issued", "waiting", "confirmed", "refused"


@dataclass(frozen=True, slots=True)
class PendingEnrolment:
    """Times in milliseconds. `words` are what the officer's screen shows as well."""

    id: str
    officer: str
    issued_by: str
    issued_at: int
    expires_at: int
    state: str
    requested_at: int | None
    public_key: bytes | None
    keystore: str | None
    words: tuple[str, ...]


def waiting_enrolments(county: County) -> tuple[PendingEnrolment, ...]:
    """Phones that wait for the clerk's word, the oldest first."""
    since = milliseconds(county.clock.now())
    query = (
        select(enrolments)
        .where(enrolments.c.state == WAITING, enrolments.c.expires_at >= since)
        .order_by(enrolments.c.issued_at)
    )
    with reading(county) as connection:
        return tuple(_pending(row) for row in connection.execute(query))


def answer_to_phone(county: County, enrolment: str) -> EnrolmentAnswer:
    """Raises NotFoundError.

    The id is a secret of the phone's and the spoken secret is told to nobody else, and only while the request is
    fresh: the answer may be lost on its way, so once is not enough.
    """
    with reading(county) as connection:
        row = enrolment_row(connection, enrolment)
    if row.state == CONFIRMED:
        is_fresh = row.expires_at >= milliseconds(county.clock.now())
        spoken = spoken_secret(county, kid_of(row.public_key)) if is_fresh else None
        return EnrolmentAnswer(EnrolmentState.CONFIRMED, row.credential, spoken)
    if row.state == REFUSED:
        return EnrolmentAnswer(EnrolmentState.REFUSED)
    is_over = row.expires_at < milliseconds(county.clock.now())
    return EnrolmentAnswer(EnrolmentState.EXPIRED if is_over else EnrolmentState.WAITING)


def enrolment_row(connection: Connection, enrolment: str) -> Row[Any]:
    if not enrolment.isalnum():  # also what PostgreSQL would refuse as text
        raise NotFoundError("enrolment", "")
    row = connection.execute(select(enrolments).where(enrolments.c.id == enrolment)).one_or_none()
    if row is None:
        raise NotFoundError("enrolment", enrolment)
    return row


def set_enrolment(connection: Connection, enrolment: str, **values: Any) -> None:
    connection.execute(update(enrolments).where(enrolments.c.id == enrolment).values(**values))


def _pending(row: Row[Any]) -> PendingEnrolment:
    words: Sequence[str] = four_words(row.public_key) if row.public_key else ()
    return PendingEnrolment(
        id=row.id,
        officer=row.officer,
        issued_by=row.issued_by,
        issued_at=row.issued_at,
        expires_at=row.expires_at,
        state=row.state,
        requested_at=row.requested_at,
        public_key=row.public_key,
        keystore=row.keystore,
        words=tuple(words),
    )
