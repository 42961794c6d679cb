"""Whose spoken code it is: an officer's number and six digits, told to an owner or to the hotline."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from shared_models.acts import CheckAction, CheckSource, PassChecked
from shared_models.calendar import day_of
from shared_models.county import PhoneTrust
from shared_models.enterprise import Enterprise
from shared_models.filing import FilingLine
from shared_models.people import Department, Person
from shared_models.spoken import is_spoken_code
from sync_server.accounts.throttle import Tried, count_attempt, forgive, tried_key
from sync_server.check.judge_pass import Advice, in_force
from sync_server.check.secrets import spoken_secret
from sync_server.clock import milliseconds
from sync_server.county import County
from sync_server.filings.lines_of_officer import lines_of_officer
from sync_server.pages.times import day_after, day_start
from sync_server.storage import engine
from sync_server.storage.facts import current_facts, current_of_kind
from sync_server.storage.tables import visits
from sync_server.visits.views import OPENED

_SPOKEN = re.compile(r"(.+?)[\s\-,，:：]*([0-9]{6})", re.DOTALL)
_LONGEST = 100
_MOST_SHOWN = 20
_LET_IN = ("allow", "allow_exception")
"""An exception is stated only, until its approver has confirmed it."""


@dataclass(frozen=True, slots=True)
class SpokenVisit:
    """A visit of today that the officer has opened; `at` in milliseconds, `opening` the id of its first record."""

    opening: bytes
    uscc: str
    enterprise: str
    purpose: str
    state: str
    verdict: str
    at: int
    exception: str | None
    """`stated`, `confirmed` or `denied`, where one was claimed."""


@dataclass(frozen=True, slots=True)
class SpokenAnswer:
    """`status` is `right`, `wrong` or `revoked`; nobody is named where the digits are wrong.

    `phone` is the key id of the phone whose code it is, `digest` the SHA-256 of what was told.
    """

    status: str
    person: Person | None = None
    department: str = ""
    visits: tuple[SpokenVisit, ...] = ()
    filings: tuple[FilingLine, ...] = ()
    phone: bytes = b""
    digest: bytes = b""

    @property
    def advice(self) -> Advice:
        """As for a pass: what speaks against the visit first, then what is not certain."""
        here = next((one for one in self.visits if one.state == OPENED), None)
        if self.status == "revoked" or (here is not None and (here.exception == "denied" or here.verdict == "deny")):
            return Advice.MAY_REFUSE
        is_sound = here.exception == "confirmed" or here.verdict in _LET_IN if here else bool(self.filings)
        return Advice.LET_IN if self.status == "right" and is_sound else Advice.VERIFY


def read_spoken(text: str) -> tuple[str, str] | None:
    """Number and digits, also as a Chinese keyboard writes them; null for what cannot be both."""
    typed = unicodedata.normalize("NFKC", text).strip()
    match = _SPOKEN.fullmatch(typed) if len(typed) <= _LONGEST else None  # the search is quadratic
    number = "".join(match[1].split()).casefold() if match else ""
    return (number, match[2]) if match and number and "\x00" not in number else None


def spoken_check(answer: SpokenAnswer, sheet: str | None) -> PassChecked:
    """What a right code witnesses: the visit that is open; where that has not arrived, that the phone was there.

    `sheet`: the enterprise on whose own page it was typed; null where it was told to the hotline.
    """
    visits = [one for one in answer.visits if one.state == OPENED]
    return PassChecked(
        digest=answer.digest,
        answer="revoked" if answer.status == "revoked" else "valid",
        advice=answer.advice.value,
        action=CheckAction.LOOKED,
        source=CheckSource.HOTLINE if sheet is None else CheckSource.SPOKEN,
        opening=visits[0].opening if len(visits) == 1 else None,
        credential=answer.phone,
        enterprise=sheet,
    )


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
    fitting = [
        (bytes.fromhex(kid), trust)
        for kid, trust in phones
        if is_spoken_code(spoken_secret(county, bytes.fromhex(kid)), digits, at)
    ]
    if person is None or not fitting:
        return SpokenAnswer("wrong")
    kid = next((kid for kid, trust in fitting if not trust.revoked), fitting[0][0])
    told = hashlib.sha256(b"zhuqi/spoken/1" + kid + f"{day_of(now)} {digits}".encode()).digest()
    department = current_facts(connection, "department", [person.department]).get(person.department)
    name = department.load(Department).name if department else person.department
    if person.revoked or all(trust.revoked for _, trust in fitting):
        return SpokenAnswer("revoked", person, name, phone=kid, digest=told)
    return SpokenAnswer(
        "right",
        person,
        name,
        _visits_today(connection, person.id, now, sheet),
        _filings_today(connection, person, now, sheet),
        kid,
        told,
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
        SpokenVisit(
            bytes(row.record_id),
            row.uscc,
            names.get(row.uscc, row.uscc),
            row.purpose,
            row.state,
            row.verdict,
            row.at,
            row.exception_state,
        )
        for row in rows
        if sheet is None or row.uscc == sheet
    )


def _filings_today(connection: Connection, person: Person, now: datetime, sheet: str | None) -> tuple[FilingLine, ...]:
    lines = lines_of_officer(connection, person, day_of(now))
    named = (line for line in lines if sheet in (None, line.enterprise) and in_force(line, now))
    return tuple(sorted(named, key=lambda line: line.number)[:_MOST_SHOWN])


def _names(connection: Connection, usccs: Iterable[str]) -> dict[str, str]:
    facts = current_facts(connection, "enterprise", {uscc for uscc in usccs if uscc})
    return {key: fact.load(Enterprise).name for key, fact in facts.items()}
