"""The demo county's filings: in every state, near and far, with the ones that the cards are about."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import date, timedelta

from shared_models.enterprise import Enterprise, EnterpriseStatus
from shared_models.filing import FilingException, FilingForm, FilingPlan, FilingState, Purpose
from shared_models.people import Person
from sync_server.demo.names import ENFORCING, ITEMS

ORDINARY_FILINGS = 120


@dataclass(frozen=True, slots=True)
class Cast:
    """Who and what the cards of the cockpit are about."""

    inspector: str
    colleague: str
    other_inspector: str
    filed: str
    not_filed: str
    merged: str
    emergency: str
    other_department: str
    closed: str
    voided_gate: str
    together: str
    """Filed for the inspectors of both phones."""


@dataclass(frozen=True, slots=True)
class PlannedFiling:
    """A form and how far it has come on the demo's day."""

    form: FilingForm
    state: FilingState
    submitted_days_ago: int


def _form(
    department: str, enterprises: tuple[str, ...], first: date, last: date, officers: tuple[str, ...]
) -> FilingForm:
    item, basis = ITEMS[department]
    return FilingForm(
        departments=(department,),
        purpose=Purpose.INSPECTION,
        enterprises=enterprises,
        window=(first, last),
        officers=officers,
        items=(item,),
        basis=basis,
        plan=FilingPlan.QUARTER if (last - first).days > 31 else FilingPlan.MONTH,  # noqa: PLR2004
        why_not_off_site="须核对现场设备和台账",
        approved_by="分管负责人",
    )


def filed_for_cast(cast: Cast, day: date) -> PlannedFiling:
    officers = (cast.inspector, cast.colleague)
    form = _form("market", (cast.filed,), day - timedelta(days=10), day + timedelta(days=75), officers)
    return PlannedFiling(replace(form, planned_visits=3), FilingState.ACCEPTED, submitted_days_ago=14)


def together_for_cast(cast: Cast, day: date) -> PlannedFiling:
    """Two departments, an officer of each: what happens between two people at a gate."""
    officers = (cast.inspector, cast.other_inspector)
    form = _form("market", (cast.together,), day - timedelta(days=8), day + timedelta(days=80), officers)
    form = replace(form, departments=("market", "emergency"), planned_visits=3)
    return PlannedFiling(form, FilingState.ACCEPTED, submitted_days_ago=13)


def joint_visit(cast: Cast, day: date, people: tuple[Person, ...]) -> tuple[tuple[PlannedFiling, ...], PlannedFiling]:
    """The market's recheck is merged into a joint inspection of next week, so that today the gate names that one."""
    fire = tuple(p.id for p in people if p.department == "fire")[:2]
    parts = tuple(
        PlannedFiling(
            replace(
                _form(dep, (cast.merged,), day - timedelta(days=3), day + timedelta(days=20), officers), purpose=purpose
            ),
            FilingState.ACCEPTED,
            9,
        )
        for dep, officers, purpose in (
            ("market", (cast.inspector, cast.colleague), Purpose.RECHECK),
            ("fire", fire, Purpose.INSPECTION),
        )
    )
    together = _form(
        "market",
        (cast.merged,),
        day + timedelta(days=6),
        day + timedelta(days=24),
        (cast.inspector, cast.colleague, *fire),
    )
    return parts, PlannedFiling(replace(together, departments=("market", "fire")), FilingState.ACCEPTED, 4)


def ordinary_filings(
    pick: random.Random, day: date, people: tuple[Person, ...], enterprises: tuple[Enterprise, ...], cast: Cast
) -> tuple[PlannedFiling, ...]:
    taken = {cast.not_filed, cast.merged, cast.emergency, cast.filed, cast.other_department}
    free = [e.uscc for e in enterprises if e.status is EnterpriseStatus.ACTIVE and e.uscc not in taken]
    states = (FilingState.ACCEPTED,) * 8 + (
        FilingState.SUBMITTED,
        FilingState.RETURNED,
        FilingState.WITHDRAWN,
        FilingState.ACCEPTED,
    )
    made = [
        PlannedFiling(
            _form(
                "emergency",
                (cast.other_department,),
                day - timedelta(days=5),
                day + timedelta(days=60),
                _two(people, "emergency"),
            ),
            FilingState.ACCEPTED,
            12,
        )
    ]
    for i in range(ORDINARY_FILINGS):
        department = ENFORCING[i % len(ENFORCING)].id
        first = day + timedelta(days=pick.randint(-45, 25))
        form = _form(
            department,
            tuple(sorted(pick.sample(free, pick.randint(1, 5)))),
            first,
            first + timedelta(days=pick.randint(4, 24)),
            _two(people, department, i),
        )
        if i % 17 == 5:  # noqa: PLR2004
            form = replace(
                form, exception=FilingException("superior", "上级部署的专项检查", f"浙安委〔{day.year}〕{i}号", "p010")
            )
        made.append(PlannedFiling(form, states[i % len(states)], submitted_days_ago=pick.randint(2, 50)))
    return tuple(made)


def _two(people: tuple[Person, ...], department: str, offset: int = 0) -> tuple[str, ...]:
    own = [p.id for p in people if p.department == department]
    start = (offset // len(ENFORCING)) % len(own)
    return (own[start], own[(start + 1) % len(own)])
