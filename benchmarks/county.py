"""A county of any size, put into a real server's log through what the use cases stand on, in few transactions."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

from stdnum.cn import uscc as uscc_number

from shared_models import ed25519
from shared_models.acts import FilingSubmitted, PhoneEnrolled
from shared_models.calendar import day_of, second_full_week
from shared_models.county import PublishedCalendar
from shared_models.credential import Credential, sign_credential
from shared_models.enterprise import Enterprise, EnterpriseStatus, Gate
from shared_models.filing import FilingForm, Purpose
from shared_models.people import Person
from shared_models.policy import Policy, PublishedPolicy
from shared_models.suite import kid_of
from sync_server.calendar.publish_calendar import publish_calendar
from sync_server.calendar.publish_policy import publish_policy
from sync_server.clock import FixedClock
from sync_server.county import County
from sync_server.demo.names import DEPARTMENTS, ENFORCING, GIVEN, INDUSTRIES, ITEMS, STREETS, SURNAMES, TOWNSHIPS
from sync_server.demo.snippets import SNIPPETS
from sync_server.filings.accept_filing import accept_in
from sync_server.filings.register import filing_id
from sync_server.log.writing import writing
from sync_server.open_county import open_county
from sync_server.registry.publish_snippets import publish_snippets
from sync_server.registry.register_departments import register_departments
from sync_server.registry.register_enterprises import register_enterprises
from sync_server.registry.register_people import register_people
from sync_server.settings import Settings, settings_from

OFFICE, CLERK = "office", "clerk"
HOST = "zhuqi.pingyang.gov.cn"
OFFICERS = 240
_FILINGS_AT_ONCE = 250
_ENTERPRISES_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class Town:
    """What was put into a county's log, as the benchmarks ask about it. Its clock stands at `now`."""

    folder: Path
    url: str
    now: datetime
    enterprises: tuple[Enterprise, ...]
    people: tuple[Person, ...]
    lines: dict[str, str]
    """Filing number by enterprise."""
    calendar: PublishedCalendar
    policy: PublishedPolicy

    @property
    def host(self) -> str:
        return HOST

    def open(self) -> County:
        return open_county(settings_of(self.folder, self.url), FixedClock(self.now))


def settings_of(folder: Path, url: str) -> Settings:
    environment = {"ZHUQI_PUBLIC_HOST": HOST, **({"ZHUQI_DATABASE_URL": url} if url else {})}
    return settings_from(environment, data_dir=folder)


def build_town(folder: Path, *, enterprises: int, filings: int, per_filing: int = 1, url: str = "") -> Town:
    """`filings` accepted ones over the first enterprises, `per_filing` enterprises each, lead departments in turn."""
    now = a_quiet_morning()
    county = open_county(settings_of(folder, url), FixedClock(now))
    people = tuple(_officer(i, now.date()) for i in range(OFFICERS))
    registry = tuple(enterprise_of(i) for i in range(enterprises))
    policy = PublishedPolicy(Policy(), tuple(p.id for p in people[-10:]), {d.id: 4 for d in ENFORCING})
    register_departments(county, CLERK, DEPARTMENTS)
    register_people(county, CLERK, people)
    for start in range(0, enterprises, _ENTERPRISES_AT_ONCE):
        register_enterprises(county, CLERK, registry[start : start + _ENTERPRISES_AT_ONCE])
    calendar = publish_calendar(county, OFFICE)
    publish_policy(county, OFFICE, policy)
    publish_snippets(county, OFFICE, SNIPPETS)
    lines = _file(county, people, registry, filings, per_filing)
    county.engine.dispose()
    return Town(folder, url, now, registry, people, lines, calendar, policy)


def enrol_phones(county: County, officers: tuple[Person, ...], seeds: tuple[bytes, ...]) -> None:
    """Phones whose keys are at hand, as the clerk's confirmation writes them."""
    keys = county.keys
    with writing(county) as tx:
        for officer, seed in zip(officers, seeds, strict=True):
            public_key = ed25519.public_key(seed)
            credential = sign_credential(
                Credential(
                    county=county.settings.county_code,
                    officer=officer.id,
                    name=officer.name,
                    department=officer.department,
                    unit=officer.unit,
                    licence=officer.licence,
                    public_key=public_key,
                    nbf=int(tx.now.timestamp()),
                    exp=int((tx.now + timedelta(days=365)).timestamp()),
                ),
                issuer=keys.service_public,
                sign=keys.sign,
            )
            tx.append_act(CLERK, PhoneEnrolled(kid_of(public_key), officer.id, public_key, "software", credential))


