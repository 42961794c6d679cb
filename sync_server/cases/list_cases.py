"""One department's cases, the newest first: no totals, and never those of two departments at once (rules 7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, select, tuple_

from shared_models.calendar import day_of
from shared_models.enterprise import Enterprise
from sync_server.accounts.account import Account, Role
from sync_server.cases.register import CaseState
from sync_server.cases.rights import own_departments
from sync_server.cases.tables import cases
from sync_server.county import County
from sync_server.storage.engine import reading
from sync_server.storage.facts import current_facts

PAGE_SIZE = 30


@dataclass(frozen=True, slots=True)
class CaseWish:
    """What of the list is asked for; `after` is the last case of the page before."""

    department: str = ""
    state: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class ListedCase:
    number: str
    enterprise: str
    uscc: str
    field: str
    state: CaseState
    opened_at: int
    next_due: date | None
    is_late: bool


@dataclass(frozen=True, slots=True)
class CaseList:
    """`department` is the one that is shown; `next` the case after which the next page goes on."""

    department: str
    departments: tuple[str, ...]
    cases: tuple[ListedCase, ...]
    next: str


def list_cases(county: County, account: Account, wish: CaseWish) -> CaseList:
    """Clerks and heads see their department's, a reviewer those that name them; nobody else sees a list."""
    own, reviewed = own_departments(account), account.departments(Role.REVIEWER)
    departments = tuple(dict.fromkeys((*own, *reviewed)))
    shown = wish.department if wish.department in departments else next(iter(departments), "")
    if not shown:
        return CaseList("", (), (), "")
    query = select(cases).where(cases.c.department == shown)
    if shown not in own:
        query = query.where(cases.c.reviewer == account.name)
    if wish.state in set(CaseState):
        query = query.where(cases.c.state == wish.state)
    today = day_of(county.clock.now())
    with reading(county.engine) as connection:
        rows = connection.execute(_page(connection, query, wish)).all()
        usccs = [row.uscc for row in rows]
        names = {key: one.load(Enterprise).name for key, one in current_facts(connection, "enterprise", usccs).items()}
    listed = tuple(_listed(row, names.get(row.uscc, ""), today) for row in rows[:PAGE_SIZE])
    return CaseList(shown, departments, listed, listed[-1].number if len(rows) > PAGE_SIZE else "")


def _page(connection: Connection, query: Select[Any], wish: CaseWish) -> Select[Any]:
    place = tuple_(cases.c.opened_at, cases.c.number)
    if wish.after and "\x00" not in wish.after:
        last = connection.execute(select(cases.c.opened_at).where(cases.c.number == wish.after)).scalar_one_or_none()
        if last is not None:
            query = query.where(place < tuple_(last, wish.after))
    # one more than is shown tells whether there is a next page
    return query.order_by(cases.c.opened_at.desc(), cases.c.number.desc()).limit(PAGE_SIZE + 1)


def _listed(row: Any, name: str, today: date) -> ListedCase:
    due = date.fromisoformat(row.next_due) if row.next_due else None
    return ListedCase(
        number=row.number,
        enterprise=name,
        uscc=row.uscc,
        field=row.field,
        state=CaseState(row.state),
        opened_at=row.opened_at,
        next_due=due,
        is_late=due is not None and due < today,
    )
