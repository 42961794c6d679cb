"""What an answer of either side says, from its record."""

from __future__ import annotations

from sqlalchemy import Connection, select

from shared_models.kinds import body_of
from shared_models.offsite import OffsiteAnswered, OffsiteReviewed
from shared_models.record import peek
from sync_server.errors import NotFoundError
from sync_server.offsite.register import Told
from sync_server.storage.tables import log_entries


def read_told(connection: Connection, told: Told) -> OffsiteAnswered | OffsiteReviewed:
    """What the record says. Raises NotFoundError where somebody has taken it out of the log."""
    query = select(log_entries.c.envelope).where(log_entries.c.record_id == told.record)
    envelope = connection.execute(query).scalar_one_or_none()
    if envelope is None:
        raise NotFoundError("record", told.record.hex())
    act: OffsiteAnswered | OffsiteReviewed = body_of(peek(bytes(envelope))).act
    return act
