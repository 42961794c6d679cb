"""Read all that the answer to a check rests on: who, for which filing, and what the opening record says by now."""

from __future__ import annotations

from typing import Any, TypeVar

from sqlalchemy import Connection, Row, or_, select

from shared_models.calendar import day_of
from shared_models.codes import Trust, status_of
from shared_models.county import PhoneTrust, PublishedCalendar
from shared_models.enterprise import Enterprise
from shared_models.errors import ZhuqiError
from shared_models.filing import FilingLine
from shared_models.kinds import body_of
from shared_models.log import ACCEPTED
from shared_models.people import Department, Person
from shared_models.record import Record, peek
from shared_models.visit import GateDecision, Joined
from sync_server.check.judge_pass import Opening, PassFacts, in_force
from sync_server.check.read_pass import (
    Genuine,
    ReadPass,
    digest_of,
    genuine_of,
    judged,
    pass_text_of,
    read_code_of_pass,
)
from sync_server.check.views import checks_of
from sync_server.county import County
from sync_server.storage.facts import current_facts, current_facts_of
from sync_server.storage.tables import decisions, log_entries, mentions, visits

T = TypeVar("T")
_LIVE_WITHIN_SECONDS = 45


def gather_pass(county: County, connection: Connection, given: str, sheet: str | None) -> PassFacts:
    now = county.clock.now()
    text = pass_text_of(given, county.settings.public_host)
    digest = digest_of(text)
    try:
        code = read_code_of_pass(text, county.settings.public_host)
    except ZhuqiError as err:
        return PassFacts(ReadPass(status_of(err), digest, None), now, sheet)
    genuine = genuine_of(code, county.keys.root_public)
    phone = _load(connection, "phone", genuine.credential.kid.hex(), PhoneTrust) if genuine else None
    person = _load(connection, "person", genuine.credential.officer, Person) if genuine else None
    status, opened = judged(code, _trust(county, genuine, phone, person), now)
    if genuine is not None and phone is None and status == "valid":
        status, opened = "unknown_key", None
    read = ReadPass(status, digest, genuine, opened)
    if genuine is None or phone is None:
        return PassFacts(read, now, sheet)
    return _about(connection, PassFacts(read, now, sheet, person))


def _about(connection: Connection, facts: PassFacts) -> PassFacts:
    genuine = facts.read.genuine
    if genuine is None:
        return facts
    visit_pass, credential = genuine.visit_pass, genuine.credential
    opening = opening_of(connection, genuine)
    about = {(fact.kind, fact.key): fact for fact in current_facts_of(connection, [_key(visit_pass.enterprise)])}
    enterprise = about.get(("enterprise", visit_pass.enterprise))
    lines = [fact.load(FilingLine) for (kind, _), fact in about.items() if kind == "line"]
    calendar = _load(connection, "calendar", "calendar", PublishedCalendar)
    number = opening.body.verdict.filing if opening else _slip_number(facts)
    return PassFacts(
        read=facts.read,
        now=facts.now,
        sheet=facts.sheet,
        person=facts.person,
        department=_load(connection, "department", credential.department, Department),
        enterprise=enterprise.load(Enterprise) if enterprise else None,
        line=_line(lines, number, genuine, facts),
        opening=opening,
        is_protected=calendar is not None and calendar.as_calendar().is_protected(day_of(facts.now)),
        is_live=_is_live(connection, genuine, facts),
    )


def opening_of(connection: Connection, genuine: Genuine) -> Opening | None:
    visit_pass = genuine.visit_pass
    row = connection.execute(select(visits).where(visits.c.record_id == visit_pass.record)).one_or_none()
    if row is None:
        return None
    entries = connection.execute(
        select(log_entries.c.envelope, log_entries.c.record_id, log_entries.c.author).where(
            log_entries.c.status == ACCEPTED,
            or_(
                log_entries.c.index == row.index,
                # who joins has seen the pass, which names the opening and not the visit
                log_entries.c.index.in_(select(mentions.c.index).where(mentions.c.record == row.record_id)),
            ),
        )
    ).all()
    records = {bytes(entry.record_id): peek(bytes(entry.envelope)) for entry in entries}
    body = _body(records.get(visit_pass.record))
    if not isinstance(body, GateDecision):
        return None
    again = connection.execute(
        select(decisions.c.reproduced).where(decisions.c.index == row.index)
    ).scalar_one_or_none()
    same = (row.author, body.enterprise, body.purpose) == (
        genuine.credential.kid,
        visit_pass.enterprise,
        visit_pass.purpose,
    )
    return Opening(
        visit=bytes(row.visit),
        body=body,
        state=row.state,
        exception_state=row.exception_state,
        fits=same,
        reproduced=again is not False,
        joined=_joined(connection, row, records),
        closed_at=row.closed_at,
    )


def _joined(connection: Connection, row: Row[Any], records: dict[bytes, Record]) -> frozenset[str]:
    authors = {
        record.author.hex()
        for record in records.values()
        if isinstance(body := _body(record), Joined) and body.opening == bytes(row.record_id)
    }
    phones = current_facts(connection, "phone", authors | {bytes(row.author).hex()})
    return frozenset(fact.load(PhoneTrust).officer for fact in phones.values())


def _line(lines: list[FilingLine], number: str | None, genuine: Genuine, facts: PassFacts) -> FilingLine | None:
    """The filing that the visit names; where it names none, one in force that covers it."""
    if number:
        return next((line for line in lines if line.number == number), None)
    visit_pass, department = genuine.visit_pass, genuine.credential.department
    fitting = (
        line
        for line in sorted(lines, key=lambda line: (line.window[1], line.number))
        if line.purpose == visit_pass.purpose and department in line.departments and in_force(line, facts.now)
    )
    return next(fitting, None)


def _slip_number(facts: PassFacts) -> str | None:
    opened = facts.read.opened
    return opened.slip.filing if opened is not None and opened.slip is not None else None


def _is_live(connection: Connection, genuine: Genuine, facts: PassFacts) -> bool:
    """An old photograph stays what it is; a phone with a slow clock makes a new pass that is as old as the last."""
    at, age = genuine.visit_pass.at, facts.skew_seconds or 0
    before = [row for row in checks_of(connection, genuine.visit_pass.record) if row.pass_at is not None]
    return any(
        row.pass_at < at and abs(row.checked_at // 1000 - row.pass_at - age) <= _LIVE_WITHIN_SECONDS for row in before
    )


def _trust(county: County, genuine: Genuine | None, phone: PhoneTrust | None, person: Person | None) -> Trust:
    is_revoked = (phone is not None and phone.revoked) or (person is not None and person.revoked)
    revoked = {genuine.credential.kid.hex()} if genuine is not None and is_revoked else set()
    return Trust(county.keys.root_public, county.settings.public_host, frozenset(revoked), county.clock.now())


def _load(connection: Connection, kind: str, key: str, cls: type[T]) -> T | None:
    fact = current_facts(connection, kind, [_key(key)]).get(key)
    return fact.load(cls) if fact else None


def _key(text: str) -> str:
    return "" if "\x00" in text else text


def _body(record: Record | None) -> Any:
    try:
        return None if record is None else body_of(record)
    except ZhuqiError:
        return None
