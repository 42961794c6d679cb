"""An account and its role."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    SUPERVISOR = "supervisor"
    COUNTY_OFFICE = "county_office"
    ADMINISTRATOR = "administrator"
    HOTLINE = "hotline"
    APPROVER = "approver"


@dataclass(frozen=True, slots=True)
class Account:
    """`name` is what one logs in with and what county acts are signed on behalf of.

    `person` is who an approver is in the register: the exceptions that name this person wait for this account.
    """

    name: str
    role: Role
    display_name: str
    disabled: bool = False
    person: str | None = None
