"""Statements that an upload runs again and again, compiled once: the general way costs more than the database does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Select, Table, insert
from sqlalchemy.engine import Dialect

_Statement = tuple[str, tuple[str, ...] | None]
"""The text, and the names of its values in order where the driver wants them by position."""
_inserts: dict[tuple[str, str, str], _Statement] = {}
_IN_AT_ONCE = 512


def insert_rows(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Every row names every column, with values as both drivers take them: integers, texts, bytes, booleans, null."""
    if not rows:
        return
    statement, order = _insert_into(connection.dialect, table)
    if order is None:
        connection.exec_driver_sql(statement, list(rows))
    else:
        connection.exec_driver_sql(statement, [tuple([row[name] for name in order]) for row in rows])


class RowsIn:
    """A query with lists in it (`bindparam(…, expanding=True)`), to be asked many times; the columns keep their order.

    The last list may be of any length; it is asked about some hundreds at a time.
    """

    def __init__(self, query: Select[Any], *lists: str) -> None:
        self._query = query
        self._lists = lists
        self._statements: dict[tuple[str, str, tuple[int, ...]], _Statement] = {}

    def __call__(self, connection: Connection, *lists: Sequence[Any], **values: object) -> list[Any]:
        *fixed, long = lists
        if not all(lists):
            return []
        found: list[Any] = []
        for start in range(0, len(long), _IN_AT_ONCE):
            found += self._ask(connection, (*fixed, long[start : start + _IN_AT_ONCE]), values)
        return found

    def _ask(self, connection: Connection, lists: tuple[Sequence[Any], ...], values: dict[str, object]) -> list[Any]:
        # few sizes, so few statements; the last value fills up to the next one
        filled = [[*some, *[some[-1]] * ((1 << (len(some) - 1).bit_length()) - len(some))] for some in lists]
        text, order = self._statement(connection.dialect, tuple([len(some) for some in filled]), values)
        by_name = dict(zip(self._lists, filled, strict=True))
        if order is None:
            numbered = {f"{name}_{n}": one for name, some in by_name.items() for n, one in enumerate(some, 1)}
            return list(connection.exec_driver_sql(text, {**values, **numbered}))
        bound: list[object] = []
        for name in order:
            if name in by_name:
                bound += by_name[name]
            else:
                bound.append(values[name])
        return list(connection.exec_driver_sql(text, tuple(bound)))

    def _statement(self, dialect: Dialect, sizes: tuple[int, ...], values: dict[str, object]) -> _Statement:
        place = (dialect.name, dialect.paramstyle, sizes)
        if place not in self._statements:
            stand_ins = {name: list(range(size)) for name, size in zip(self._lists, sizes, strict=True)}
            compiled = self._query.params(**stand_ins, **values).compile(
                dialect=dialect, compile_kwargs={"render_postcompile": True}
            )
            text, order = _text_of(compiled)
            self._statements[place] = (text, order and self._grouped(order))
        return self._statements[place]

    def _grouped(self, order: tuple[str, ...]) -> tuple[str, ...]:
        """Each list once, where its values stand one after another in the statement."""
        lists = {f"{name}_1": name for name in self._lists}
        rest = {name for name in order if name.rpartition("_")[0] in self._lists and name not in lists}
        return tuple(lists.get(name, name) for name in order if name not in rest)


def _insert_into(dialect: Dialect, table: Table) -> _Statement:
    place = (dialect.name, dialect.paramstyle, table.name)
    if place not in _inserts:
        names = [column.name for column in table.columns]
        _inserts[place] = _text_of(insert(table).compile(dialect=dialect, column_keys=names))
    return _inserts[place]


def _text_of(compiled: Any) -> _Statement:
    order = getattr(compiled, "positiontup", None)
    return str(compiled), tuple(order) if order else None
