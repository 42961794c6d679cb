"""The decision reached the enterprise (送达); a fine is due fifteen days later (行政处罚法 67)."""

from __future__ import annotations

from datetime import date

from shared_models.calendar import day_of
from shared_models.case_acts import CaseServed
from sync_server.accounts.account import Account
from sync_server.cases.register import CaseState
from sync_server.cases.rights import case_of_desk
from sync_server.cases.typed_words import SHORT, check_words
from sync_server.county import County
from sync_server.log.writing import writing
from sync_server.registry.judge import RefusedFieldsError


def serve_decision(county: County, by: Account, number: str, on: date, how: str) -> None:
    """Raises NotFoundError, WrongStateError, or RefusedFieldsError for a day before the decision or after today."""
    check_words({"how": how}, most=SHORT)
    with writing(county) as tx:
        entry = case_of_desk(tx.facts, by, number, CaseState.DECIDED)
        decided = entry.decided
        if decided is None or not decided.decided_on <= on <= day_of(tx.now):
            raise RefusedFieldsError({"on": "not_a_day_of_the_case"})
        tx.append_act(by.name, CaseServed(number, on, how.strip()))
