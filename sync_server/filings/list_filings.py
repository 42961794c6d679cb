"""One page of the list of filings: a handful of queries whatever the county's size, and no count over it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from shared_models.calendar import day_of
from shared_models.enterprise import Enterprise
from shared_models.filing import FilingPlan
from shared_models.people import Department
from sync_server.county import County
from sync_server.filings.filing_filter import FilingFilter, Mark, Place
from sync_server.filings.find_filings import find_filings
from sync_server.filings.tables import filings
from sync_server.storage.engine import reading
from sync_server.storage.facts import current_facts
from sync_server.storage.kept_facts import kept_of_kind
from sync_server.storage.tables import visits
from sync_server.supervision.enterprise_names import EnterpriseNames

PAGE_SIZE = 50
_MOST_DUE = 50


@dataclass(frozen=True, slots=True)
class ListedFiling:
    filing: str
    number: str
    state: str
    purpose: str
    plan: str
    department: str
    enterprise: str
    uscc: str
    enterprises: int
    first_day: str
    last_day: str
    submitted_at: int
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class FilingList:
    filings: tuple[ListedFiling, ...]
    departments: tuple[Department, ...]
    next: Place | None


@dataclass(frozen=True, slots=True)
class DueFiling:
    """A visit that entered by an exception and has to be filed after the fact."""

    visit: str
    uscc: str
    enterprise: str
    department: str
    department_name: str
    reason: str
    at: int
    due: str
    is_overdue: bool


def list_filings(
    county: County, wish: FilingFilter, names: EnterpriseNames, within: Collection[str] | None
) -> FilingList:
    """`within`: only filings that name one of these departments; null for all."""
    with reading(county.engine) as connection:
        departments = tuple(fact.load(Department) for fact in kept_of_kind(connection, "department"))
        rows = find_filings(connection, wish, names, within, today=day_of(county.clock.now()), most=PAGE_SIZE + 1)
        shown = rows[:PAGE_SIZE]
        listed = _listed(connection, shown, departments)
    last = shown[-1] if len(rows) > PAGE_SIZE else None
    own = departments if within is None else tuple(one for one in departments if one.id in within)
    return FilingList(listed, own, Place(last.submitted_at, last.filing) if last else None)


def due_filings(
    county: County, today: date, within: Collection[str] | None, *, is_overdue_only: bool = False
) -> tuple[DueFiling, ...]:
    """What stands on the desks until it is filed (rules 4, post_filing_due): the most overdue first."""
    columns = visits.c
    filed = select(filings.c.opened_by).where(filings.c.opened_by == columns.visit, filings.c.state != "withdrawn")
    query = select(visits).where(columns.post_filing_due.is_not(None), columns.state != "refused", ~filed.exists())
    if within is not None:
        query = query.where(columns.department.in_(sorted(within)))
    if is_overdue_only:
        query = query.where(columns.post_filing_due < today.isoformat())
    with reading(county.engine) as connection:
        rows: Sequence[Any] = connection.execute(query.order_by(columns.post_filing_due).limit(_MOST_DUE)).all()
        named = _enterprise_names(connection, rows)
        departments = _department_names(kept_of_kind(connection, "department"))
    return tuple(
        DueFiling(
            visit=row.visit.hex(),
            uscc=row.uscc,
            enterprise=named.get(row.uscc, ""),
            department=row.department,
            department_name=departments.get(row.department, row.department),
            reason=row.exception_reason or "",
            at=row.at,
            due=row.post_filing_due,
            is_overdue=row.post_filing_due < today.isoformat(),
        )
        for row in rows
    )


def _listed(connection: Connection, rows: Sequence[Any], departments: Sequence[Department]) -> tuple[ListedFiling, ...]:
    enterprises = _enterprise_names(connection, rows)
    named = {one.id: one.name for one in departments}
    return tuple(
        ListedFiling(
            filing=row.filing,
            number=row.number,
            state=row.state,
            purpose=row.purpose,
            plan=row.plan,
            department=named.get(row.department, row.department),
            enterprise=enterprises.get(row.uscc, ""),
            uscc=row.uscc,
            enterprises=row.enterprises,
            first_day=row.first_day,
            last_day=row.last_day,
            submitted_at=row.submitted_at,
            marks=_marks(row),
        )
        for row in rows
    )


def _marks(row: Any) -> tuple[Mark, ...]:
    has = {
        Mark.JOINT: row.is_joint,
        Mark.MERGED: row.is_merged,
        Mark.EXCEPTION: row.has_exception,
        Mark.AFTERWARDS: row.plan == FilingPlan.AFTERWARDS,
    }
    return tuple(mark for mark in Mark if has[mark])


def _enterprise_names(connection: Connection, rows: Sequence[Any]) -> dict[str, str]:
    found = current_facts(connection, "enterprise", {row.uscc for row in rows})
    return {uscc: fact.load(Enterprise).name for uscc, fact in found.items()}


def _department_names(found: Sequence[Any]) -> dict[str, str]:
    loaded = (fact.load(Department) for fact in found)
    return {one.id: one.name for one in loaded}
