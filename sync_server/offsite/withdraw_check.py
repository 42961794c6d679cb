"""A department withdraws its off-site check; what the enterprise has answered stays in the log."""

from __future__ import annotations

from shared_models.offsite import MAX_LONG_NOTE, OffsiteCheckWithdrawn
from sync_server.county import County
from sync_server.errors import InvalidError
from sync_server.log.writing import writing
from sync_server.offsite.check_in_state import check_in_state
from sync_server.offsite.register import CheckState


def withdraw_check(county: County, account: str, check: str, comment: str) -> None:
    """Raises NotFoundError, WrongStateError for one that is over, InvalidError without a word why."""
    if not comment.strip() or len(comment) > MAX_LONG_NOTE:
        raise InvalidError("comment", "too_long" if comment.strip() else "is_missing")
    with writing(county) as tx:
        check_in_state(tx, check, CheckState.OPEN, CheckState.ANSWERED, CheckState.PUT_RIGHT)
        tx.append_act(account, OffsiteCheckWithdrawn(check, comment.strip()))
