"""The inquiry found other facts: the checklist follows them, and what was filled before is open again."""

from __future__ import annotations

from shared_models.case import CaseFacts
from shared_models.case_acts import CaseFactsFound
from sync_server.accounts.account import Account
from sync_server.cases.register import CaseState
from sync_server.cases.rights import case_of_desk
from sync_server.cases.typed_words import check_words
from sync_server.county import County
from sync_server.log.writing import writing
from sync_server.registry.judge import RefusedFieldsError


def restate_facts(county: County, by: Account, number: str, facts: CaseFacts, reason: str) -> None:
    """Raises NotFoundError, WrongStateError, or RefusedFieldsError for a reason that is missing or nothing new."""
    check_words({"reason": reason})
    with writing(county) as tx:
        entry = case_of_desk(tx.facts, by, number, CaseState.OPEN)
        if facts == entry.facts:
            raise RefusedFieldsError({"reason": "nothing_new"})
        tx.append_act(by.name, CaseFactsFound(number, facts, reason.strip()))
