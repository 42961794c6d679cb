"""Findings and letters by their due day, as a desk lists them; and the follow-up visits that are due (四.2)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Connection, Select, and_, false, or_, select, true, tuple_

from shared_models.enterprise import Enterprise
from shared_models.people import Department
from sync_server.county import County
from sync_server.letters.find_matter import Matter, matters_of
from sync_server.letters.matter_filter import MatterFilter, Order, Place, Stage
from sync_server.letters.matter_states import DecisionState, FollowUp, MatterState
from sync_server.letters.tables import matters
from sync_server.storage.engine import reading
from sync_server.storage.facts import current_facts
from sync_server.storage.kept_facts import kept_of_kind
from sync_server.supervision.enterprise_names import EnterpriseNames

PAGE_SIZE = 50
SOON_DAYS = 3
BECAME_CASES = (MatterState.BROKEN, MatterState.NOT_SPARED, MatterState.CASE)
_MOST_FOLLOW_UPS = 50


@dataclass(frozen=True, slots=True)
class ListedMatter:
    matter: Matter
    enterprise: str
    department: str
    is_overdue: bool
    is_soon: bool


@dataclass(frozen=True, slots=True)
class MatterList:
    matters: tuple[ListedMatter, ...]
    departments: tuple[Department, ...]
    """Those that the account files for; whoever sees all has no filter by department (rules 7)."""
    next: Place | None


def list_matters(
    county: County, wish: MatterFilter, names: EnterpriseNames, within: Collection[str] | None, today: date
) -> MatterList:
    """`within`: only matters of these departments; null for all but those that became cases (rules 7)."""
    with reading(county.engine) as connection:
        rows = list(connection.execute(_query(connection, wish, names, within, today)).all())
        shown = rows[:PAGE_SIZE]
        known = _departments(connection)
        listed = _listed(connection, matters_of(connection, shown), known, today)
    last = shown[-1] if len(rows) > PAGE_SIZE else None
    own = tuple(one for one in known if within is not None and one.id in within)
    return MatterList(listed, own, Place(last.due, bytes(last.record).hex()) if last else None)


def due_follow_ups(county: County, within: Collection[str] | None, today: date) -> tuple[ListedMatter, ...]:
    """The visits that are not made yet, the nearest first."""
    conditions = [matters.c.follow_up.in_((FollowUp.DUE, FollowUp.PLANNED))]
    if within is not None:
        conditions.append(matters.c.department.in_(sorted(within)))
    query = select(matters).where(*conditions).order_by(matters.c.follow_up_on, matters.c.record)
    with reading(county.engine) as connection:
        rows = list(connection.execute(query.limit(_MOST_FOLLOW_UPS)).all())
        return _listed(connection, matters_of(connection, rows), _departments(connection), today)


def _query(
    connection: Connection, wish: MatterFilter, names: EnterpriseNames, within: Collection[str] | None, today: date
) -> Select[tuple[object, ...]]:
    columns = matters.c
    conditions: list[ColumnElement[bool]] = [true()]
    if within is not None:
        own = {wish.department} if wish.department in within else within
        conditions.append(columns.department.in_(sorted(own)))
    else:
        conditions.append(columns.state.not_in(BECAME_CASES))
    conditions += _of_stage(wish.stage, today)
    conditions += _narrowed(connection, wish, names)
    place = tuple_(columns.due, columns.record)
    is_last_first = wish.in_order is Order.DUE_LAST
    if wish.after:
        after = tuple_(wish.after.due, bytes.fromhex(wish.after.record))
        conditions.append(place < after if is_last_first else place > after)
    ways = (columns.due, columns.record)
    # one more than is shown tells whether there is a next page
    return (
        select(matters)
        .where(and_(*conditions))
        .order_by(*((way.desc() for way in ways) if is_last_first else ways))
        .limit(PAGE_SIZE + 1)
    )


def _of_stage(stage: Stage | None, today: date) -> list[ColumnElement[bool]]:
    columns = matters.c
    day, soon = today.isoformat(), (today + timedelta(days=SOON_DAYS)).isoformat()
    waits, is_open = columns.is_waiting == true(), columns.is_over == false()
    wanted: dict[Stage | None, list[ColumnElement[bool]]] = {
        None: [waits],
        Stage.OPEN: [waits, columns.state.in_((MatterState.OPEN, MatterState.BACK)), columns.due >= day],
        Stage.DUE_SOON: [waits, is_open, columns.due.between(day, soon)],
        Stage.OVERDUE: [waits, is_open, columns.due < day],
        Stage.SHOWN: [waits, columns.state.in_((MatterState.SHOWN, MatterState.ON_SITE))],
        Stage.UNDECIDED: [waits, columns.decision == DecisionState.NEEDED],
        Stage.CONTESTED: [columns.is_contested],
        Stage.KEPT: [columns.state == MatterState.KEPT],
        Stage.UNFOUNDED: [columns.state == MatterState.UNFOUNDED],
        Stage.BROKEN: [columns.state.in_(BECAME_CASES)],
    }
    return wanted[stage]


def _narrowed(connection: Connection, wish: MatterFilter, names: EnterpriseNames) -> Iterator[ColumnElement[bool]]:
    columns = matters.c
    if wish.kind:
        yield columns.kind == wish.kind.value
    if wish.first_day:
        yield columns.due >= wish.first_day
    if wish.last_day:
        yield columns.due <= wish.last_day
    if wish.words:
        number = wish.words.strip()
        yield or_(columns.uscc.in_(names.matching(connection, wish.words)), columns.number == number)


def _departments(connection: Connection) -> list[Department]:
    return [fact.load(Department) for fact in kept_of_kind(connection, "department")]


def _listed(
    connection: Connection, found: list[Matter], known: list[Department], today: date
) -> tuple[ListedMatter, ...]:
    enterprises = current_facts(connection, "enterprise", {one.uscc for one in found})
    named = {uscc: fact.load(Enterprise).name for uscc, fact in enterprises.items()}
    departments = {one.id: one.name for one in known}
    soon = today + timedelta(days=SOON_DAYS)
    return tuple(
        ListedMatter(
            matter=one,
            enterprise=named.get(one.uscc, ""),
            department=departments.get(one.department, one.department),
            is_overdue=one.is_overdue(today),
            is_soon=not one.is_over and today <= one.due <= soon,
        )
        for one in found
    )
