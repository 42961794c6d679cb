"""Whose desk it is: for which departments the logged-in account may file, and for which it may approve."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from litestar import Request

from sync_server.accounts.access import known_session
from sync_server.accounts.account import Account, Role
from sync_server.accounts.errors import LoginRequiredError
from sync_server.county import County

AnyRequest = Request[Any, Any, Any]
_SEES_ALL = (Role.COUNTY_OFFICE, Role.SUPERVISOR, Role.DISCIPLINE)


@dataclass(frozen=True, slots=True)
class Desk:
    """`within`: the departments whose filings are seen; null for all."""

    county: County
    account: Account

    @property
    def files_for(self) -> tuple[str, ...]:
        return self.account.departments(Role.CLERK, Role.DEPARTMENT_HEAD)

    @property
    def approves_for(self) -> tuple[str, ...]:
        return self.account.departments(Role.DEPARTMENT_HEAD)

    @property
    def is_office(self) -> bool:
        return self.account.has(Role.COUNTY_OFFICE)

    @property
    def within(self) -> tuple[str, ...] | None:
        return None if self.account.has(*_SEES_ALL) else self.files_for

    def sees(self, departments: tuple[str, ...]) -> bool:
        within = self.within
        return within is None or not set(departments).isdisjoint(within)


def desk_of(request: AnyRequest) -> Desk:
    session = known_session(request)
    if session is None:  # the guard has seen to it
        raise LoginRequiredError
    return Desk(request.app.state.county, session.account)
