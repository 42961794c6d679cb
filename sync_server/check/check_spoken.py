"""Whose spoken code it is: an officer's number and six digits, told to an owner or to the hotline."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from shared_models.calendar import day_of
from shared_models.county import PhoneTrust
from shared_models.enterprise import Enterprise
from shared_models.filing import FilingLine
from shared_models.people import Department, Person
from shared_models.spoken import is_spoken_code
from sync_server.accounts.throttle import Tried, count_attempt, forgive, tried_key
from sync_server.check.judge_pass import in_force
from sync_server.check.secrets import spoken_secret
from sync_server.clock import milliseconds
from sync_server.county import County
from sync_server.pages.times import day_after, day_start
from sync_server.storage import engine
from sync_server.storage.facts import current_facts, current_facts_of, current_of_kind
from sync_server.storage.tables import visits

_SPOKEN = re.compile(r"(.+?)[\s\-,，:：]*([0-9]{6})", re.DOTALL)
_LONGEST = 100
_MOST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class SpokenVisit:
    """A visit of today that the officer has opened; `at` in milliseconds."""

    uscc: str
    enterprise: str
    purpose: str
    state: str
    verdict: str
    at: int


@dataclass(frozen=True, slots=True)
class SpokenAnswer:
    """`status` is `right`, `wrong` or `revoked`; nobody is named where the digits are wrong."""

    status: str
    person: Person | None = None
    department: str = ""
    visits: tuple[SpokenVisit, ...] = ()
    filings: tuple[FilingLine, ...] = ()


def read_spoken(text: str) -> tuple[str, str] | None:
    """Number and digits, also as a Chinese keyboard writes them; null for what cannot be both."""
    typed = unicodedata.normalize("NFKC", text).strip()
    match = _SPOKEN.fullmatch(typed) if len(typed) <= _LONGEST else None  # the search is quadratic
    number = "".join(match[1].split()).casefold() if match else ""
    return (number, match[2]) if match and number and "\x00" not in number else None


def check_spoken(county: County, number: str, digits: str, address: str, sheet: str | None = None) -> SpokenAnswer:
    """`sheet`: only what concerns this enterprise is told. Raises LoginThrottledError."""
    attempts = _attempts(number, address)
    now = county.clock.now()
    with engine.writing(county.engine) as connection:
        count_attempt(connection, attempts, milliseconds(now))
    with engine.reading(county.engine) as connection:
        answer = _answer(county, connection, number, digits, sheet)
    if answer.status != "wrong":
        with engine.writing(county.engine) as connection:
            forgive(connection, attempts)
    return answer


def _attempts(number: str, address: str) -> tuple[Tried, Tried]:
    """Five of a million codes are right at any moment: a few dozen tries an hour are no danger, thousands would be."""
    return Tried(tried_key("spoken", number), 10), Tried(tried_key("spoken from", address), 30)


def _answer(county: County, connection: Connection, number: str, digits: str, sheet: str | None) -> SpokenAnswer:
    now = county.clock.now()
    person = _person(connection, number)
    phones = [
        (fact.key, trust)
        for fact in current_of_kind(connection, "phone")
        if person is not None and (trust := fact.load(PhoneTrust)).officer == person.id
    ]
    at = int(now.timestamp())
    fitting = [trust for kid, trust in phones if is_spoken_code(spoken_secret(county, bytes.fromhex(kid)), digits, at)]
    if person is None or not fitting:
        return SpokenAnswer("wrong")
    department = current_facts(connection, "department", [person.department]).get(person.department)
    name = department.load(Department).name if department else person.department
    if person.revoked or all(trust.revoked for trust in fitting):
        return SpokenAnswer("revoked", person, name)
    return SpokenAnswer(
        "right",
        person,
        name,
        _visits_today(connection, person.id, now, sheet),
        _filings_today(connection, person, now, sheet),
    )


def _person(connection: Connection, number: str) -> Person | None:
    """By the register's number or the licence's, in any case."""
    people = (fact.load(Person) for fact in current_of_kind(connection, "person"))
    return next((one for one in people if number in (one.id.casefold(), (one.licence or "").casefold())), None)


def _visits_today(connection: Connection, officer: str, now: datetime, sheet: str | None) -> tuple[SpokenVisit, ...]:
    day = day_of(now)
    query = (
        select(visits)
        .where(visits.c.officer == officer, visits.c.at >= day_start(day), visits.c.at < day_start(day_after(day)))
        .order_by(visits.c.index.desc())
        .limit(_MOST_SHOWN)
    )
    rows = connection.execute(query).all()
    names = _names(connection, (row.uscc for row in rows))
    return tuple(
        SpokenVisit(row.uscc, names.get(row.uscc, row.uscc), row.purpose, row.state, row.verdict, row.at)
        for row in rows
        if sheet is None or row.uscc == sheet
    )


def _filings_today(connection: Connection, person: Person, now: datetime, sheet: str | None) -> tuple[FilingLine, ...]:
    facts = current_facts_of(connection, [sheet]) if sheet else current_of_kind(connection, "line")
    lines = (fact.load(FilingLine) for fact in facts if fact.kind == "line")
    named = (line for line in lines if person.id in line.officers and in_force(line, now))
    return tuple(sorted(named, key=lambda line: line.number)[:_MOST_SHOWN])


def _names(connection: Connection, usccs: Iterable[str]) -> dict[str, str]:
    facts = current_facts(connection, "enterprise", {uscc for uscc in usccs if uscc})
    return {key: fact.load(Enterprise).name for key, fact in facts.items()}
