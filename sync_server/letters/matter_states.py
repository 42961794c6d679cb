"""How far a matter has come, in the words of its row. A matter: a finding, with its letter where there is one."""

from __future__ import annotations

from enum import StrEnum


class MatterKind(StrEnum):
    LETTER = "letter"
    FINDING = "finding"


class MatterState(StrEnum):
    """待整改, 已交照片, 退回补正, 待复查, 已兑现, 经查不成立, 未兑现, 不予免罚, 已立案."""

    OPEN = "open"
    SHOWN = "shown"
    BACK = "back"
    ON_SITE = "on_site"
    KEPT = "kept"
    UNFOUNDED = "unfounded"
    BROKEN = "broken"
    NOT_SPARED = "not_spared"
    CASE = "case"


MAY_SHOW = frozenset({MatterState.OPEN, MatterState.SHOWN, MatterState.BACK, MatterState.ON_SITE})
OVER = frozenset(MatterState) - MAY_SHOW


class First(StrEnum):
    """What the county's register says of "first" on the letter's day; `unknown` where there is no field to compare."""

    FIRST = "first"
    NOT_FIRST = "not_first"
    UNKNOWN = "unknown"


class DecisionState(StrEnum):
    """Whether the department must decide on sparing (rules 5, need `department_decision`), and how it has."""

    NONE = "none"
    NEEDED = "needed"
    SPARED = "spared"
    NOT_SPARED = "not_spared"


class FollowUp(StrEnum):
    """The follow-up service visit of an enterprise that was spared (四.2)."""

    NONE = "none"
    DUE = "due"
    PLANNED = "planned"
    MADE = "made"
