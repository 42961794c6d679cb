"""The head grants or refuses what the enterprise has asked for; whoever wrote the application down does not."""

from __future__ import annotations

from shared_models.calendar import day_of
from shared_models.case_acts import DeferralAnswered
from shared_models.instalments import check_schedule, left_to_pay
from sync_server.accounts.account import Account
from sync_server.accounts.errors import ForbiddenError
from sync_server.cases.register import CaseState
from sync_server.cases.rights import case_of_head
from sync_server.cases.typed_words import check_words
from sync_server.county import County
from sync_server.errors import WrongStateError
from sync_server.log.writing import writing


def answer_deferral(county: County, by: Account, number: str, reason: str, *, granted: bool) -> None:
    """Granted as it was asked for, while its first day lies ahead.

    Raises NotFoundError, ForbiddenError, WrongStateError where nothing was asked, RefusedFieldsError, or ScheduleError
    for a schedule that time has overtaken.
    """
    check_words({"reason": reason})
    with writing(county) as tx:
        entry = case_of_head(tx.facts, by, number, CaseState.PAYING)
        asked = entry.open_deferral
        if asked is None:
            raise WrongStateError("deferral", number, "none")
        if asked.asked_by == by.name:
            raise ForbiddenError
        schedule = asked.asked.schedule if granted else ()
        if granted:
            check_schedule(schedule, left_to_pay(entry.schedule), day_of(tx.now))
        tx.append_act(by.name, DeferralAnswered(number, granted, by.display_name, reason.strip(), schedule))
