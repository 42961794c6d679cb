"""A county as its desks see it after two and a half years: its filings, their queue, drafts, draws and accounts.

All of it went into the log as records do: only appended many at once, by a clock that moves through those years.
What stands on a desk (queue, drafts, draws, claims) is as much in a small county as in a large one, so that its pages
are as full; departments and people are the same too. Enterprises, filings and visits are what grows.
"""

from __future__ import annotations

import gc
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from benchmarks.county import CLERK, OFFICE, a_quiet_morning, enterprise_of, settings_of
from shared_models.acts import FilingAccepted, FilingReturned, FilingSubmitted, FilingWithdrawn
from shared_models.calendar import day_of
from shared_models.enterprise import Enterprise, EnterpriseStatus
from shared_models.filing import FilingException, FilingForm, FilingPlan, Purpose
from shared_models.people import Department, Person, Unit
from shared_models.policy import Policy, PublishedPolicy
from sync_server.accounts.passwords import Passwords
from sync_server.calendar.publish_calendar import publish_calendar
from sync_server.calendar.publish_policy import publish_policy
from sync_server.clock import FixedClock, milliseconds
from sync_server.county import County
from sync_server.demo.names import GIVEN, SURNAMES
from sync_server.filings.register import filing_id
from sync_server.log.writing import writing
from sync_server.open_county import open_county
from sync_server.registry.register_departments import register_departments
from sync_server.registry.register_enterprises import register_enterprises
from sync_server.registry.register_people import register_people

DEPARTMENTS = tuple(
    Department(f"d{i:02}", f"第{i}局", tuple(Unit(f"u{n}", f"第{n}科") for n in range(1, 4))) for i in range(1, 41)
)
PEOPLE, APPROVERS, WAITING = 1_200, 10, 120
_HISTORY_DAYS = 900
_ENTERPRISES_AT_ONCE, _FILINGS_AT_ONCE, _FEWEST_BATCHES = 10_000, 400, 200
_YEAR_NUMBERS = 99_999
_RETURNED, _WITHDRAWN = 11, 12


@dataclass(frozen=True, slots=True)
class DeskCounty:
    """`waiting` are the ids of the filings that wait for the office."""

    folder: Path
    now: datetime
    enterprises: tuple[Enterprise, ...]
    people: tuple[Person, ...]
    waiting: tuple[str, ...]

    def open(self) -> County:
        """Its passwords are cheap to make and to guess."""
        passwords = Passwords(time_cost=1, memory_kib=64, parallelism=1)
        return open_county(settings_of(self.folder, ""), FixedClock(self.now), passwords)


def build_desks(folder: Path, *, enterprises: int, filings: int, history_days: int = _HISTORY_DAYS) -> DeskCounty:
    gc.disable()  # millions of values without cycles
    try:
        return _build(folder, enterprises, filings, timedelta(days=history_days))
    finally:
        gc.enable()


def _build(folder: Path, enterprises: int, filings: int, history: timedelta) -> DeskCounty:
    now = a_quiet_morning()
    clock = FixedClock(now - history)
    county = open_county(settings_of(folder, ""), clock)
    people = tuple(_officer(i) for i in range(PEOPLE))
    registry = tuple(enterprise_of(i) for i in range(enterprises))
    register_departments(county, CLERK, DEPARTMENTS)
    register_people(county, CLERK, people)
    for start in range(0, enterprises, _ENTERPRISES_AT_ONCE):
        register_enterprises(county, CLERK, registry[start : start + _ENTERPRISES_AT_ONCE])
    approvers = tuple(person.id for person in people[-APPROVERS:])
    publish_policy(county, OFFICE, PublishedPolicy(Policy(), approvers, {one.id: 4 for one in DEPARTMENTS}))
    waiting = _file(county, clock, now, registry, filings)
    clock.instant = now
    publish_calendar(county, OFFICE)
    county.engine.dispose()
    return DeskCounty(folder, now, registry, people, waiting)


