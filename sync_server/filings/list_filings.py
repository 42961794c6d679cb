"""One page of the list of filings: a handful of queries whatever the county's size, and no count over it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, case, select, true, tuple_

from shared_models.calendar import day_of
from shared_models.enterprise import Enterprise
from shared_models.filing import FilingPlan, Purpose
from shared_models.people import Department
from shared_models.policy_limits import LONGEST_WINDOW_DAYS
from sync_server.county import County
from sync_server.filings.filing_filter import FilingFilter, Mark, Order, Place
from sync_server.filings.search_filings import named_by
from sync_server.filings.tables import (
    HAS_EXCEPTION,
    IS_AFTERWARDS,
    IS_JOINT,
    IS_MERGED,
    IS_NO_INSPECTION,
    filings,
)
from sync_server.storage.engine import reading
from sync_server.storage.facts import current_facts, current_of_kind
from sync_server.storage.tables import visits
from sync_server.supervision.enterprise_names import EnterpriseNames

PAGE_SIZE = 50
_MOST_DUE = 100
_LONGEST_WINDOW, _LONG_PAST = timedelta(days=LONGEST_WINDOW_DAYS), timedelta(days=60)


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
        departments = tuple(fact.load(Department) for fact in current_of_kind(connection, "department"))
        rows = _found(connection, wish, names, within, day_of(county.clock.now()))
        shown = rows[:PAGE_SIZE]
        listed = _listed(connection, shown, departments)
    last = shown[-1] if len(rows) > PAGE_SIZE else None
    own = departments if within is None else tuple(one for one in departments if one.id in within)
    return FilingList(listed, own, Place(last.submitted_at, last.filing) if last else None)


def due_filings(county: County, today: date, within: Collection[str] | None) -> tuple[DueFiling, ...]:
    """What stands on the desks until it is filed (rules 4, post_filing_due): the most overdue first."""
    columns = visits.c
    filed = select(filings.c.opened_by).where(filings.c.opened_by == columns.visit, filings.c.state != "withdrawn")
    query = select(visits).where(columns.post_filing_due.is_not(None), columns.state != "refused", ~filed.exists())
    if within is not None:
        query = query.where(columns.department.in_(sorted(within)))
    with reading(county.engine) as connection:
        rows: Sequence[Any] = connection.execute(query.order_by(columns.post_filing_due).limit(_MOST_DUE)).all()
        named = _enterprise_names(connection, rows)
        departments = _department_names(current_of_kind(connection, "department"))
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


def _found(
    connection: Connection, wish: FilingFilter, names: EnterpriseNames, within: Collection[str] | None, today: date
) -> list[Any]:
    """One more than is shown tells whether there is a next page.

    Each of an account's departments is asked by itself, in the order of the list; a joint filing of two of them
    stands in the list once.
    """
    conditions = [*_narrowed(connection, wish, names, today)]
    is_oldest = wish.order is Order.OLDEST
    found: dict[str, Any] = {}
    for scope in _scopes(wish, within):
        for row in connection.execute(_query(wish, [scope, *conditions], today)):
            found.setdefault(row.filing, row)
    ordered = sorted(found.values(), key=lambda row: (row.submitted_at, row.filing), reverse=not is_oldest)
    return ordered[: PAGE_SIZE + 1]


def _query(wish: FilingFilter, conditions: list[ColumnElement[bool]], today: date) -> Select[Any]:
    columns = filings.c
    # what is searched for, or long past, is few: sorted after it is found, not found in the order of the list
    at = columns.submitted_at + 0 if wish.words or _is_long_past(wish, today) else columns.submitted_at
    place, is_oldest = tuple_(at, columns.filing), wish.order is Order.OLDEST
    if wish.after:
        after = tuple_(wish.after.submitted_at, wish.after.filing)
        conditions = [*conditions, place > after if is_oldest else place < after]
    ways = (at, columns.filing)
    return (
        select(filings)
        .where(and_(*conditions))
        .order_by(*(ways if is_oldest else (way.desc() for way in ways)))
        .limit(PAGE_SIZE + 1)
    )


def _scopes(wish: FilingFilter, within: Collection[str] | None) -> list[ColumnElement[bool]]:
    columns = filings.c
    # as expressions that no index has: what is searched for by words or number is found by those, and then judged
    is_lead = case((columns.is_lead, 1), else_=0) == 1 if wish.words else columns.is_lead == true()
    department = columns.department.concat("") if wish.words else columns.department
    if wish.department and (within is None or wish.department in within):
        return [department == wish.department]
    return [is_lead] if within is None else [department == one for one in sorted(within)]


def _is_long_past(wish: FilingFilter, today: date) -> bool:
    return bool(wish.first_day and wish.last_day) and wish.last_day < (today - _LONG_PAST).isoformat()


def _narrowed(
    connection: Connection, wish: FilingFilter, names: EnterpriseNames, today: date
) -> Iterator[ColumnElement[bool]]:
    columns = filings.c
    if wish.state:
        yield columns.state == wish.state.value
    if wish.purpose:
        yield columns.purpose == wish.purpose.value
        if wish.purpose is not Purpose.INSPECTION:
            yield IS_NO_INSPECTION
    if wish.mark:
        yield _HAS_MARK[wish.mark]
    if wish.first_day:
        yield columns.last_day >= wish.first_day
        if _is_long_past(wish, today):  # by the index of first days: no window is longer
            yield columns.first_day >= (date.fromisoformat(wish.first_day) - _LONGEST_WINDOW).isoformat()
    if wish.last_day:
        yield columns.first_day <= wish.last_day
    if wish.words:
        yield named_by(connection, wish.words, names)


_HAS_MARK: dict[Mark, ColumnElement[bool]] = {
    Mark.JOINT: IS_JOINT,
    Mark.MERGED: IS_MERGED,
    Mark.EXCEPTION: HAS_EXCEPTION,
    Mark.AFTERWARDS: IS_AFTERWARDS,
}


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
