"""A case as the log has it: its facts, what was filled on them, the decision and the payment."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection

from shared_models.case import CaseFacts, Step, StepDone
from shared_models.case_acts import CaseDecided, CaseOpened, CaseServed, DeferralAnswered, DeferralAsked
from shared_models.instalments import Instalment, left_to_pay
from sync_server.errors import NotFoundError
from sync_server.storage.facts import FactsWriter, current_facts


class CaseState(StrEnum):
    OPEN = "open"
    DECIDED = "decided"
    PAYING = "paying"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class FilledStep:
    """`stands`: it was filled on the facts as they are now, and nothing later took its place."""

    done: StepDone
    account: str
    at: int
    stands: bool = True


class ChangeOf(StrEnum):
    FACTS = "facts"
    HANDLERS = "handlers"


@dataclass(frozen=True, slots=True)
class Change:
    of: ChangeOf
    reason: str
    account: str
    at: int


@dataclass(frozen=True, slots=True)
class Deferral:
    asked: DeferralAsked
    asked_by: str
    asked_at: int
    answered: DeferralAnswered | None = None
    answered_by: str = ""
    answered_at: int | None = None


@dataclass(frozen=True, slots=True)
class CaseEntry:
    """Times in milliseconds since 1970; `…_by` are accounts."""

    opened: CaseOpened
    record: bytes
    opened_by: str
    opened_at: int
    facts: CaseFacts
    changes: tuple[Change, ...] = ()
    handlers: tuple[str, ...] = ()
    reviewer: str = ""
    reviewer_name: str = ""
    steps: tuple[FilledStep, ...] = ()
    decided: CaseDecided | None = None
    decided_by: str = ""
    decided_at: int | None = None
    served: CaseServed | None = None
    deferrals: tuple[Deferral, ...] = ()
    schedule: tuple[Instalment, ...] = ()

    @property
    def done(self) -> frozenset[Step]:
        return frozenset(one.done.step for one in self.steps if one.stands and one.done.fills)

    @property
    def state(self) -> CaseState:
        if self.decided is None:
            return CaseState.OPEN
        if self.served is None:
            return CaseState.DECIDED
        return CaseState.PAYING if left_to_pay(self.schedule) else CaseState.CLOSED

    @property
    def open_deferral(self) -> Deferral | None:
        return next((one for one in self.deferrals if one.answered is None), None)


@dataclass(frozen=True, slots=True)
class CaseOf:
    """The case that was opened on a record."""

    number: str


def find_case(connection: Connection, number: str) -> CaseEntry:
    """Raises NotFoundError."""
    fact = current_facts(connection, "case", [number]).get(number) if _is_number(number) else None
    if fact is None:
        raise NotFoundError("case", number if _is_number(number) else "")
    return fact.load(CaseEntry)


def case_in(facts: FactsWriter, number: str) -> CaseEntry:
    """As the transaction sees it. Raises NotFoundError."""
    fact = facts.get("case", number) if _is_number(number) else None
    if fact is None:
        raise NotFoundError("case", number if _is_number(number) else "")
    return fact.load(CaseEntry)


def case_of(facts: FactsWriter, record: bytes) -> str | None:
    """The number of the case that was opened on this letter or finding."""
    fact = facts.get("case_of", record.hex())
    return fact.load(CaseOf).number if fact else None


def _is_number(number: str) -> bool:
    return len(number) <= _LONGEST_NUMBER and number.isascii() and number.replace("-", "").isalnum()


_LONGEST_NUMBER = 20
