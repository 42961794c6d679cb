"""A department gives more time, or another link where the first came into wrong hands."""

from __future__ import annotations

from datetime import date

from shared_models.calendar import day_of
from shared_models.offsite import MAX_LONG_NOTE, OffsiteDueMoved
from sync_server.county import County
from sync_server.errors import InvalidError
from sync_server.log.writing import writing
from sync_server.offsite.check_in_state import check_in_state
from sync_server.offsite.file_check import check_due
from sync_server.offsite.register import CheckState


def move_due(county: County, account: str, check: str, due: date, *, comment: str = "", new_link: bool = False) -> None:
    """Raises NotFoundError, WrongStateError where the enterprise is not awaited, InvalidError for another day."""
    if len(comment) > MAX_LONG_NOTE:
        raise InvalidError("comment", "too_long")
    with writing(county) as tx:
        check_in_state(tx, check, CheckState.OPEN, CheckState.PUT_RIGHT)
        check_due(day_of(tx.now), due)
        tx.append_act(account, OffsiteDueMoved(check, due, comment.strip(), new_link))
