"""Rules 5 asked in plain words, four questions; what is not answered yet has no outcome."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from shared_models.leniency import Correction, Harm, LeniencyFacts, Outcome, spare


class Gravity(StrEnum):
    """One question instead of two, so that serious and minor cannot both be said."""

    MINOR = "minor"
    ORDINARY = "ordinary"
    SERIOUS = "serious"


@dataclass(frozen=True, slots=True)
class LeniencyDialog:
    """`first_offence` is not asked but read from the register (letters.read_register)."""

    gravity: Gravity | None = None
    harm: Harm | None = None
    correction: Correction | None = None
    fault_disproved: bool = False
    first_offence: bool | None = None

    def answer_gravity(self, gravity: Gravity) -> LeniencyDialog:
        return replace(self, gravity=gravity)

    def answer_harm(self, harm: Harm) -> LeniencyDialog:
        return replace(self, harm=harm)

    def answer_correction(self, correction: Correction) -> LeniencyDialog:
        return replace(self, correction=correction)

    def answer_fault(self, *, disproved: bool) -> LeniencyDialog:
        return replace(self, fault_disproved=disproved)

    def with_register(self, first_offence: bool | None) -> LeniencyDialog:
        return replace(self, first_offence=first_offence)

    @property
    def facts(self) -> LeniencyFacts | None:
        if self.gravity is None or self.harm is None or self.correction is None:
            return None
        return LeniencyFacts(
            serious=self.gravity is Gravity.SERIOUS,
            minor=self.gravity is Gravity.MINOR,
            harm=self.harm,
            first_offence=self.first_offence,
            correction=self.correction,
            fault_disproved=self.fault_disproved,
        )

    @property
    def outcome(self) -> Outcome | None:
        facts = self.facts
        return None if facts is None else spare(facts)
