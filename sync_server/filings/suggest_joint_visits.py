"""Suggestions for joint visits, from the register as it stands: what departments have filed near each other."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Connection, or_, select

from shared_models.calendar import day_of
from shared_models.enterprise import Enterprise
from shared_models.filing import FilingLine, FilingState, Purpose
from shared_models.joint_visits import OpenFiling, Suggestion, street_of, suggest_joint_visits
from shared_models.policy import Policy, PublishedPolicy
from sync_server.county import County
from sync_server.filings.register import line_key
from sync_server.filings.tables import filings
from sync_server.storage.engine import reading
from sync_server.storage.facts import current_facts


def suggest_now(county: County, until: date | None = None) -> tuple[Suggestion, ...]:
    """Of what is open today; `until` leaves out what begins later."""
    today = day_of(county.clock.now())
    with reading(county.engine) as connection:
        found = current_facts(connection, "policy", ["policy"]).get("policy")
        policy = found.load(PublishedPolicy).policy if found else Policy()
        return suggest_joint_visits(
            _open_filings(connection, today, until or date.max), within_days=policy.merge_window_days
        )


def _open_filings(connection: Connection, today: date, until: date) -> list[OpenFiling]:
    """One for each filing of one enterprise: the desk files each by itself, and a merging takes all of a filing."""
    columns = filings.c
    query = select(columns.filing, columns.department, columns.number, columns.uscc).where(
        columns.is_lead,
        or_(*(columns.state == state.value for state in (FilingState.ACCEPTED, FilingState.SUBMITTED))),
        columns.last_day >= today.isoformat(),
        columns.first_day <= until.isoformat(),
        ~columns.is_merged,
        ~columns.is_joint,
        columns.enterprises == 1,
        columns.purpose != Purpose.SERVICE.value,
    )
    rows: list[Any] = list(connection.execute(query))
    lines = current_facts(connection, "line", (line_key(row.filing, row.uscc) for row in rows))
    enterprises = current_facts(connection, "enterprise", {row.uscc for row in rows})
    streets = {uscc: _street(fact.load(Enterprise)) for uscc, fact in enterprises.items()}
    made = []
    for row in rows:
        line = lines[line_key(row.filing, row.uscc)].load(FilingLine)
        if line.visits_made < line.planned_visits:
            street = streets.get(row.uscc, "")
            made.append(OpenFiling(row.filing, row.number, row.department, row.uscc, street, line.purpose, line.window))
    return made


def _street(enterprise: Enterprise) -> str:
    return street_of(enterprise.township, enterprise.address)
