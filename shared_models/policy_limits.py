"""What no county may set, because the plan or the law says otherwise: each refusal names its clause."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from shared_models.policy import MIN_PEOPLE_FLOOR, SEVEN_REASONS, PublishedPolicy

OTHER = "other"
LONGEST_WINDOW_DAYS = 92
"""A quarter: no filing's window is longer, whatever the policy of its time was."""
_LONGEST = {"max_window_days_month": 31, "max_window_days_quarter": LONGEST_WINDOW_DAYS}
_DAYS = ("merge_window_days", "reference_max_working_days", "clock_tolerance_minutes", "expost_working_days")
_LEAST = {
    "filing_lead_working_days": 0,
    "return_within_working_days": 0,
    "first_offence_months": 1,
    "correction_days": 1,
    "follow_up_days": 1,
    "max_planned_visits": 1,
}


@dataclass(frozen=True, slots=True)
class Forbidden:
    """`clause` is null where only reason forbids it."""

    field: str
    problem: str
    clause: str | None


def forbidden_in(published: PublishedPolicy) -> tuple[Forbidden, ...]:
    return (*_reasons(published), *_numbers(published))


def _reasons(published: PublishedPolicy) -> Iterator[Forbidden]:
    policy = published.policy
    if not set(policy.listed_reasons) <= {*SEVEN_REASONS, OTHER}:
        yield Forbidden("listed_reasons", "not_a_reason_of_the_plan", "三.1")
    for field in ("expost_reasons", "cap_exempt_reasons", "proof_required"):
        if not set(getattr(policy, field)) <= set(policy.listed_reasons):
            yield Forbidden(field, "reason_is_not_listed", "三.1")
    if OTHER in policy.expost_reasons:
        yield Forbidden("expost_reasons", "other_must_be_filed_first", "三.3")


def _numbers(published: PublishedPolicy) -> Iterator[Forbidden]:
    policy = published.policy
    for purpose, least in MIN_PEOPLE_FLOOR.items():
        if policy.people_needed(purpose) < least:
            yield Forbidden(f"min_people.{purpose}", "below_the_law", "处罚法42")
    values = {name: getattr(policy, name) for name in _DAYS} | {name: getattr(published, name) for name in _LEAST}
    yield from (Forbidden(name, "is_negative", None) for name, value in values.items() if value < _LEAST.get(name, 0))
    for field, most in _LONGEST.items():
        if not 1 <= getattr(published, field) <= most:
            yield Forbidden(field, "longer_than_the_plan", "三.3")
    for department, cap in published.frequency_caps.items():
        if cap < 0:
            yield Forbidden(f"frequency_caps.{department}", "is_negative", "54号")
