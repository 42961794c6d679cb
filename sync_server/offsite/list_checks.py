"""One page of the list of off-site checks: a handful of queries whatever the county's size."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, select, tuple_

from shared_models.calendar import day_of
from shared_models.enterprise import Enterprise
from shared_models.people import Department
from sync_server.county import County
from sync_server.offsite.check_filter import CheckFilter, Place, Wanted
from sync_server.offsite.register import ENTERPRISES_TURN, CheckState, OffsiteEntry
from sync_server.offsite.search_checks import checks_named
from sync_server.offsite.tables import offsite_checks
from sync_server.storage.engine import reading
from sync_server.storage.facts import current_facts, current_of_kind
from sync_server.supervision.enterprise_names import EnterpriseNames

PAGE_SIZE = 50
_TURN = [state.value for state in ENTERPRISES_TURN]
_STATES = {
    Wanted.OPEN: [CheckState.OPEN.value],
    Wanted.ANSWERED: [CheckState.ANSWERED.value],
    Wanted.PUT_RIGHT: [CheckState.PUT_RIGHT.value],
    Wanted.OVERDUE: _TURN,
    Wanted.DONE: [CheckState.IN_ORDER.value, CheckState.VISIT_NEEDED.value],
    Wanted.WITHDRAWN: [CheckState.WITHDRAWN.value],
}


@dataclass(frozen=True, slots=True)
class ListedCheck:
    check: str
    number: str
    title: str
    state: str
    department: str
    enterprise: str
    uscc: str
    due: str
    filed_at: int
    answered_at: int | None
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class CheckList:
    """`counts` of what stands on the desks now, by `Wanted`; only of what somebody still has to do."""

    checks: tuple[ListedCheck, ...]
    departments: tuple[Department, ...]
    next: Place | None
    counts: dict[str, int]


def list_checks(county: County, wish: CheckFilter, names: EnterpriseNames, within: Collection[str] | None) -> CheckList:
    """`within`: only checks of these departments; null for all."""
    today = day_of(county.clock.now())
    with reading(county.engine) as connection:
        departments = tuple(fact.load(Department) for fact in current_of_kind(connection, "department"))
        conditions = [*_of_departments(wish, within), *_narrowed(connection, wish, names, today)]
        columns = offsite_checks.c
        # what is searched for by words is few: sorted after it is found
        at = columns.filed_at + 0 if wish.words else columns.filed_at
        place = tuple_(at, columns.id)
        if wish.after:
            after = tuple_(wish.after.filed_at, wish.after.check)
            conditions.append(place > after if wish.oldest_first else place < after)
        ways = (at, columns.id) if wish.oldest_first else (at.desc(), columns.id.desc())
        query = select(offsite_checks).where(and_(True, *conditions)).order_by(*ways).limit(PAGE_SIZE + 1)  # noqa: FBT003
        rows = connection.execute(query).all()
        listed = _listed(connection, rows[:PAGE_SIZE], departments, today)
        counts = _counts(connection, within, today)
    last = rows[PAGE_SIZE - 1] if len(rows) > PAGE_SIZE else None
    own = departments if within is None else tuple(one for one in departments if one.id in within)
    return CheckList(listed, own, Place(last.filed_at, last.id) if last else None, counts)


def _of_departments(wish: CheckFilter, within: Collection[str] | None) -> Iterator[ColumnElement[bool]]:
    if wish.department and (within is None or wish.department in within):
        yield offsite_checks.c.department == wish.department
    elif within is not None:
        yield offsite_checks.c.department.in_(sorted(within))


def _narrowed(
    connection: Connection, wish: CheckFilter, names: EnterpriseNames, today: date
) -> Iterator[ColumnElement[bool]]:
    columns = offsite_checks.c
    if wish.state:
        yield columns.state.in_(_STATES[wish.state])
    if wish.state is Wanted.OVERDUE:
        yield columns.due < today.isoformat()
    if wish.words:
        yield columns.id.in_(checks_named(connection, wish.words, names))


def _counts(connection: Connection, within: Collection[str] | None, today: date) -> dict[str, int]:
    columns = offsite_checks.c
    is_ours = () if within is None else (columns.department.in_(sorted(within)),)
    waiting = select(columns.state, func.count()).where(
        columns.state.in_([*_TURN, CheckState.ANSWERED.value]), *is_ours
    )
    found = {str(state): int(count) for state, count in connection.execute(waiting.group_by(columns.state))}
    overdue = select(func.count()).where(columns.state.in_(_TURN), columns.due < today.isoformat(), *is_ours)
    return {**found, Wanted.OVERDUE.value: int(connection.execute(overdue).scalar_one())}


def _listed(
    connection: Connection, rows: Sequence[Any], departments: Sequence[Department], today: date
) -> tuple[ListedCheck, ...]:
    known = {
        key: fact.load(OffsiteEntry)
        for key, fact in current_facts(connection, "offsite", [row.id for row in rows]).items()
    }
    enterprises = current_facts(connection, "enterprise", {row.uscc for row in rows})
    named = {one.id: one.name for one in departments}
    return tuple(
        ListedCheck(
            check=row.id,
            number=row.number,
            title=known[row.id].form.title if row.id in known else "",
            state=row.state,
            department=named.get(row.department, row.department),
            enterprise=enterprises[row.uscc].load(Enterprise).name if row.uscc in enterprises else "",
            uscc=row.uscc,
            due=row.due,
            filed_at=row.filed_at,
            answered_at=row.answered_at,
            is_overdue=row.state in _TURN and row.due < today.isoformat(),
        )
        for row in rows
    )
