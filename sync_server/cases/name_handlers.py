"""Others take a case over, where one must withdraw (行政处罚法 43) or has left."""

from __future__ import annotations

from shared_models.case_acts import CaseHandlersNamed
from sync_server.accounts.account import Account
from sync_server.accounts.errors import AccountUnknownError
from sync_server.accounts.read_accounts import find_account
from sync_server.cases.check_handlers import check_handlers
from sync_server.cases.register import CaseState
from sync_server.cases.rights import case_of_head
from sync_server.cases.typed_words import check_words
from sync_server.county import County
from sync_server.errors import InvalidError
from sync_server.log.writing import writing
from sync_server.registry.judge import RefusedFieldsError


def name_handlers(county: County, by: Account, number: str, handlers: tuple[str, ...], reason: str) -> None:
    """By the head, before the decision.

    Raises NotFoundError, ForbiddenError, WrongStateError or RefusedFieldsError.
    """
    check_words({"reason": reason})
    with writing(county) as tx:
        entry = case_of_head(tx.facts, by, number, CaseState.OPEN)
        try:
            named = check_handlers(tx, handlers, entry.opened.department)
        except InvalidError as err:
            raise RefusedFieldsError({"handlers": err.problem}) from err
        if {by.person, _person_of(county, entry.reviewer)} & set(named):
            raise RefusedFieldsError({"handlers": "handles_it"})
        tx.append_act(by.name, CaseHandlersNamed(number, named, reason.strip()))


def _person_of(county: County, reviewer: str) -> str | None:
    try:
        return find_account(county, reviewer).person if reviewer else None
    except AccountUnknownError:
        return None
