"""An instalment was paid, or the head waives it and says why."""

from __future__ import annotations

from datetime import date

from shared_models.calendar import day_of
from shared_models.case_acts import InstalmentSettled
from shared_models.errors import BadlyFormedError
from shared_models.instalments import Settling, settle
from sync_server.accounts.account import Account
from sync_server.cases.register import CaseState
from sync_server.cases.rights import case_of_desk, case_of_head
from sync_server.cases.typed_words import check_words
from sync_server.county import County
from sync_server.errors import WrongStateError
from sync_server.log.writing import writing
from sync_server.registry.judge import RefusedFieldsError


def settle_instalment(
    county: County, by: Account, number: str, instalment: int, how: Settling, on: date, reference: str
) -> None:
    """Raises NotFoundError, ForbiddenError, WrongStateError for one that is settled, or RefusedFieldsError."""
    check_words({"reference": reference})
    with writing(county) as tx:
        find = case_of_head if how is Settling.WAIVED else case_of_desk
        entry = find(tx.facts, by, number, CaseState.PAYING)
        served = entry.served
        if served is None or not served.on <= on <= day_of(tx.now):
            raise RefusedFieldsError({"on": "not_a_day_of_the_case"})
        try:
            settle(entry.schedule, instalment, how, on)
        except BadlyFormedError as err:
            raise WrongStateError("instalment", f"{number}/{instalment}", "settled") from err
        tx.append_act(by.name, InstalmentSettled(number, instalment, how, on, reference.strip()))
