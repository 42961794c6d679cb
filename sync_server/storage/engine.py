"""One schema on two engines.

A writer holds the database's one write lock from its first statement on (SQLite), or the log's counter row
(PostgreSQL, `log.writing`), so that leaf indexes are given in commit order.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, event, make_url, text

_BUSY_TIMEOUT_SECONDS = 30
_MIGRATION_LOCK = 330326
# The ids of records fall anywhere in their index: 32 MB of pages are kept, and 16 MB of changes gathered before the
# pages that many uploads touched are written back once.
_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "cache_size=-32000", "wal_autocheckpoint=4000")
_WRITERS: WeakKeyDictionary[Engine, AbstractContextManager[Any]] = WeakKeyDictionary()


def open_engine(url: str) -> Engine:
    """`url` as SQLAlchemy writes it; `sqlite://` alone is a database in memory, for scratch.

    Its errors, which are logged, name no values.
    """
    if not url.startswith("sqlite"):
        return create_engine(url, pool_size=10, max_overflow=20, pool_pre_ping=True, hide_parameters=True)
    connect_args = {"timeout": _BUSY_TIMEOUT_SECONDS, "check_same_thread": False}
    is_file = make_url(url).database not in (None, "", ":memory:")
    # the connection that wrote last goes first: only its pages are still those of the file
    pool: dict[str, int] = {"pool_size": 20, "max_overflow": 30, "pool_use_lifo": True} if is_file else {}
    engine = create_engine(url, connect_args=connect_args, hide_parameters=True, **pool)
    _WRITERS[engine] = threading.Lock()
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    with engine.connect() as connection:
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction, durable when the block ends; nothing of it stays where the block raises."""
    # SQLite's waiting writers poll and may starve; those of one process stand in a queue before they ask it
    with _WRITERS.get(engine, nullcontext()):  # noqa: SIM117 - the queue is left after the commit
        with engine.connect().execution_options(zhuqi_write=True) as connection, connection.begin():
            yield connection


def migrate(engine: Engine) -> None:
    """Bring the schema to this release's version; safe for several server processes that start at once."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with writing(engine) as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _MIGRATION_LOCK})
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _set_up_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # transactions are begun below, not by the driver
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # a deferred transaction that reads first and writes later can fail as busy halfway; a writer waits at its start
    is_write = connection.get_execution_options().get("zhuqi_write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if is_write else "BEGIN")
