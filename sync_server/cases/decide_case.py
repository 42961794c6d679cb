"""The head decides, once the law's checklist is whole and never before (行政处罚法 57, 58)."""

from __future__ import annotations

from shared_models.calendar import day_of
from shared_models.case import Decision, DecisionKind, basis_of, check_decision
from shared_models.case_acts import CaseDecided
from shared_models.errors import BadlyFormedError
from sync_server.accounts.account import Account
from sync_server.accounts.errors import ForbiddenError
from sync_server.cases.ask_register import was_first
from sync_server.cases.register import CaseState
from sync_server.cases.rights import case_of_head
from sync_server.cases.typed_words import check_words
from sync_server.county import County
from sync_server.log.writing import writing
from sync_server.registry.judge import RefusedFieldsError

_FIRST = "处罚法33.1后"


def decide_case(
    county: County, by: Account, number: str, kind: DecisionKind, reason: str, *, fine: int = 0, penalty: str = ""
) -> CaseDecided:
    """`fine` in fen; the basis follows from the facts.

    Raises NotFoundError, ForbiddenError, WrongStateError, BoxOpenError while a box is open, DecisionNotOpenError for
    what the facts do not allow, or RefusedFieldsError.
    """
    check_words({"reason": reason} | ({"penalty": penalty} if penalty.strip() else {}))
    with writing(county) as tx:
        entry = case_of_head(tx.facts, by, number, CaseState.OPEN)
        if by.name == entry.reviewer:
            raise ForbiddenError
        check_decision(entry.facts, entry.done, kind)
        basis = basis_of(entry.facts, kind)
        if basis == _FIRST and not was_first(tx, entry):
            raise RefusedFieldsError({"kind": "not_first"})
        try:
            decision = Decision(kind, reason.strip(), basis, fine, penalty.strip())
        except BadlyFormedError as err:
            raise RefusedFieldsError({err.where: "no_such_fine"}) from err
        opened = entry.opened
        decided = CaseDecided(
            case=number,
            department=opened.department,
            enterprise=opened.enterprise,
            field=opened.field,
            found_on=opened.found_on,
            decided_on=day_of(tx.now),
            decision=decision,
        )
        tx.append_act(by.name, decided)
    return decided
