"""The county's policy: data that is published and signed with the calendar (rules 4, policy defaults)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from shared_models.errors import BadlyFormedError

SEVEN_REASONS = (
    "work_safety",
    "food_drug_safety",
    "environment",
    "emergency",
    "complaint",
    "case",
    "superior",
)
MIN_PEOPLE_FLOOR = {"inspection": 2, "recheck": 2, "survey": 1, "service": 1}


@dataclass(frozen=True, slots=True)
class Policy:
    listed_reasons: tuple[str, ...] = SEVEN_REASONS
    expost_reasons: tuple[str, ...] = SEVEN_REASONS[:-1]
    cap_exempt_reasons: tuple[str, ...] = ("superior", "complaint", "case", "emergency")
    proof_required: tuple[str, ...] = ("complaint", "case", "superior")
    expost_working_days: int = 2
    merge_window_days: int = 30
    reference_max_working_days: int = 3
    clock_tolerance_minutes: int = 10
    min_people: Mapping[str, int] = field(default_factory=lambda: dict(MIN_PEOPLE_FLOOR))
    """By purpose; a partial map keeps the other defaults, which are also the floor."""

    def __post_init__(self) -> None:
        for purpose, least in self.min_people.items():
            if purpose not in MIN_PEOPLE_FLOOR:
                raise BadlyFormedError(f"min_people.{purpose}", "is not known")
            if least < MIN_PEOPLE_FLOOR[purpose]:
                raise BadlyFormedError(f"min_people.{purpose}", f"must be at least {MIN_PEOPLE_FLOOR[purpose]}")
        if self.expost_working_days < 0:
            raise BadlyFormedError("expost_working_days", "must not be negative")

    def people_needed(self, purpose: str) -> int:
        return self.min_people.get(purpose, MIN_PEOPLE_FLOOR[purpose])


@dataclass(frozen=True, slots=True)
class PublishedPolicy:
    """The body of `policy_published`: the policy, who may approve exceptions, and the departments' caps a year."""

    policy: Policy
    approvers: tuple[str, ...]
    frequency_caps: Mapping[str, int] = field(default_factory=dict)
    first_offence_months: int = 24
    return_within_working_days: int = 2
    filing_lead_working_days: int = 1
    max_window_days_month: int = 31
    max_window_days_quarter: int = 92
    max_planned_visits: int = 1
    confirm_days: int = 3
    """How long an enterprise may confirm or contest the letter whose copy it keeps."""
    join_late_minutes: int = 30
    """A second officer who joins later than this after the opening has joined late."""
    correction_days: int = 15
    """Until when a finding without a letter is to be put right, counted from the day on which it was noted."""
    follow_up_days: int = 90
    """Within how many days an enterprise that was spared gets its follow-up service visit (四.2)."""
