"""The enterprise and its gates, as the registry knows them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from stdnum.cn import uscc as _uscc


class EnterpriseStatus(StrEnum):
    ACTIVE = "active"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Gate:
    """A place with a gate sheet of its own; a void one's sheet is no longer accepted."""

    no: int
    place: str = ""
    void: bool = False


@dataclass(frozen=True, slots=True)
class Enterprise:
    uscc: str
    status: EnterpriseStatus
    name: str = ""
    township: str = ""
    address: str = ""
    industry: str = ""
    gates: tuple[Gate, ...] = ()


def is_uscc(code: str) -> bool:
    """Whether the text is a 统一社会信用代码 with a right check character (GB 32100-2015)."""
    return len(code) == 18 and code.isascii() and code == code.upper() and bool(_uscc.is_valid(code))  # noqa: PLR2004
