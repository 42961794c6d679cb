"""An officer's accepted filings of one day, enterprise by enterprise, found without going through the county's."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, select

from shared_models.filing import FilingLine, FilingState
from shared_models.people import Person
from sync_server.filings.register import FilingEntry, line_key
from sync_server.filings.tables import filings
from sync_server.storage.facts import current_facts


def lines_of_officer(connection: Connection, officer: Person, day: date) -> tuple[FilingLine, ...]:
    """Those whose window holds the day, and which name the officer."""
    columns = filings.c
    query = select(columns.filing).where(
        columns.department == officer.department,
        columns.first_day <= day.isoformat(),
        columns.last_day >= day.isoformat(),
        columns.state == FilingState.ACCEPTED.value,
    )
    found = current_facts(connection, "filing", connection.execute(query).scalars())
    entries = (fact.load(FilingEntry) for fact in found.values())
    own = [entry for entry in entries if officer.id in entry.form.officers]
    keys = [line_key(entry.filing, uscc) for entry in own for uscc in entry.form.enterprises]
    return tuple(fact.load(FilingLine) for fact in current_facts(connection, "line", keys).values())
