"""Filings (备案): what is filed, and the state in which the gate meets it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

Window = tuple[date, date]
"""First and last day, both inclusive."""


class Purpose(StrEnum):
    INSPECTION = "inspection"
    RECHECK = "recheck"
    SURVEY = "survey"
    SERVICE = "service"

    @property
    def may_find(self) -> bool:
        """Whether what is found may become a finding or a letter; else it is a disguised inspection (三.4)."""
        return self in (Purpose.INSPECTION, Purpose.RECHECK)


class FilingState(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class FilingException:
    """The exception that an accepted filing carries; it was judged when the office accepted it."""

    reason: str
    note: str = ""
    proof: str = ""
    approver: str = ""


@dataclass(frozen=True, slots=True)
class Filing:
    """A filing as the gate sees it. The first department leads; `visits_made` counts for the enterprise at the gate."""

    number: str
    departments: tuple[str, ...]
    purpose: Purpose
    enterprises: tuple[str, ...]
    window: Window
    state: FilingState
    exception: FilingException | None = None
    merged_into: str | None = None
    planned_visits: int = 1
    visits_made: int = 0


class FilingPlan(StrEnum):
    """月备案, 季备案, 事后备案."""

    MONTH = "month"
    QUARTER = "quarter"
    AFTERWARDS = "afterwards"


class CheckCategory(StrEnum):
    """日常检查, 个案检查, 专项检查."""

    DAILY = "daily"
    CASE = "case"
    SPECIAL = "special"


@dataclass(frozen=True, slots=True)
class FilingForm:
    """The body of `filing_submitted`: what the department's head approved and the county is asked to accept."""

    departments: tuple[str, ...]
    purpose: Purpose
    enterprises: tuple[str, ...]
    window: Window
    officers: tuple[str, ...]
    items: tuple[str, ...]
    basis: str
    plan: FilingPlan = FilingPlan.MONTH
    assistants: int = 0
    exception: FilingException | None = None
    planned_visits: int = 1
    why_not_off_site: str = ""
    approved_by: str = ""
    opened_by_visit: bytes | None = None
    external_refs: tuple[str, ...] = ()
    category: CheckCategory = CheckCategory.DAILY
    method: str = ""
    unit: str = ""
    approved_at: int | None = None
    """Milliseconds since 1970: when the department's head approved it at this server's desk."""
    why_afterwards: str = ""
    replaces: str = ""
    """The filing, as in FilingLine.filing, in whose place this one is filed: none is ever edited."""
    joint_with: tuple[str, ...] = ()
    """Departments with which a joint visit is asked for (联合入企)."""


@dataclass(frozen=True, slots=True)
class FilingLine:
    """One filing for one enterprise: the unit in which filings reach the phones and are looked up at a gate.

    Of another department's filing a phone sees only enterprise, window, purpose and lead (architecture, Sync).
    """

    filing: str
    """Hexadecimal, the first eight bytes of the id of the `filing_submitted` record."""
    number: str
    departments: tuple[str, ...]
    purpose: Purpose
    enterprise: str
    window: Window
    state: FilingState
    exception: FilingException | None = None
    merged_into: str | None = None
    planned_visits: int = 1
    visits_made: int = 0
    officers: tuple[str, ...] = ()
    assistants: int = 0
    items: tuple[str, ...] = ()
    basis: str = ""
    slip: bytes | None = None

    def as_filing(self) -> Filing:
        return Filing(
            number=self.number,
            departments=self.departments,
            purpose=self.purpose,
            enterprises=(self.enterprise,),
            window=self.window,
            state=self.state,
            exception=self.exception,
            merged_into=self.merged_into,
            planned_visits=self.planned_visits,
            visits_made=self.visits_made,
        )
