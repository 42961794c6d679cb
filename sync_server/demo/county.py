"""The invented county of the demo: the same seed and day give the same county, down to the last portrait.

Only values are made here; `seed_county` puts them into the log through the same use cases as everybody's acts.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import date, timedelta

from stdnum.cn import uscc as uscc_number  # type: ignore[import-untyped]

from shared_models.acts import Snippet, SnippetKind
from shared_models.calendar import second_full_week
from shared_models.enterprise import Enterprise, EnterpriseStatus, Gate
from shared_models.filing import FilingException, FilingForm, FilingPlan, FilingState, Purpose
from shared_models.people import Person
from shared_models.policy import Policy, PublishedPolicy
from sync_server.demo.names import (
    BRANDS_FIRST,
    BRANDS_SECOND,
    ENFORCING,
    GIVEN,
    INDUSTRIES,
    ITEMS,
    STREETS,
    SURNAMES,
    TOWNSHIPS,
)

ENTERPRISES = 500
OFFICERS = 60
VISITORS = 8
ORDINARY_FILINGS = 120


@dataclass(frozen=True, slots=True)
class PlannedFiling:
    """A form and how far it has come on the demo's day."""

    form: FilingForm
    state: FilingState
    submitted_days_ago: int


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
    people = _officers(pick, day) + _visitors(pick)
    enterprises = _enterprises(pick)
    cast = _cast(people, enterprises)
    filings = (_filed_for_cast(cast, day), *_ordinary_filings(pick, day, people, enterprises, cast))
    parts, joint = _joint_visit(cast, day, people)
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


def _officers(pick: random.Random, day: date) -> tuple[Person, ...]:
    names = _names(pick, OFFICERS)
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


def _visitors(pick: random.Random) -> tuple[Person, ...]:
    names = _names(pick, VISITORS)
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
    )


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


def _filed_for_cast(cast: Cast, day: date) -> PlannedFiling:
    officers = (cast.inspector, cast.colleague)
    form = _form("market", (cast.filed,), day - timedelta(days=10), day + timedelta(days=75), officers)
    return PlannedFiling(replace(form, planned_visits=3), FilingState.ACCEPTED, submitted_days_ago=14)


def _joint_visit(cast: Cast, day: date, people: tuple[Person, ...]) -> tuple[tuple[PlannedFiling, ...], PlannedFiling]:
    fire = tuple(p.id for p in people if p.department == "fire")[:2]
    parts = tuple(
        PlannedFiling(
            _form(dep, (cast.merged,), day - timedelta(days=3), day + timedelta(days=20), officers),
            FilingState.ACCEPTED,
            9,
        )
        for dep, officers in (("market", (cast.inspector, cast.colleague)), ("fire", fire))
    )
    together = _form(
        "market",
        (cast.merged,),
        day + timedelta(days=6),
        day + timedelta(days=24),
        (cast.inspector, cast.colleague, *fire),
    )
    return parts, PlannedFiling(replace(together, departments=("market", "fire")), FilingState.ACCEPTED, 4)


def _ordinary_filings(
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


def _policy(people: tuple[Person, ...]) -> PublishedPolicy:
    heads = tuple(next(p.id for p in reversed(people) if p.department == d.id) for d in ENFORCING)
    return PublishedPolicy(policy=Policy(), approvers=heads, frequency_caps={d.id: 4 for d in ENFORCING})


SNIPPETS = (
    Snippet(
        "g1",
        SnippetKind.GUIDANCE,
        "完善进货台账",
        "建议建立电子进货台账,供应商资质每季度核对一次。",
        department="market",
    ),
    Snippet(
        "g2",
        SnippetKind.GUIDANCE,
        "规范有限空间警示",
        "建议在污水池、储罐口设置警示牌,落实先通风、再检测、后作业。",
        department="emergency",
    ),
    Snippet("g3", SnippetKind.GUIDANCE, "清理疏散通道", "建议划线标明疏散通道,禁止堆放原料,每周自查并拍照留存。"),
    Snippet("g4", SnippetKind.GUIDANCE, "完善用电巡查", "建议对老旧线路做一次全面检测,配电箱前一米内不堆物。"),
    Snippet(
        "g5",
        SnippetKind.GUIDANCE,
        "规范标签标识",
        "建议核对产品标签的生产日期、执行标准和联系方式。",
        department="market",
    ),
    Snippet(
        "l1",
        SnippetKind.LAW,
        "进货查验",
        "生产经营者应当查验供货者的许可证和产品合格证明。",
        "《食品安全法》第五十条",
        department="market",
    ),
    Snippet(
        "l2",
        SnippetKind.LAW,
        "首违不罚",
        "违法行为轻微并及时改正,没有造成危害后果的,不予行政处罚。",
        "《行政处罚法》第三十三条",
    ),
    Snippet(
        "l3",
        SnippetKind.LAW,
        "从业人员培训",
        "生产经营单位应当对从业人员进行安全生产教育和培训。",
        "《安全生产法》第二十八条",
    ),
    Snippet("l4", SnippetKind.LAW, "疏散通道畅通", "保障疏散通道、安全出口、消防车通道畅通。", "《消防法》第十六条"),
)
