"""An account and its role."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    SUPERVISOR = "supervisor"
    COUNTY_OFFICE = "county_office"
    ADMINISTRATOR = "administrator"
    HOTLINE = "hotline"


@dataclass(frozen=True, slots=True)
class Account:
    """`name` is what one logs in with and what county acts are signed on behalf of."""

    name: str
    role: Role
    display_name: str
    disabled: bool = False
