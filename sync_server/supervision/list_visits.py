"""One page of the list of visits: a handful of queries whatever the county's size, and no count over it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, literal_column, or_, select, text, tuple_

from shared_models.enterprise import Enterprise
from shared_models.errors import ZhuqiError
from shared_models.facts import Decision
from shared_models.kinds import body_of
from shared_models.people import Department
from shared_models.record import peek
from shared_models.visit import Entry
from sync_server.county import County
from sync_server.pages.times import day_after, day_start
from sync_server.storage.engine import reading
from sync_server.storage.facts import current_facts
from sync_server.storage.kept_facts import kept_of_kind
from sync_server.storage.tables import DIFFERING, RARE_VISITS, decisions, log_entries, visits
from sync_server.supervision.enterprise_names import EnterpriseNames
from sync_server.supervision.visit_filter import Flag, Order, Place, VisitFilter, VisitState

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class ListedVisit:
    visit: str
    at: int
    received_at: int
    enterprise: str
    """As the registry has it, else as it was entered; blank where nobody gave a name."""
    uscc: str
    is_registered: bool
    department: str
    purpose: str
    verdict: str
    state: str
    entry: str
    flags: tuple[Flag, ...]


@dataclass(frozen=True, slots=True)
class VisitList:
    visits: tuple[ListedVisit, ...]
    departments: tuple[Department, ...]
    next: Place | None


def list_visits(county: County, wish: VisitFilter, names: EnterpriseNames) -> VisitList:
    with reading(county.engine) as connection:
        departments = tuple(fact.load(Department) for fact in kept_of_kind(connection, "department"))
        rows: Sequence[Any] = connection.execute(_query(connection, wish, names)).all()
        shown = rows[:PAGE_SIZE]
        enterprises = _enterprises(connection, shown)
        entered = _entered_names(connection, (row for row in shown if row.uscc not in enterprises))
    named: dict[str, str] = {department.id: department.name for department in departments}
    listed = tuple(
        ListedVisit(
            visit=row.visit.hex(),
            at=row.at,
            received_at=row.received_at,
            enterprise=enterprises.get(row.uscc) or entered.get(row.index, ""),
            uscc=row.uscc,
            is_registered=row.uscc in enterprises,
            department=named.get(row.department, row.department),
            purpose=row.purpose,
            verdict=row.verdict,
            state=row.state,
            entry=row.entry,
            flags=_flags(row),
        )
        for row in shown
    )
    last = shown[-1] if len(rows) > PAGE_SIZE else None
    return VisitList(listed, departments, Place(last.at, last.visit) if last else None)


_DIFFERS = or_(~decisions.c.reproduced, decisions.c.overtaken, decisions.c.clock_dependent)


def _query(connection: Connection, wish: VisitFilter, names: EnterpriseNames) -> Select[Any]:
    columns = visits.c
    conditions = [*_narrowed(connection, wish, names)]
    place = tuple_(columns.at, columns.visit)
    if wish.after:
        after = tuple_(wish.after.at, wish.after.visit)
        conditions.append(place > after if wish.order is Order.OLDEST else place < after)
    ways = (columns.at, columns.visit) if wish.order is Order.OLDEST else (columns.at.desc(), columns.visit.desc())
    # one more than is shown tells whether there is a next page
    joined = visits.outerjoin(decisions, decisions.c.index == columns.index)
    return (
        select(visits, _DIFFERS.label("differs"))
        .select_from(joined)
        .where(and_(True, *conditions))  # noqa: FBT003 - SQLAlchemy's empty conjunction
        .order_by(*ways)
        .limit(PAGE_SIZE + 1)
    )


def _narrowed(connection: Connection, wish: VisitFilter, names: EnterpriseNames) -> Iterator[ColumnElement[bool]]:
    columns = visits.c
    if wish.first_day:
        yield columns.at >= day_start(wish.first_day)
    if wish.last_day:
        yield columns.at < day_start(day_after(wish.last_day))
    if wish.department:
        yield columns.department == wish.department
    if wish.enterprise:
        yield columns.uscc.in_(names.matching(connection, wish.enterprise))
    if wish.verdict:
        yield columns.verdict == wish.verdict.value
        if wish.verdict is not Decision.ALLOW:
            yield _rare("not_simply_allowed")
    if wish.state:
        yield columns.state == wish.state.value
        if wish.state is not VisitState.CLOSED:
            yield _rare("not_closed")
    if wish.flag:
        yield _HAS_FLAG[wish.flag]


def _rare(name: str) -> ColumnElement[bool]:
    """Said as the index says it: a database tells by the words that it holds all that is asked for."""
    said: ColumnElement[bool] = literal_column(f"visits.{RARE_VISITS[name]}")
    return said


_HAS_FLAG: dict[Flag, ColumnElement[bool]] = {
    Flag.LATE: _rare("late"),
    Flag.EXCEPTION: _rare("excepted"),
    Flag.UNVERIFIED: _rare("unverified"),
    Flag.DIFFERS: visits.c.index.in_(select(decisions.c.index).where(text(DIFFERING))),
}


def _flags(row: Any) -> tuple[Flag, ...]:
    has = {
        Flag.LATE: row.entry != Entry.AT_GATE,
        Flag.EXCEPTION: row.exception_reason is not None,
        Flag.UNVERIFIED: row.unverified,
        Flag.DIFFERS: bool(row.differs),
    }
    return tuple(flag for flag in Flag if has[flag])


def _enterprises(connection: Connection, rows: Sequence[Any]) -> dict[str, str]:
    found = current_facts(connection, "enterprise", {row.uscc for row in rows})
    return {uscc: fact.load(Enterprise).name for uscc, fact in found.items()}


def _entered_names(connection: Connection, rows: Iterable[Any]) -> dict[int, str]:
    indexes = [row.index for row in rows]
    if not indexes:
        return {}
    query = select(log_entries.c.index, log_entries.c.envelope).where(log_entries.c.index.in_(indexes))
    names: dict[int, str] = {}
    found: Iterable[Any] = connection.execute(query)
    for row in found:
        try:
            names[row.index] = str(body_of(peek(row.envelope)).enterprise_name)
        except ZhuqiError:  # the log's own envelope, by a later release: shown without a name
            continue
    return names
