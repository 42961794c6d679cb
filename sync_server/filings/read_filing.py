"""One filing as its page and its documents show it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from shared_models.calendar import day_of
from shared_models.enterprise import Enterprise
from shared_models.errors import ZhuqiError
from shared_models.filing import FilingForm, FilingLine, FilingState
from shared_models.kinds import body_of
from shared_models.people import Department, Person
from shared_models.record import peek
from sync_server.county import County
from sync_server.errors import NotFoundError
from sync_server.filings.find_wrongs import Wrong, find_wrongs
from sync_server.filings.register import FilingEntry, line_key
from sync_server.filings.tables import filings
from sync_server.storage.engine import reading
from sync_server.storage.facts import Fact, FactsWriter, current_facts, facts_since
from sync_server.storage.tables import log_entries

_FILING_HEX = 16
_MOST_ENTERPRISES = 200


@dataclass(frozen=True, slots=True)
class ShownEnterprise:
    uscc: str
    name: str
    address: str
    visits_made: int


@dataclass(frozen=True, slots=True)
class Act:
    """What happened to the filing: the log's entry that made it so."""

    index: int
    at: int
    kind: str
    account: str
    comment: str


@dataclass(frozen=True, slots=True)
class ShownFiling:
    """`wrongs` only while it waits for the office. `joint` is the filing it was merged into."""

    entry: FilingEntry
    form: FilingForm
    departments: tuple[Department, ...]
    officers: tuple[Person, ...]
    approver: str
    enterprises: tuple[ShownEnterprise, ...]
    acts: tuple[Act, ...]
    wrongs: tuple[Wrong, ...]
    joint: str
    parts: tuple[tuple[str, str], ...]
    """Id and number of what was merged into it."""
    replaced_by: str
    names: dict[str, str]


def read_filing(county: County, filing: str) -> ShownFiling:
    """Raises NotFoundError."""
    if len(filing) != _FILING_HEX or not filing.isalnum():
        raise NotFoundError("filing", filing)
    with reading(county.engine) as connection:
        history = sorted(facts_since(connection, "filing", [filing], 0), key=lambda fact: fact.from_index)
        if not history:
            raise NotFoundError("filing", filing)
        return _shown(county, connection, history)


def _shown(county: County, connection: Connection, history: Sequence[Fact]) -> ShownFiling:
    entry = history[-1].load(FilingEntry)
    form, facts = entry.form, FactsWriter(connection)
    departments = _loaded(connection, "department", (*form.departments, *form.joint_with), Department)
    approver = form.exception.approver if form.exception else ""
    people = _loaded(connection, "person", (*form.officers, approver), Person)
    waits = entry.state is FilingState.SUBMITTED
    wrongs = find_wrongs(facts, form, day_of(county.clock.now()), entry.filing) if waits else ()
    return ShownFiling(
        entry=entry,
        form=form,
        departments=tuple(departments.get(one, Department(one, one)) for one in form.departments),
        officers=tuple(people.get(one, Person(one, "")) for one in form.officers),
        approver=people[approver].name if approver in people else approver,
        enterprises=_enterprises(connection, entry),
        acts=_acts(connection, history),
        wrongs=wrongs,
        joint=_filing_of_number(connection, entry.merged_into),
        parts=_parts(connection, entry),
        replaced_by=_replaced_by(connection, entry.filing),
        names={**{key: one.name for key, one in people.items()}, **{key: one.name for key, one in departments.items()}},
    )


def _loaded(connection: Connection, kind: str, keys: Sequence[str], cls: type[Any]) -> dict[str, Any]:
    return {key: fact.load(cls) for key, fact in current_facts(connection, kind, [one for one in keys if one]).items()}


def _enterprises(connection: Connection, entry: FilingEntry) -> tuple[ShownEnterprise, ...]:
    usccs = entry.form.enterprises[:_MOST_ENTERPRISES]
    found = _loaded(connection, "enterprise", usccs, Enterprise)
    lines = _loaded(connection, "line", [line_key(entry.filing, uscc) for uscc in usccs], FilingLine)
    return tuple(
        ShownEnterprise(
            uscc=uscc,
            name=found[uscc].name if uscc in found else "",
            address=found[uscc].address if uscc in found else "",
            visits_made=lines[key].visits_made if (key := line_key(entry.filing, uscc)) in lines else 0,
        )
        for uscc in usccs
    )


def _acts(connection: Connection, history: Sequence[Fact]) -> tuple[Act, ...]:
    indexes = [fact.from_index for fact in history]
    columns = log_entries.c
    query = select(columns.index, columns.received_at, columns.kind, columns.envelope).where(columns.index.in_(indexes))
    made = []
    found: list[Any] = list(connection.execute(query.order_by(columns.index)))
    for row in found:
        try:
            body = body_of(peek(bytes(row.envelope)))
        except ZhuqiError:  # an act of a later release: its place and time are shown
            made.append(Act(row.index, row.received_at, row.kind, "", ""))
            continue
        made.append(Act(row.index, row.received_at, row.kind, body.account, getattr(body.act, "comment", "")))
    return tuple(made)


def _filing_of_number(connection: Connection, number: str | None) -> str:
    if not number:
        return ""
    query = select(filings.c.filing).where(filings.c.number == number).limit(1)
    return str(connection.execute(query).scalar_one_or_none() or "")


def _parts(connection: Connection, entry: FilingEntry) -> tuple[tuple[str, str], ...]:
    """By the lines of its enterprises, which say where they were merged into."""
    if not entry.number or entry.merged_into is not None:
        return ()
    found: dict[str, str] = {}
    facts = FactsWriter(connection)
    for uscc in entry.form.enterprises[:_MOST_ENTERPRISES]:
        for fact in facts.of_enterprise("line", uscc):
            line = fact.load(FilingLine)
            if line.merged_into == entry.number:
                found[line.filing] = line.number
    return tuple(sorted(found.items(), key=lambda part: part[1]))


def _replaced_by(connection: Connection, filing: str) -> str:
    query = select(filings.c.filing).where(filings.c.replaces == filing, filings.c.state != "withdrawn").limit(1)
    return str(connection.execute(query).scalar_one_or_none() or "")
