"""The approver's word on an exception that was claimed at a gate: confirmed or denied, once (rules 3)."""

from __future__ import annotations

from sqlalchemy import Connection, Row, select

from shared_models.acts import ExceptionAnswered
from shared_models.errors import ZhuqiError
from shared_models.kinds import body_of
from shared_models.record import peek
from shared_models.visit import GateDecision
from sync_server.accounts.errors import ForbiddenError
from sync_server.county import County
from sync_server.errors import InvalidError, NotFoundError, WrongStateError
from sync_server.log.writing import writing
from sync_server.storage.tables import log_entries, visits

STATED = "stated"


def answer_exception(
    county: County, account: str, visit: bytes, *, approver: str, confirmed: bool, reason: str = ""
) -> None:
    """`approver` is the person whose account it is; nobody answers for another, and no visitor for themselves.

    Raises NotFoundError, ForbiddenError, WrongStateError where nothing waits for it, InvalidError for a denial without
    reason.
    """
    if not confirmed and not reason.strip():
        raise InvalidError("reason", "is_missing")
    with writing(county) as tx:
        row = tx.connection.execute(select(visits).where(visits.c.visit == visit)).one_or_none()
        if row is None:
            raise NotFoundError("visit", visit.hex())
        if row.exception_state != STATED:
            raise WrongStateError("exception", visit.hex(), row.exception_state or "none claimed")
        opening = _opening(tx.connection, row)
        if opening is None or not may_answer(opening, row.officer, approver):
            raise ForbiddenError
        tx.append_act(account, ExceptionAnswered(bytes(row.record_id), confirmed, reason), visit=visit)


def may_answer(opening: GateDecision, officer: str, person: str) -> bool:
    """Whether the claim names this person, who is none of the visitors; `officer` is whose phone opened the visit.

    The gate refuses a claim that names a visitor, but an altered app may enter all the same.
    """
    is_named = bool(person) and opening.claim is not None and opening.claim.approver.strip() == person
    return is_named and person != officer and person not in {one.id for one in opening.people}


def _opening(connection: Connection, row: Row[tuple[object, ...]]) -> GateDecision | None:
    envelope = connection.execute(
        select(log_entries.c.envelope).where(log_entries.c.record_id == row.record_id)
    ).scalar_one_or_none()
    try:
        body = body_of(peek(bytes(envelope))) if envelope is not None else None
    except ZhuqiError:
        return None
    return body if isinstance(body, GateDecision) else None