def _file(
    county: County, people: tuple[Person, ...], registry: tuple[Enterprise, ...], filings: int, per_filing: int
) -> dict[str, str]:
    lines: dict[str, str] = {}
    forms = list(_forms(county.clock.now(), people, registry, filings, per_filing))
    for start in range(0, len(forms), _FILINGS_AT_ONCE):
        with writing(county) as tx:
            for form in forms[start : start + _FILINGS_AT_ONCE]:
                filing = filing_id(tx.append_act(form.departments[0], FilingSubmitted(form)).record_id)
                number = accept_in(tx, "system", filing, by_rule=True)
                lines.update(dict.fromkeys(form.enterprises, number))
    return lines


def _forms(
    now: datetime, people: tuple[Person, ...], registry: tuple[Enterprise, ...], filings: int, per_filing: int
) -> Iterator[FilingForm]:
    today = day_of(now)
    window = (today - timedelta(days=3), today + timedelta(days=20))
    by_department = {d.id: [p.id for p in people if p.department == d.id] for d in ENFORCING}
    for i in range(filings):
        department = ENFORCING[i % len(ENFORCING)].id
        mine = by_department[department]
        turn = i // len(ENFORCING)
        item, basis = ITEMS[department]
        yield FilingForm(
            departments=(department,),
            purpose=Purpose.INSPECTION,
            enterprises=tuple(e.uscc for e in registry[i * per_filing : (i + 1) * per_filing]),
            window=window,
            officers=(mine[turn % len(mine)], mine[(turn + 1) % len(mine)]),
            items=(item,),
            basis=basis,
            why_not_off_site="须现场查看设备和台账",
            approved_by=mine[-1],
        )


def a_quiet_morning() -> datetime:
    """10:00 in Pingyang of the first weekday from today on that no default service week protects."""
    day = datetime.now(UTC).date()
    while day.weekday() >= 5 or _is_protected(day):
        day += timedelta(days=1)
    return datetime(day.year, day.month, day.day, 2, tzinfo=UTC)


def _is_protected(day: date) -> bool:
    first, last = second_full_week(day.year, day.month)
    return first <= day <= last


def _officer(i: int, today: date) -> Person:
    department = ENFORCING[i % len(ENFORCING)]
    return Person(
        id=f"p{i + 1:03d}",
        department=department.id,
        licence=f"浙C330326{i + 1:05d}",
        unit=department.units[i // len(ENFORCING) % len(department.units)].name,
        valid_from=today.replace(month=1, day=1),
        valid_until=date(today.year + 2, 12, 31),
        name=SURNAMES[i % len(SURNAMES)] + GIVEN[i // len(SURNAMES) % len(GIVEN)],
        portrait=bytes((i % 256,)) * 32,
    )


def enterprise_of(i: int) -> Enterprise:
    """As varied as a real register or more, so that compression has no easy time."""
    pick = random.Random(i)
    suffix, industry = pick.choice(INDUSTRIES)
    township = pick.choice(TOWNSHIPS)
    brand = _characters(pick, 2 + i % 2)
    return Enterprise(
        uscc=uscc_of(i),
        status=EnterpriseStatus.ACTIVE if i % 97 else EnterpriseStatus.CLOSED,
        name=f"平阳{brand}{suffix}有限公司",
        township=township,
        address=f"{township}{_characters(pick, 2)}村{pick.choice(STREETS)}{pick.randint(1, 999)}号",
        industry=industry,
        gates=tuple(Gate(no, place) for no, place in enumerate(("正门", "物流门")[: 1 + (i % 4 == 0)], start=1)),
    )


def _characters(pick: random.Random, count: int) -> str:
    """Out of some 3,000, as names are made of."""
    return "".join(chr(0x4E00 + pick.randrange(3_000)) for _ in range(count))


def uscc_of(i: int) -> str:
    """A valid code; eight of its places are as good as random, as in real ones. No two are the same."""
    letters = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    mix, places = (i + 1) * 611_953_000_003 % 31**8, ""
    for _ in range(8):
        places += letters[mix % 31]
        mix //= 31
    stem = f"91330326{places}0"
    return stem + str(uscc_number.calc_check_digit(stem))


def signer(seed: bytes) -> partial[bytes]:
    return partial(ed25519.sign, seed)
