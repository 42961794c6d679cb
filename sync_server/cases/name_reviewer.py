"""法制审核: the head names who reviews the case, and that is nobody who handles it (行政处罚法 58)."""

from __future__ import annotations

from shared_models.case import Step
from shared_models.case_acts import CaseReviewerNamed
from sync_server.accounts.account import Account, Role
from sync_server.accounts.errors import AccountUnknownError
from sync_server.accounts.read_accounts import find_account, list_accounts
from sync_server.cases.register import CaseEntry, CaseState
from sync_server.cases.rights import case_of_head
from sync_server.county import County
from sync_server.log.writing import writing
from sync_server.registry.judge import RefusedFieldsError


def name_reviewer(county: County, by: Account, number: str, reviewer: str) -> None:
    """Raises NotFoundError, ForbiddenError, WrongStateError, or RefusedFieldsError for whoever may not review it."""
    try:
        named = find_account(county, reviewer)
    except AccountUnknownError as err:
        raise RefusedFieldsError({"reviewer": "no_reviewer"}) from err
    with writing(county) as tx:
        entry = case_of_head(tx.facts, by, number, CaseState.OPEN)
        problem = why_not(named, entry, by)
        if problem:
            raise RefusedFieldsError({"reviewer": problem})
        tx.append_act(by.name, CaseReviewerNamed(number, named.name, named.display_name))


def why_not(account: Account, entry: CaseEntry, head: Account | None = None) -> str:
    """What keeps the account from reviewing the case; blank where nothing does."""
    if account.disabled or entry.opened.department not in account.departments(Role.REVIEWER):
        return "no_reviewer"
    handled = {entry.opened_by} | {one.account for one in entry.steps if one.done.step is not Step.LEGAL_REVIEW}
    if account.person in entry.handlers or account.name in handled or (head and account.name == head.name):
        return "handles_it"
    return ""


def possible_reviewers(county: County, entry: CaseEntry, head: Account) -> tuple[Account, ...]:
    return tuple(one for one in list_accounts(county) if not why_not(one, entry, head))