def _file(
    county: County, clock: FixedClock, now: datetime, registry: Sequence[Enterprise], filings: int
) -> tuple[str, ...]:
    """In the order of their days, so many at once that even a small county's came on many days."""
    at_once = max(1, min(_FILINGS_AT_ONCE, filings // _FEWEST_BATCHES))
    step = (now - clock.instant) * at_once / (filings - WAITING)
    numbers: dict[int, int] = {}
    active = [one.uscc for one in registry if one.status is EnterpriseStatus.ACTIVE]
    for start in range(0, filings - WAITING, at_once):
        some = range(start, min(start + at_once, filings - WAITING))
        clock.instant = min(clock.instant + step, now - timedelta(hours=1))
        if clock.instant.year not in numbers:
            publish_calendar(county, OFFICE)
        _submit_and_answer(county, numbers, [_form(i, active, clock.instant) for i in some], some)
    clock.instant = now
    with writing(county) as tx:
        forms = [_form(i, active, clock.instant, waits=True) for i in range(filings - WAITING, filings)]
        made = tx.append_acts(CLERK, [FilingSubmitted(form) for form in forms])
    return tuple(filing_id(one.record_id) for one in made)


def _submit_and_answer(county: County, numbers: dict[int, int], forms: Sequence[FilingForm], places: range) -> None:
    with writing(county) as tx:
        made = tx.append_acts(CLERK, [FilingSubmitted(form) for form in forms])
        filings = [filing_id(one.record_id) for one in made]
        year = day_of(tx.now).year
        answers: list[object] = []
        for place, filing in zip(places, filings, strict=True):
            if place // len(DEPARTMENTS) % 25 == _RETURNED:
                answers.append(FilingReturned(filing, "事由写得太宽，请写明检查事项。"))
                continue
            number = numbers[year] = numbers.get(year, 0) + 1
            if number > _YEAR_NUMBERS:
                raise ValueError("more filings than a year has numbers")
            answers.append(FilingAccepted(filing, f"BA{county.settings.county_code}{year}-{number:05}", by_rule=True))
        tx.append_acts("system", answers)
        withdrawn = [
            one for place, one in zip(places, filings, strict=True) if place // len(DEPARTMENTS) % 25 == _WITHDRAWN
        ]
        if withdrawn:
            tx.append_acts(CLERK, [FilingWithdrawn(one, "企业搬迁") for one in withdrawn])


def _form(i: int, active: Sequence[str], at: datetime, *, waits: bool = False) -> FilingForm:
    """One enterprise each, as the desk files them; departments in turn, and of each one's some of every kind."""
    turn, mine = divmod(i, len(DEPARTMENTS))
    first = day_of(at) + timedelta(days=2 + i % 9)
    officers = (mine + len(DEPARTMENTS) * (i % 15), mine + len(DEPARTMENTS) * (15 + i % 14))
    is_joint = turn % 25 == 7
    departments = (mine, (mine + 1) % len(DEPARTMENTS)) if is_joint else (mine,)
    return FilingForm(
        departments=tuple(DEPARTMENTS[one].id for one in departments),
        purpose=Purpose.RECHECK if turn % 10 == 9 else Purpose.INSPECTION,
        enterprises=(active[i * 7_919 % len(active)],),
        window=(first, first + timedelta(days=5 + i % 21)),
        officers=tuple(_officer_id(one) for one in officers),
        items=("消防设施和疏散通道",),
        basis="《中华人民共和国消防法》第五十三条",
        plan=FilingPlan.QUARTER if turn % 8 == 0 else FilingPlan.MONTH,
        exception=FilingException("complaint", "12345 转办", f"12345-{i}", _officer_id(PEOPLE - 1))
        if turn % 20 == 3
        else None,
        why_not_off_site="须现场查看设备和台账",
        approved_by="局长",
        approved_at=milliseconds(at),
        external_refs=(f"XZXW-{at.year}-{i:06}",) if turn % 10 == 0 else (),
        joint_with=(DEPARTMENTS[(mine + 2) % len(DEPARTMENTS)].id,) if waits else (),
    )


def _officer_id(i: int) -> str:
    return f"p{i + 1:04}"


def _officer(i: int) -> Person:
    department = DEPARTMENTS[i % len(DEPARTMENTS)]
    return Person(
        id=_officer_id(i),
        department=department.id,
        licence=f"浙C330326{i + 1:05d}",
        unit=department.units[i // len(DEPARTMENTS) % len(department.units)].id,
        valid_from=date(2020, 1, 1),
        valid_until=date(2036, 12, 31),
        name=SURNAMES[i % len(SURNAMES)] + GIVEN[i // len(SURNAMES) % len(GIVEN)],
    )
