"""The invented county of the demo: the same seed and day give the same county, down to the last portrait.

Only values are made here; `seed_county` puts them into the log through the same use cases as everybody's acts.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import date, timedelta

from stdnum.cn import uscc as uscc_number

from shared_models.acts import Snippet
from shared_models.calendar import second_full_week
from shared_models.enterprise import Enterprise, EnterpriseStatus, Gate
from shared_models.people import Person
from shared_models.policy import Policy, PublishedPolicy
from sync_server.demo.filings import (
    Cast,
    PlannedFiling,
    filed_for_cast,
    joint_visit,
    ordinary_filings,
    together_for_cast,
)
from sync_server.demo.names import (
    BRANDS_FIRST,
    BRANDS_SECOND,
    ENFORCING,
    GIVEN,
    INDUSTRIES,
    STREETS,
    SURNAMES,
    TOWNSHIPS,
)
from sync_server.demo.snippets import SNIPPETS

ENTERPRISES = 500
OFFICERS = 60
VISITORS = 8


@dataclass(frozen=True, slots=True)
class DemoCounty:
    day: date
    people: tuple[Person, ...]
    portraits: dict[str, int]
    """Person id to the number that the portrait is drawn from."""
    enterprises: tuple[Enterprise, ...]
    filings: tuple[PlannedFiling, ...]
    parts_to_merge: tuple[PlannedFiling, ...]
    joint: PlannedFiling
    policy: PublishedPolicy
    snippets: tuple[Snippet, ...]
    cast: Cast


def invent_county(seed: int, day: date) -> DemoCounty:
    pick = random.Random(seed)  # noqa: S311  # a story, not a secret
    names = _names(pick, OFFICERS + VISITORS)
    people = _officers(names[:OFFICERS], day) + _visitors(names[OFFICERS:])
    enterprises = _enterprises(pick)
    cast = _cast(people, enterprises)
    ordinary = ordinary_filings(pick, day, people, enterprises, cast)
    filings = (filed_for_cast(cast, day), *ordinary, together_for_cast(cast, day))
    parts, joint = joint_visit(cast, day, people)
    return DemoCounty(
        day=day,
        people=people,
        portraits={person.id: seed * 1000 + i for i, person in enumerate(people)},
        enterprises=enterprises,
        filings=filings,
        parts_to_merge=parts,
        joint=joint,
        policy=_policy(people),
        snippets=SNIPPETS,
        cast=cast,
    )


def working_demo_day(today: date) -> date:
    """The first weekday from `today` on that lies in no default service week, so that the story can start quietly."""
    day = today
    while day.weekday() >= 5 or _in_service_week(day):  # noqa: PLR2004
        day += timedelta(days=1)
    return day


def _in_service_week(day: date) -> bool:
    first, last = second_full_week(day.year, day.month)
    return first <= day <= last


def _names(pick: random.Random, count: int) -> list[str]:
    all_names = [surname + given for surname in SURNAMES for given in GIVEN]
    return pick.sample(all_names, count)


def _officers(names: list[str], day: date) -> tuple[Person, ...]:
    made = []
    for i, name in enumerate(names):
        department = ENFORCING[i % len(ENFORCING)]
        unit = department.units[(i // len(ENFORCING)) % len(department.units)]
        made.append(
            Person(
                id=f"p{i + 1:03d}",
                department=department.id,
                licence=f"浙C{330326}{i + 1:05d}",
                unit=unit.name,
                valid_from=date(day.year - 2, 1, 1),
                valid_until=date(day.year + 2, 12, 31),
                name=name,
            )
        )
    made[38] = replace(made[38], valid_until=day - timedelta(days=40))
    return tuple(made)


def _visitors(names: list[str]) -> tuple[Person, ...]:
    homes = ("justice", "commerce")
    return tuple(
        Person(id=f"v{i + 1:03d}", department=homes[i % 2], unit="普法科" if i % 2 == 0 else "联络科", name=name)
        for i, name in enumerate(names)
    )


def _enterprises(pick: random.Random) -> tuple[Enterprise, ...]:
    brands = [a + b for a in BRANDS_FIRST for b in dict.fromkeys(BRANDS_SECOND)]
    wanted = [(brand, *industry) for brand in brands for industry in INDUSTRIES]
    made = []
    for i, (brand, suffix, industry) in enumerate(pick.sample(wanted, ENTERPRISES)):
        township = TOWNSHIPS[i % len(TOWNSHIPS)]
        gates = tuple(Gate(no, place) for no, place in enumerate(("正门", "物流门")[: 1 + (i % 4 == 0)], start=1))
        made.append(
            Enterprise(
                uscc=_demo_uscc(i),
                status=EnterpriseStatus.CLOSED if i % 83 == 82 else EnterpriseStatus.ACTIVE,  # noqa: PLR2004
                name=f"平阳{brand}{suffix}有限公司",
                township=township,
                address=f"{township}{pick.choice(STREETS)}{pick.randint(1, 399)}号",
                industry=industry,
                gates=gates,
            )
        )
    made[7] = replace(made[7], gates=(Gate(1, "旧正门", void=True), Gate(2, "新正门")))
    return tuple(made)


def _demo_uscc(i: int) -> str:
    """A valid code that no real enterprise can have: real ones do not begin their nine places with DEM."""
    stem = f"91330326DEM{i:06d}"
    return stem + str(uscc_number.calc_check_digit(stem))


def _cast(people: tuple[Person, ...], enterprises: tuple[Enterprise, ...]) -> Cast:
    market = [p.id for p in people if p.department == "market"]
    emergency = [p.id for p in people if p.department == "emergency"]
    active = [e.uscc for e in enterprises if e.status is EnterpriseStatus.ACTIVE]
    return Cast(
        inspector=market[0],
        colleague=market[1],
        other_inspector=emergency[0],
        filed=active[0],
        not_filed=active[1],
        merged=active[2],
        emergency=active[3],
        other_department=active[4],
        closed=next(e.uscc for e in enterprises if e.status is EnterpriseStatus.CLOSED),
        voided_gate=enterprises[7].uscc,
        together=active[5],
    )


def _policy(people: tuple[Person, ...]) -> PublishedPolicy:
    heads = tuple(next(p.id for p in reversed(people) if p.department == d.id) for d in ENFORCING)
    return PublishedPolicy(policy=Policy(), approvers=heads, frequency_caps={d.id: 4 for d in ENFORCING})
