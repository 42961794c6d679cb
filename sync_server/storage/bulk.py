"""Statements that an upload runs again and again: compiled once, and given to the driver itself.

SQLAlchemy's own way describes each result anew and looks at each value, which costs more than the database does.
Values are such as both drivers take: integers, texts, bytes, booleans, null. Rows are plain tuples, as the driver
gives them: SQLite's booleans are 0 and 1.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Insert, Select, Table, Update, insert
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import DBAPIError

_Statement = tuple[str, tuple[str, ...] | None]
"""The text, and the names of its values in order where the driver wants them by position."""
_compiled: dict[tuple[str, str, Any], _Statement] = {}
_inserts: dict[str, Insert] = {}
_IN_AT_ONCE = 512


def insert_rows(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Every row names every column."""
    if table.name not in _inserts:
        _inserts[table.name] = insert(table)
    run_each(connection, _inserts[table.name], rows)


def run_each(connection: Connection, change: Insert | Update, rows: Sequence[Mapping[str, Any]]) -> None:
    """The change once for each row, which holds a value for each of its parameters."""
    if rows:
        text, order = _compiled_once(connection.dialect, change)
        values = rows if order is None else [[row[name] for name in order] for row in rows]
        _ask_driver(connection, text, values, is_many=True)


def rows_of(connection: Connection, query: Select[Any], **values: object) -> list[tuple[Any, ...]]:
    """What the query finds; all that varies in it is a named parameter."""
    text, order = _compiled_once(connection.dialect, query)
    return _ask_driver(connection, text, values if order is None else [values[name] for name in order])


class RowsIn:
    """A query with lists in it (`bindparam(…, expanding=True)`), to be asked many times; the columns keep their order.

    The last list may be of any length; it is asked about some hundreds at a time.
    """

    def __init__(self, query: Select[Any], *lists: str) -> None:
        self._query = query
        self._lists = lists
        self._statements: dict[tuple[str, str, tuple[int, ...]], _Statement] = {}

    def __call__(self, connection: Connection, *lists: Sequence[Any], **values: object) -> list[tuple[Any, ...]]:
        *fixed, long = lists
        if not all(lists):
            return []
        found: list[tuple[Any, ...]] = []
        for start in range(0, len(long), _IN_AT_ONCE):
            found += self._ask(connection, (*fixed, long[start : start + _IN_AT_ONCE]), values)
        return found

    def _ask(
        self, connection: Connection, lists: tuple[Sequence[Any], ...], values: dict[str, object]
    ) -> list[tuple[Any, ...]]:
        # few sizes, so few statements; the last value fills up to the next one
        filled = [[*some, *[some[-1]] * ((1 << (len(some) - 1).bit_length()) - len(some))] for some in lists]
        text, order = self._statement(connection.dialect, tuple([len(some) for some in filled]), values)
        by_name = dict(zip(self._lists, filled, strict=True))
        if order is None:
            numbered = {f"{name}_{n}": one for name, some in by_name.items() for n, one in enumerate(some, 1)}
            return _ask_driver(connection, text, {**values, **numbered})
        bound: list[object] = []
        for name in order:
            if name in by_name:
                bound += by_name[name]
            else:
                bound.append(values[name])
        return _ask_driver(connection, text, bound)

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


def _compiled_once(dialect: Dialect, statement: Select[Any] | Insert | Update) -> _Statement:
    place = (dialect.name, dialect.paramstyle, statement)
    if place not in _compiled:
        _compiled[place] = _text_of(statement.compile(dialect=dialect))
    return _compiled[place]


def _text_of(compiled: Any) -> _Statement:
    order = getattr(compiled, "positiontup", None)
    return str(compiled), tuple(order) if order is not None else None


def _ask_driver(connection: Connection, text: str, values: Any, *, is_many: bool = False) -> list[tuple[Any, ...]]:
    """The driver's errors are raised as SQLAlchemy's, without the values."""
    if not connection.in_transaction():
        connection.begin()  # as SQLAlchemy does at its own first statement
    dialect = connection.dialect
    cursor = connection.connection.cursor()
    try:
        if is_many:
            cursor.executemany(text, values)
            return []
        cursor.execute(text, values)
        return list(cursor.fetchall())
    except dialect.loaded_dbapi.Error as err:
        base = dialect.loaded_dbapi.Error
        raise DBAPIError.instance(text, None, err, base, hide_parameters=True, dialect=dialect) from err
    finally:
        cursor.close()
