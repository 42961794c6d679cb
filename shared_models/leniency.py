"""First offence, no penalty (rules 5, 三.6): which basis of 行政处罚法 a violation falls under, and what it then needs.

The law keeps minor (must not be punished) and first (may be spared) apart; so does this table.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from shared_models.errors import BadlyFormedError


class Harm(StrEnum):
    NONE = "none"
    SLIGHT = "slight"
    SERIOUS = "serious"


class Correction(StrEnum):
    ON_THE_SPOT = "on_the_spot"
    WITHIN_DEADLINE = "within_deadline"
    PLEDGED = "pledged"
    REFUSED = "refused"


class Leniency(StrEnum):
    NO_PENALTY_NO_FAULT = "no_penalty_no_fault"
    NO_PENALTY_MINOR = "no_penalty_minor"
    NO_PENALTY_FIRST = "no_penalty_first"
    CASE = "case"


@dataclass(frozen=True, slots=True)
class LeniencyFacts:
    """`first_offence` null: the phone's copy of the register cannot say."""

    serious: bool
    minor: bool
    harm: Harm
    first_offence: bool | None
    correction: Correction
    fault_disproved: bool

    def __post_init__(self) -> None:
        if self.serious and self.minor:
            raise BadlyFormedError("minor", "cannot be true together with serious")


@dataclass(frozen=True, slots=True)
class Outcome:
    """`provisional`: a promise must be kept, or the server must say whether it was the first offence."""

    outcome: Leniency
    basis: str
    needs: tuple[str, ...]
    provisional: bool = False


_TWO_MORE_PAIRS_OF_EYES = ("legal_review", "collective_decision")


def spare(facts: LeniencyFacts) -> Outcome:
    grave = facts.serious or facts.harm is Harm.SERIOUS
    if facts.fault_disproved:
        more = _TWO_MORE_PAIRS_OF_EYES if grave else ()
        return Outcome(Leniency.NO_PENALTY_NO_FAULT, "处罚法33.2", ("education", *more))
    if grave:
        return Outcome(Leniency.CASE, "处罚法57,58", ("discretion_standard", *_TWO_MORE_PAIRS_OF_EYES))
    # A harm that is not serious is none or slight.
    corrected, pledged = facts.correction is not Correction.REFUSED, facts.correction is Correction.PLEDGED
    recheck = ("recheck",) if pledged else ()
    if corrected and facts.minor and facts.harm is Harm.NONE:
        letter = ("commitment_letter", "education", *recheck)
        return Outcome(Leniency.NO_PENALTY_MINOR, "处罚法33.1前", letter, pledged)
    if corrected and facts.first_offence is not False:
        unsure = facts.first_offence is None
        confirmation = ("server_confirmation",) if unsure else ()
        decision = ("commitment_letter", "education", "department_decision", *recheck, *confirmation)
        return Outcome(Leniency.NO_PENALTY_FIRST, "处罚法33.1后", decision, pledged or unsure)
    return Outcome(Leniency.CASE, "处罚法5", ("discretion_standard",))
