"""Many rows into one table with a statement that is compiled once: the general way costs more than the rows do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, insert
from sqlalchemy.engine import Dialect


def insert_rows(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Every row names every column, with values as both drivers take them: integers, texts, bytes, booleans, null."""
    if not rows:
        return
    statement, order = _statement(connection.dialect, table)
    if order is None:
        connection.exec_driver_sql(statement, list(rows))
    else:
        connection.exec_driver_sql(statement, [tuple([row[name] for name in order]) for row in rows])


_statements: dict[tuple[str, str, str], tuple[str, tuple[str, ...] | None]] = {}


def _statement(dialect: Dialect, table: Table) -> tuple[str, tuple[str, ...] | None]:
    """The text, and the order of its values where the driver wants them by position."""
    place = (dialect.name, dialect.paramstyle, table.name)
    if place not in _statements:
        compiled = insert(table).compile(dialect=dialect, column_keys=[column.name for column in table.columns])
        order = getattr(compiled, "positiontup", None)
        _statements[place] = (str(compiled), tuple(order) if order else None)
    return _statements[place]
