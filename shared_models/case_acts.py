"""The bodies of the county's acts on a case (案件). `case` is its number, `department` whose case it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from shared_models.case import CaseFacts, Decision, StepDone
from shared_models.instalments import Instalment, Settling


class CaseGround(StrEnum):
    """What the case is opened on: a broken letter, or a finding that no letter could spare."""

    LETTER = "letter"
    FINDING = "finding"


@dataclass(frozen=True, slots=True)
class CaseOpened:
    """`record` is the id of the letter's or the finding's record; `handlers` two officers at least (行政处罚法 42)."""

    number: str
    department: str
    enterprise: str
    field: str
    ground: CaseGround
    record: bytes
    what: str
    facts: CaseFacts
    handlers: tuple[str, ...]
    found_on: date
    """The day of the violation as it was found on the spot."""


@dataclass(frozen=True, slots=True)
class CaseFactsFound:
    """The facts as the inquiry found them. Boxes that were filled on other facts are open again."""

    case: str
    facts: CaseFacts
    reason: str


@dataclass(frozen=True, slots=True)
class CaseHandlersNamed:
    """Other officers take the case over, e.g. where one must withdraw (行政处罚法 43)."""

    case: str
    handlers: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class CaseReviewerNamed:
    """`reviewer` is an account, `name` as documents show it."""

    case: str
    reviewer: str
    name: str


@dataclass(frozen=True, slots=True)
class CaseStepDone:
    case: str
    done: StepDone


@dataclass(frozen=True, slots=True)
class CaseDecided:
    """Self-contained for the first-offence register: whose violation, of which field, found when (`found_on`)."""

    case: str
    department: str
    enterprise: str
    field: str
    found_on: date
    decided_on: date
    decision: Decision


@dataclass(frozen=True, slots=True)
class CaseServed:
    """The decision reached the enterprise (送达): from this day the fine's fifteen days run."""

    case: str
    on: date
    how: str


@dataclass(frozen=True, slots=True)
class HardshipEvidence:
    """`file` is the SHA-256 of a blob; words alone are allowed."""

    what: str
    file: bytes | None = None


@dataclass(frozen=True, slots=True)
class DeferralAsked:
    """The enterprise's application (行政处罚法 66 ¶2): in whose words, what shows the hardship, what is asked for."""

    case: str
    applicant: str
    application: str
    evidence: tuple[HardshipEvidence, ...]
    schedule: tuple[Instalment, ...]


@dataclass(frozen=True, slots=True)
class DeferralAnswered:
    """`approver` by name; `schedule` as it was granted, empty where it was not."""

    case: str
    granted: bool
    approver: str
    reason: str
    schedule: tuple[Instalment, ...] = ()


@dataclass(frozen=True, slots=True)
class InstalmentSettled:
    """`number` from 1 in the schedule in force; `reference` the receipt, or why it is waived."""

    case: str
    number: int
    how: Settling
    on: date
    reference: str
