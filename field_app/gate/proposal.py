"""What is asked at the gate, as one value that a screen changes with `dataclasses.replace`."""

from __future__ import annotations

from dataclasses import dataclass

from shared_models.facts import ExceptionClaim
from shared_models.filing import Purpose
from shared_models.visit import Companion, Entry, GroundGiven, Identified


@dataclass(frozen=True, slots=True)
class Proposal:
    """`enterprise` is its code; `companions` has this phone's officer first."""

    enterprise: str
    enterprise_name: str
    gate: int | None
    identified: Identified
    purpose: Purpose
    companions: tuple[Companion, ...]
    ground: GroundGiven | None = None
    claim: ExceptionClaim | None = None
    assistants: int = 0
    entry: Entry = Entry.AT_GATE
    entry_reason: str = ""
