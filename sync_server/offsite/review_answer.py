"""The department answers what the enterprise has sent: in order, to be put right, or a visit is needed."""

from __future__ import annotations

from datetime import date, timedelta

from shared_models.calendar import day_of
from shared_models.offsite import MAX_LONG_NOTE, MAX_NOTE, OffsiteReviewed, Outcome
from sync_server.county import County
from sync_server.errors import InvalidError, WrongStateError
from sync_server.log.entries import Entry
from sync_server.log.writing import writing
from sync_server.offsite.check_in_state import check_in_state
from sync_server.offsite.file_check import MAX_DUE_DAYS
from sync_server.offsite.register import CheckState, OffsiteEntry


def review_answer(county: County, account: str, reviewed: OffsiteReviewed) -> Entry:
    """Raises NotFoundError, InvalidError, or WrongStateError where it was answered, or changed meanwhile.

    A check that nobody answers until it is overdue may be answered by "a visit is needed" alone, with a blank `answer`.
    """
    with writing(county) as tx:
        check = check_in_state(tx, reviewed.check, CheckState.OPEN, CheckState.ANSWERED, CheckState.PUT_RIGHT)
        last = check.answers[-1].record if check.answers else b""
        if check.state is not CheckState.ANSWERED and not _gives_up(check, reviewed, day_of(tx.now)):
            raise WrongStateError("offsite", reviewed.check, check.state.value)
        if reviewed.answer != last:
            raise WrongStateError("offsite", reviewed.check, "answered_meanwhile")
        check_review(check, reviewed, day_of(tx.now))
        return tx.append_act(account, reviewed)


def check_review(check: OffsiteEntry, reviewed: OffsiteReviewed, today: date) -> None:
    """Raises InvalidError."""
    if reviewed.officer not in check.form.officers:
        raise InvalidError("officer", "is_missing")
    if len(reviewed.text) > MAX_LONG_NOTE:
        raise InvalidError("text", "too_long")
    _check_items(check, reviewed)
    wrong = [one for one in reviewed.items if one.outcome is Outcome.PUT_RIGHT]
    if reviewed.outcome is Outcome.PUT_RIGHT:
        _check_put_right(reviewed, has_words=any(one.text.strip() for one in wrong), today=today)
    elif reviewed.put_right_by is not None:
        raise InvalidError("put_right_by", "not_known")
    if reviewed.outcome is Outcome.IN_ORDER and wrong:
        raise InvalidError("outcome", "outcome_contradicts")
    if reviewed.outcome is Outcome.VISIT_NEEDED and not reviewed.text.strip():
        raise InvalidError("text", "is_missing")


def _check_items(check: OffsiteEntry, reviewed: OffsiteReviewed) -> None:
    if len({one.item for one in reviewed.items}) != len(reviewed.items):
        raise InvalidError("items", "not_known")
    for one in reviewed.items:
        if not 0 <= one.item < len(check.form.items) or one.outcome is Outcome.VISIT_NEEDED:
            raise InvalidError(f"items.{one.item}", "not_known")
        if len(one.text) > MAX_NOTE:
            raise InvalidError(f"items.{one.item}", "too_long")


def _check_put_right(reviewed: OffsiteReviewed, *, has_words: bool, today: date) -> None:
    if not reviewed.text.strip() and not has_words:
        raise InvalidError("text", "say_what_to_put_right")
    by = reviewed.put_right_by
    if by is None:
        raise InvalidError("put_right_by", "is_missing")
    if not today < by <= today + timedelta(days=MAX_DUE_DAYS):
        raise InvalidError("put_right_by", "due_too_soon" if by <= today else "due_too_late")


def _gives_up(check: OffsiteEntry, reviewed: OffsiteReviewed, today: date) -> bool:
    """Nobody answers, or nothing is put right: after the day the department may say that a visit is needed."""
    return check.is_overdue(today) and reviewed.outcome is Outcome.VISIT_NEEDED
