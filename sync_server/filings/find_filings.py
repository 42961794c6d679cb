"""The rows of one page of the list of filings, by whichever index leads to the fewest of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, case, select, true, tuple_

from shared_models.filing import Purpose
from shared_models.policy_limits import LONGEST_WINDOW_DAYS
from sync_server.filings.filing_filter import FilingFilter, Mark, Order
from sync_server.filings.search_filings import filings_named
from sync_server.filings.tables import (
    HAS_EXCEPTION,
    IS_AFTERWARDS,
    IS_JOINT,
    IS_MERGED,
    IS_RECHECK,
    IS_SURVEY,
    filings,
)
from sync_server.supervision.enterprise_names import EnterpriseNames

_LONG_PAST, _MOST_DAYS = timedelta(days=60), 500
_HAS_PURPOSE = {Purpose.RECHECK: IS_RECHECK, Purpose.SURVEY: IS_SURVEY}
_HAS_MARK: dict[Mark, ColumnElement[bool]] = {
    Mark.JOINT: IS_JOINT,
    Mark.MERGED: IS_MERGED,
    Mark.EXCEPTION: HAS_EXCEPTION,
    Mark.AFTERWARDS: IS_AFTERWARDS,
}


@dataclass(frozen=True, slots=True)
class _Scope:
    """Whose filings: as an index finds them, and as an expression that no index has, for what was found otherwise."""

    indexed: ColumnElement[bool]
    judged: ColumnElement[bool]


def find_filings(
    connection: Connection,
    wish: FilingFilter,
    names: EnterpriseNames,
    within: Collection[str] | None,
    *,
    today: date,
    most: int,
) -> list[Any]:
    """Each of an account's departments is asked by itself; a joint filing of two of them stands in the list once."""
    named = filings_named(connection, wish.words, names) if wish.words else None
    if named is not None and not named:
        return []
    is_long_past = named is None and _is_long_past(wish, today)
    conditions = [*_narrowed(wish, is_long_past=is_long_past)]
    found: dict[str, Any] = {}
    for scope in _scopes(wish, within):
        if named is not None:
            query = _query(wish, [scope.judged, filings.c.filing.in_(named), *conditions], most)
        elif is_long_past:
            # of the many days that are looked through only what the index has is read
            ids = connection.execute(
                _query(wish, [scope.indexed, *conditions], most, is_sorted_after=True).with_only_columns(
                    filings.c.filing
                )
            )
            query = _query(wish, [scope.judged, filings.c.filing.in_(ids.scalars().all())], most)
        else:
            query = _query(wish, [scope.indexed, *conditions], most)
        for row in connection.execute(query):
            found.setdefault(row.filing, row)
    is_newest_first = wish.order is not Order.OLDEST
    return sorted(found.values(), key=lambda row: (row.submitted_at, row.filing), reverse=is_newest_first)[:most]


def _query(
    wish: FilingFilter, conditions: list[ColumnElement[bool]], most: int, *, is_sorted_after: bool = False
) -> Select[Any]:
    columns = filings.c
    # what is few is sorted after it is found, not found in the order of the list
    at = columns.submitted_at + 0 if is_sorted_after else columns.submitted_at
    place, is_oldest = tuple_(at, columns.filing), wish.order is Order.OLDEST
    if wish.after:
        after = tuple_(wish.after.submitted_at, wish.after.filing)
        conditions = [*conditions, place > after if is_oldest else place < after]
    ways = (at, columns.filing) if is_oldest else (at.desc(), columns.filing.desc())
    return select(filings).where(and_(*conditions)).order_by(*ways).limit(most)


def _scopes(wish: FilingFilter, within: Collection[str] | None) -> list[_Scope]:
    columns = filings.c
    if wish.department and (within is None or wish.department in within):
        within = (wish.department,)
    if within is None:
        return [_Scope(columns.is_lead == true(), case((columns.is_lead, 1), else_=0) == 1)]
    judged = columns.department.concat("")
    return [_Scope(columns.department == one, judged == one) for one in sorted(within)]


def _is_long_past(wish: FilingFilter, today: date) -> bool:
    return bool(wish.first_day and wish.last_day) and wish.last_day < (today - _LONG_PAST).isoformat()


def _narrowed(wish: FilingFilter, *, is_long_past: bool) -> Iterator[ColumnElement[bool]]:
    columns = filings.c
    if wish.state:
        yield columns.state == wish.state.value
    if wish.purpose:
        yield _HAS_PURPOSE.get(wish.purpose, columns.purpose == wish.purpose.value)
    if wish.mark:
        yield _HAS_MARK[wish.mark]
    if wish.first_day:
        yield columns.last_day >= wish.first_day
    if is_long_past:
        yield from _begun(wish)
    elif wish.last_day:
        # as an expression that no index has: what is not long past is found in the order of the list
        yield columns.first_day.concat("") <= wish.last_day


def _begun(wish: FilingFilter) -> Iterator[ColumnElement[bool]]:
    """By the index of first days: no window is longer. Day by day, so that of each only what ran on is read."""
    column, first, last = filings.c.first_day, date.fromisoformat(wish.first_day), date.fromisoformat(wish.last_day)
    days = range(max(1, first.toordinal() - LONGEST_WINDOW_DAYS), last.toordinal() + 1)
    if len(days) <= _MOST_DAYS:
        yield column.in_([date.fromordinal(day).isoformat() for day in days])
    else:
        yield column.between(date.fromordinal(days[0]).isoformat(), wish.last_day)
