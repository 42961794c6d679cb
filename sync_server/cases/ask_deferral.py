"""The enterprise asks to pay later or in parts, and shows why it must (行政处罚法 66 ¶2)."""

from __future__ import annotations

from shared_models.calendar import day_of
from shared_models.case_acts import DeferralAsked, HardshipEvidence
from shared_models.instalments import Instalment, check_schedule, left_to_pay
from sync_server.accounts.account import Account
from sync_server.cases.register import CaseState
from sync_server.cases.rights import case_of_desk
from sync_server.cases.typed_words import SHORT, check_words
from sync_server.county import County
from sync_server.errors import WrongStateError
from sync_server.log.writing import writing
from sync_server.registry.judge import RefusedFieldsError

MOST_EVIDENCE = 9


def ask_deferral(
    county: County,
    by: Account,
    number: str,
    applicant: str,
    application: str,
    evidence: tuple[HardshipEvidence, ...],
    schedule: tuple[Instalment, ...],
) -> None:
    """Raises NotFoundError, WrongStateError, RefusedFieldsError, or ScheduleError where it does not add up."""
    check_words({"applicant": applicant}, most=SHORT)
    check_words({"application": application})
    if not 1 <= len(evidence) <= MOST_EVIDENCE:
        raise RefusedFieldsError({"evidence": "empty" if not evidence else "too_long"})
    for one in evidence:
        check_words({"evidence": one.what})
        if one.file is not None and not county.blobs.has(one.file):
            raise RefusedFieldsError({"file": "not_there"})
    with writing(county) as tx:
        entry = case_of_desk(tx.facts, by, number, CaseState.PAYING)
        if entry.open_deferral is not None:
            raise WrongStateError("deferral", number, "asked")
        plain = tuple(Instalment(one.amount, one.due) for one in schedule)
        check_schedule(plain, left_to_pay(entry.schedule), day_of(tx.now))
        tx.append_act(by.name, DeferralAsked(number, applicant.strip(), application.strip(), evidence, plain))
