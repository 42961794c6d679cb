"""The approver's word on an exception that was claimed at a gate: confirmed or denied, once (rules 3)."""

from __future__ import annotations

from sqlalchemy import select

from shared_models.acts import ExceptionAnswered
from sync_server.county import County
from sync_server.errors import InvalidError, NotFoundError, WrongStateError
from sync_server.log.writing import writing
from sync_server.storage.tables import visits

STATED = "stated"


def answer_exception(county: County, account: str, visit: bytes, *, confirmed: bool, reason: str = "") -> None:
    """Raises NotFoundError, WrongStateError where nothing waits for it, InvalidError for a denial without reason."""
    if not confirmed and not reason.strip():
        raise InvalidError("reason", "is_missing")
    with writing(county) as tx:
        row = tx.connection.execute(select(visits).where(visits.c.visit == visit)).one_or_none()
        if row is None:
            raise NotFoundError("visit", visit.hex())
        if row.exception_state != STATED:
            raise WrongStateError("exception", visit.hex(), row.exception_state or "none claimed")
        tx.append_act(account, ExceptionAnswered(bytes(row.record_id), confirmed, reason), visit=visit)
