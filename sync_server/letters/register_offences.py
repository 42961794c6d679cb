"""The first-offence register (首违登记): what was found, by enterprise and field (领域), and what was struck since.

Phones hold the newest two of each as facts; the server looks at all of them when it confirms a "first".
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, false, insert, select, update

from shared_models.county import Offence
from shared_models.first_offence import months_before
from sync_server.calendar.published import published_policy
from sync_server.letters.tables import offences
from sync_server.log.entries import NAME_LENGTH, USCC_LENGTH, Entry, column_text, fact_from
from sync_server.storage.facts import FactsWriter

_MOST_LISTED = 300


@dataclass(frozen=True, slots=True)
class Found:
    """A violation; `source` is the finding's record, or the case's decision where it rests on no finding."""

    source: bytes
    uscc: str
    field: str
    day: date
    visit: bytes | None = None
    department: str = ""


class OffencesWriter:
    """Writes at once: findings are few, and later entries of the same transaction ask for them."""

    def __init__(self, connection: Connection, facts: FactsWriter) -> None:
        self._connection = connection
        self._facts = facts

    def add(self, entry: Entry, found: Found, *, is_struck: bool = False) -> bool:
        """Whether it stands in the register: without a field nothing can be compared."""
        uscc, field = column_text(found.uscc, USCC_LENGTH), column_text(found.field.strip(), NAME_LENGTH)
        if not uscc or not field:
            return False
        row = {
            "record": found.source,
            "index": entry.index,
            "uscc": uscc,
            "field": field,
            "day": found.day.isoformat(),
            "at": entry.record.at,
            "visit": found.visit,
            "department": column_text(found.department, NAME_LENGTH),
            "is_struck": is_struck,
        }
        self._connection.execute(insert(offences).values(row))
        self._tell_phones(entry, uscc, field)
        return True

    def strike(self, entry: Entry, source: bytes) -> None:
        """A case, or the answer to an objection, has found that it was no violation: from now on it counts no more."""
        row = self._connection.execute(select(offences).where(offences.c.record == source)).one_or_none()
        if row is not None:
            self._connection.execute(update(offences).where(offences.c.record == source).values(is_struck=True))
            self._tell_phones(entry, row.uscc, row.field)

    def _tell_phones(self, entry: Entry, uscc: str, field: str) -> None:
        """The newest violation, and the newest that any other visit has found."""
        columns = offences.c
        query = (
            select(columns.day, columns.visit)
            .where(columns.uscc == uscc, columns.field == field, columns.is_struck.is_(False))
            .order_by(columns.day.desc(), columns.index.desc())
        )
        rows = self._connection.execute(query).all()
        key = f"{uscc}/{field}"
        if not rows:
            self._facts.end("offence", key, entry.index)
            return
        newest = rows[0]
        earlier = next((date.fromisoformat(row.day) for row in rows if row.visit != newest.visit), None)
        offence = Offence(uscc, field, date.fromisoformat(newest.day), newest.visit, earlier)
        self._facts.set(fact_from(entry, "offence", key, offence, uscc=uscc))


def is_first(connection: Connection, finding: bytes, months: int) -> bool | None:
    """No violation of the same field on another visit before this one, within so many months (rules 5).

    Null for a finding that the register does not hold.
    """
    own = connection.execute(select(offences).where(offences.c.record == finding)).one_or_none()
    if own is None:
        return None
    found = Found(finding, own.uscc, own.field, date.fromisoformat(own.day), own.visit)
    return _is_alone(connection, found, months, offences.c.at <= own.at)


def is_first_until_its_day(connection: Connection, found: Found, months: int) -> bool:
    """The same of a violation that the register does not hold: nothing on another visit up to the end of its day."""
    return _is_alone(connection, found, months, offences.c.day <= found.day.isoformat())


def _is_alone(connection: Connection, found: Found, months: int, before: ColumnElement[bool]) -> bool:
    columns = offences.c
    query = select(columns.record).where(
        columns.uscc == found.uscc,
        columns.field == found.field,
        columns.is_struck == false(),
        columns.day >= months_before(found.day, months).isoformat(),
        before,
        columns.visit.is_distinct_from(found.visit),
    )
    return connection.execute(query.limit(1)).one_or_none() is None


@dataclass(frozen=True, slots=True)
class Registered:
    """A line of the register of one enterprise."""

    record: bytes
    field: str
    day: date
    visit: bytes | None
    department: str
    is_struck: bool


def offences_of(connection: Connection, uscc: str) -> tuple[Registered, ...]:
    """The newest first."""
    columns = offences.c
    query = select(offences).where(columns.uscc == uscc).order_by(columns.day.desc(), columns.index.desc())
    return tuple(
        Registered(
            bytes(row.record),
            row.field,
            date.fromisoformat(row.day),
            bytes(row.visit) if row.visit else None,
            row.department,
            row.is_struck,
        )
        for row in connection.execute(query.limit(_MOST_LISTED))
    )


def months_looked_back(facts: FactsWriter) -> int:
    return published_policy(facts).first_offence_months
