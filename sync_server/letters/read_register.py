"""The first-offence register of one enterprise as a page shows it: what counts, since when, and until when."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from shared_models.calendar import day_of
from shared_models.commitment import Finding
from shared_models.enterprise import Enterprise, is_uscc
from shared_models.first_offence import months_before
from shared_models.people import Department
from sync_server.calendar.published import published_policy
from sync_server.county import County
from sync_server.errors import NotFoundError
from sync_server.letters.find_matter import Matter, bodies_of, matters_of
from sync_server.letters.matter_states import FollowUp
from sync_server.letters.register_offences import Registered, offences_of
from sync_server.letters.tables import matters
from sync_server.storage.engine import reading
from sync_server.storage.facts import FactsWriter, current_facts

_MOST_MATTERS = 300


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """`what` and `matter` only for the department that found it, and for those who see all."""

    offence: Registered
    department: str
    counts: bool
    what: str
    matter: str


@dataclass(frozen=True, slots=True)
class ShownRegister:
    uscc: str
    enterprise: str
    months: int
    since: date
    lines: tuple[RegisterLine, ...]
    follow_ups: tuple[Matter, ...]


def read_register(county: County, uscc: str, within: Collection[str] | None) -> ShownRegister:
    """`within` as on the desk. Raises NotFoundError for an enterprise that the registry does not hold."""
    if not is_uscc(uscc):
        raise NotFoundError("enterprise", uscc[:18])
    with reading(county.engine) as connection:
        fact = current_facts(connection, "enterprise", [uscc]).get(uscc)
        if fact is None:
            raise NotFoundError("enterprise", uscc)
        months = published_policy(FactsWriter(connection)).first_offence_months
        since = months_before(day_of(county.clock.now()), months)
        found = _matters(connection, uscc)
        own = tuple(one for one in found if within is None or one.department in within)
        lines = _lines(connection, uscc, since, own, within)
    return ShownRegister(
        uscc=uscc,
        enterprise=fact.load(Enterprise).name,
        months=months,
        since=since,
        lines=lines,
        follow_ups=tuple(one for one in own if one.follow_up is not FollowUp.NONE),
    )


def _matters(connection: Connection, uscc: str) -> list[Matter]:
    query = select(matters).where(matters.c.uscc == uscc).order_by(matters.c.found_on.desc(), matters.c.record)
    return matters_of(connection, list(connection.execute(query.limit(_MOST_MATTERS)).all()))


def _lines(
    connection: Connection, uscc: str, since: date, own: tuple[Matter, ...], within: Collection[str] | None
) -> tuple[RegisterLine, ...]:
    offences = offences_of(connection, uscc)
    named = current_facts(connection, "department", {one.department for one in offences})
    departments = {key: fact.load(Department).name for key, fact in named.items()}
    pages = {one.finding_id: one.record.hex() for one in own}
    seen = {one.record for one in offences if within is None or one.department in within}
    bodies = bodies_of(connection, seen)
    return tuple(
        RegisterLine(
            offence=one,
            department=departments.get(one.department, one.department),
            counts=not one.is_struck and one.day >= since,
            what=body.what if isinstance(body := bodies.get(one.record), Finding) else "",
            matter=pages.get(one.record, ""),
        )
        for one in offences
    )
