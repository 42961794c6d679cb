"""The policy as the office's form sends it. What cannot be a number is told at its field, the rest stays as typed."""

from __future__ import annotations

from dataclasses import dataclass, replace

from litestar.datastructures import FormMultiDict

from shared_models.errors import BadlyFormedError
from shared_models.people import Department
from shared_models.policy import SEVEN_REASONS, PublishedPolicy
from shared_models.policy_limits import OTHER, Forbidden, forbidden_in

REASONS = (*SEVEN_REASONS, OTHER)
OF_POLICY = ("expost_working_days", "merge_window_days", "reference_max_working_days", "clock_tolerance_minutes")
OF_PUBLISHED = (
    "return_within_working_days",
    "filing_lead_working_days",
    "max_window_days_month",
    "max_window_days_quarter",
    "max_planned_visits",
    "first_offence_months",
    "correction_days",
    "follow_up_days",
)
LISTS = ("listed_reasons", "expost_reasons", "cap_exempt_reasons", "proof_required")
PEOPLE = ("inspection", "recheck")
_MOST_DIGITS = 4


@dataclass(frozen=True, slots=True)
class SentPolicy:
    """`policy` null where something is no number; `problems` by field."""

    policy: PublishedPolicy | None
    problems: tuple[Forbidden, ...]
    typed: dict[str, str]
    ticked: dict[str, tuple[str, ...]]


def typed_policy(published: PublishedPolicy) -> SentPolicy:
    """The policy in force as the form shows it first."""
    policy = published.policy
    typed = {name: str(getattr(policy, name)) for name in OF_POLICY}
    typed |= {name: str(getattr(published, name)) for name in OF_PUBLISHED}
    typed |= {f"min_people.{purpose}": str(policy.people_needed(purpose)) for purpose in PEOPLE}
    typed |= {f"cap.{department}": str(cap) for department, cap in published.frequency_caps.items()}
    ticked = {name: tuple(getattr(policy, name)) for name in LISTS}
    return SentPolicy(published, (), typed, {**ticked, "approvers": published.approvers})


def read_policy_form(form: FormMultiDict, before: PublishedPolicy, departments: tuple[Department, ...]) -> SentPolicy:
    caps = [f"cap.{one.id}" for one in departments]
    numbered = (*OF_POLICY, *OF_PUBLISHED, *(f"min_people.{purpose}" for purpose in PEOPLE))
    typed = {name: str(form.get(name, "")).strip()[:20] for name in (*numbered, *caps)}
    ticked = {name: _ticked(form, name, getattr(before.policy, name)) for name in LISTS}
    ticked["approvers"] = _ticked(form, "approvers", before.approvers)
    bad = [Forbidden(name, "not_a_number", None) for name in numbered if not _is_number(typed[name])]
    bad += [Forbidden(name, "not_a_number", None) for name in caps if typed[name] and not _is_number(typed[name])]
    if bad:
        return SentPolicy(None, tuple(bad), typed, ticked)
    numbers = {name: int(text) for name, text in typed.items() if text}
    least = {**before.policy.min_people, **{purpose: numbers[f"min_people.{purpose}"] for purpose in PEOPLE}}
    try:
        policy = replace(
            before.policy,
            min_people=least,
            **{name: numbers[name] for name in OF_POLICY},  # type: ignore[arg-type]
            **{name: ticked[name] for name in LISTS},  # type: ignore[arg-type]
        )
    except BadlyFormedError as err:  # below what the law asks for
        clause = "处罚法42" if err.where.startswith("min_people") else None
        return SentPolicy(None, (Forbidden(err.where, "below_the_law", clause),), typed, ticked)
    given = {f"cap.{one.id}": one.id for one in departments}
    published = replace(
        before,
        policy=policy,
        approvers=ticked["approvers"],
        frequency_caps={given[name]: numbers[name] for name in caps if name in numbers},
        **{name: numbers[name] for name in OF_PUBLISHED},
    )
    return SentPolicy(published, forbidden_in(published), typed, ticked)


def _ticked(form: FormMultiDict, name: str, before: tuple[str, ...]) -> tuple[str, ...]:
    """What was ticked before keeps its place, so that only what is changed is a change."""
    now = dict.fromkeys(str(one)[:64] for one in form.getall(name, []))
    return (*(one for one in before if one in now), *(one for one in now if one not in before))


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS
