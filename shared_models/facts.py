"""What the gate is asked and what it answers (rules 4). The deciding is in `gate`, the rows in `gate_rows`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from shared_models.calendar import Calendar
from shared_models.enterprise import Enterprise
from shared_models.filing import Filing, Purpose
from shared_models.people import Person
from shared_models.policy import Policy


class Ground(StrEnum):
    """Why a service visit comes: 受邀 (by whom, when), 主题 (its number) or 联络员."""

    INVITED = "invited"
    THEME = "theme"
    LIAISON = "liaison"


@dataclass(frozen=True, slots=True)
class ExceptionClaim:
    """The reason is free text: whether it is listed is row 7's question."""

    reason: str
    note: str = ""
    proof: str = ""
    approver: str = ""


@dataclass(frozen=True, slots=True)
class ProposedVisit:
    purpose: Purpose
    ground: Ground | None = None
    exception: ExceptionClaim | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """All that a decision rests on.

    `enterprise` null: not in the reference data. `approvers` null: not checked, which only the command line may
    say; a phone or server without the list passes `()`, and without a calendar `CALENDAR_UNKNOWN`.
    `visits_this_year` and `frequency_caps` go by department; made and counted visits include unsynced ones.
    """

    now: datetime
    reference_issued_at: datetime
    people: tuple[Person, ...]
    visit: ProposedVisit
    calendar: Calendar = field(default_factory=Calendar)
    policy: Policy = field(default_factory=Policy)
    approvers: tuple[str, ...] | None = None
    enterprise: Enterprise | None = None
    filings: tuple[Filing, ...] = ()
    visits_this_year: Mapping[str, int] = field(default_factory=dict)
    frequency_caps: Mapping[str, int] = field(default_factory=dict)


class Decision(StrEnum):
    """Worst first."""

    DENY = "deny"
    UNVERIFIED = "unverified"
    ALLOW_THEN_FILE = "allow_then_file"
    ALLOW_EXCEPTION = "allow_exception"
    ALLOW = "allow"

    @property
    def may_enter(self) -> bool:
        return self in {Decision.ALLOW_THEN_FILE, Decision.ALLOW_EXCEPTION, Decision.ALLOW}


class Level(StrEnum):
    DENY = "deny"
    UNVERIFIED = "unverified"
    LIFTED = "lifted"
    WARN = "warn"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Reason:
    """`clause` is the plan's or the law's; `about` the smallest, as text, of the ids or numbers concerned."""

    code: str
    level: Level
    clause: str | None
    about: str | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """`filing` is the number of the filing in force, whatever the verdict; reasons come in row order."""

    verdict: Decision
    filing: str | None
    post_filing_due: date | None
    reasons: tuple[Reason, ...]
