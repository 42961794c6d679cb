"""Whose registry it is: the county office's all of it, a clerk's the people and phones of their departments."""

from __future__ import annotations

from typing import Any

from litestar import Request

from sync_server.accounts.access import known_session
from sync_server.accounts.account import Account, Role
from sync_server.accounts.errors import ForbiddenError, LoginRequiredError


def account_in(request: Request[Any, Any, Any]) -> Account:
    """Raises LoginRequiredError; behind the guard it never does."""
    session = known_session(request)
    if session is None:
        raise LoginRequiredError
    return session.account


def may_keep(account: Account, department: str) -> bool:
    return account.has(Role.COUNTY_OFFICE) or department in account.departments(Role.CLERK)


def check_keeps(account: Account, department: str) -> None:
    """Raises ForbiddenError."""
    if not may_keep(account, department):
        raise ForbiddenError
