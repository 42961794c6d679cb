"""Who may see a case and act on it (rules 7): its department, its reviewer; discipline inspection reads it by number.

Whoever may not see a case is told that there is none.
"""

from __future__ import annotations

from sync_server.accounts.account import Account, Role
from sync_server.accounts.errors import ForbiddenError
from sync_server.cases.register import CaseEntry, CaseState, case_in
from sync_server.errors import NotFoundError, WrongStateError
from sync_server.storage.facts import FactsWriter


def own_departments(account: Account) -> tuple[str, ...]:
    """Whose cases the account handles."""
    return account.departments(Role.CLERK, Role.DEPARTMENT_HEAD)


def sees(account: Account, entry: CaseEntry) -> bool:
    return handles(account, entry) or reviews(account, entry) or account.has(Role.DISCIPLINE)


def handles(account: Account, entry: CaseEntry) -> bool:
    return entry.opened.department in own_departments(account)


def heads(account: Account, entry: CaseEntry) -> bool:
    """The department's head, where they are not one of the officers who handle the case."""
    is_head = entry.opened.department in account.departments(Role.DEPARTMENT_HEAD)
    return is_head and account.person not in entry.handlers


def reviews(account: Account, entry: CaseEntry) -> bool:
    """The named reviewer, and for this department."""
    return account.name == entry.reviewer and entry.opened.department in account.departments(Role.REVIEWER)


def case_of_desk(facts: FactsWriter, account: Account, number: str, *states: CaseState) -> CaseEntry:
    """The case, for one of its own department. Raises NotFoundError, or WrongStateError."""
    entry = case_in(facts, number)
    if not handles(account, entry):
        raise NotFoundError("case", number)
    return in_state(entry, *states)


def case_of_head(facts: FactsWriter, account: Account, number: str, *states: CaseState) -> CaseEntry:
    """As `case_of_desk`. Raises ForbiddenError for whoever is not the head, or handles the case themselves."""
    entry = case_of_desk(facts, account, number, *states)
    if not heads(account, entry):
        raise ForbiddenError
    return entry


def in_state(entry: CaseEntry, *states: CaseState) -> CaseEntry:
    """Raises WrongStateError."""
    if entry.state not in states:
        raise WrongStateError("case", entry.opened.number, entry.state.value)
    return entry
