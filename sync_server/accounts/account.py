"""An account and its roles: several a person, some of them for one department only."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")


class Role(StrEnum):
    """In the order in which pages list them."""

    CLERK = "clerk"
    DEPARTMENT_HEAD = "department_head"
    COUNTY_OFFICE = "county_office"
    APPROVER = "approver"
    REVIEWER = "reviewer"
    SUPERVISOR = "supervisor"
    DISCIPLINE = "discipline"
    LIAISON = "liaison"
    HOTLINE = "hotline"
    ADMINISTRATOR = "administrator"


OF_A_DEPARTMENT = frozenset({Role.CLERK, Role.DEPARTMENT_HEAD, Role.REVIEWER})
"""Roles that are held for one department; the others are held for the county."""


@dataclass(frozen=True, slots=True)
class Grant:
    """A role, and for whose department where it is of one; as text `clerk@market`, `supervisor`."""

    role: Role
    department: str = ""

    def __str__(self) -> str:
        return f"{self.role}@{self.department}" if self.department else self.role.value


@dataclass(frozen=True, slots=True)
class Account:
    """`name` is what one logs in with and what county acts are signed on behalf of.

    `person` is who an approver is in the register: the exceptions that name this person wait for this account.
    """

    name: str
    grants: tuple[Grant, ...]
    display_name: str
    disabled: bool = False
    person: str | None = None
    has_second_factor: bool = False

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(grant.role for grant in self.grants)

    def has(self, *roles: Role) -> bool:
        return not self.roles.isdisjoint(roles)

    def departments(self, *roles: Role) -> tuple[str, ...]:
        """For which departments the account holds one of these roles."""
        return tuple(sorted({grant.department for grant in self.grants if grant.role in roles and grant.department}))


def grant_of(text: str) -> Grant:
    """Raises ValueError for a role that there is not."""
    role, _, department = text.strip().partition("@")
    return Grant(Role(role), department.strip())


def folded(name: str) -> str:
    """Names differ neither by case nor by blanks around them; one that no account can have becomes blank."""
    text = name.strip().lower()
    return text if _NAME.fullmatch(text) else ""
