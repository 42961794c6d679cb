"""One SQLite file a phone: a connection that writes, one that reads, and one family of errors.

Where the place allows one connection only, it does both. SQL runs off the event loop where there are threads.
"""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from sqlite_utils import Database as Tables

from field_app.errors import DiskFullError, PhoneBusyError, StorageBrokenError
from field_app.ports import Connections
from field_app.storage.schema import migrations
from field_app.storage.sealing import Sealer
from shared_models import cbor

T = TypeVar("T")
_BROKEN = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_DISK = frozenset({sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY})
_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_MAX_VALUE_BYTES = 16 * 1024 * 1024


class Rows:
    """An open transaction with what is needed to seal and open its values."""

    __slots__ = ("execute", "executemany", "sealer")

    def __init__(self, connection: sqlite3.Connection, sealer: Sealer) -> None:
        self.execute = connection.execute
        self.executemany = connection.executemany
        self.sealer = sealer

    def get_meta(self, key: str) -> Any:
        """The plain value, null where there is none."""
        row = self.execute("SELECT sealed FROM meta WHERE key = ?", (key,)).fetchone()
        return None if row is None else self.open_value("meta", key.encode(), row[0])

    def put_meta(self, key: str, plain: Any) -> None:
        sealed = self.seal_value("meta", key.encode(), plain)
        self.execute("INSERT OR REPLACE INTO meta (key, sealed) VALUES (?, ?)", (key, sealed))

    def drop_meta(self, key: str) -> None:
        self.execute("DELETE FROM meta WHERE key = ?", (key,))

    def seal_value(self, table: str, key: bytes, plain: Any) -> bytes:
        return self.sealer.seal(table, key, cbor.encode(plain))

    def open_value(self, table: str, key: bytes, sealed: bytes) -> Any:
        return cbor.decode(self.sealer.open(table, key, sealed), max_bytes=_MAX_VALUE_BYTES)


class Database:
    def __init__(self, connections: Connections, sealer: Sealer) -> None:
        self.sealer = sealer
        self._writer, self._reader, self._settle = connections.writer, connections.reader, connections.settle
        self._is_one = self._reader is self._writer
        self._writing = threading.Lock()
        self._reading = self._writing if self._is_one else threading.Lock()
        try:
            with our_errors():
                migrations.apply(Tables(self._writer))
                self._check_key()
        except BaseException:
            self.close()
            raise

    def write_now(self, work: Callable[[Rows], T]) -> T:
        """Run `work` in one transaction, durable when it returns. Raises DiskFullError with nothing changed."""
        with self._writing, our_errors():
            self._writer.execute("BEGIN IMMEDIATE")
            try:
                result = work(Rows(self._writer, self.sealer))
                self._writer.execute("COMMIT")
                self._settle()
            except BaseException:
                if self._writer.in_transaction:
                    self._writer.execute("ROLLBACK")
                raise
            return result

    def read_now(self, work: Callable[[Rows], T]) -> T:
        """Run `work` on one consistent state."""
        with self._reading, our_errors(), self._only_reading():
            self._reader.execute("BEGIN")
            try:
                return work(Rows(self._reader, self.sealer))
            finally:
                self._reader.execute("COMMIT")

    async def write(self, work: Callable[[Rows], T]) -> T:
        return await asyncio.to_thread(self.write_now, work)

    async def read(self, work: Callable[[Rows], T]) -> T:
        return await asyncio.to_thread(self.read_now, work)

    def close(self) -> None:
        with self._writing:
            if not self._is_one:
                with self._reading:
                    self._reader.close()
            self._writer.close()

    def limit_pages(self, pages: int) -> None:
        """Let SQLite say that the disk is full beyond this size; 0 lifts the limit."""
        with self._writing:
            self._writer.execute(f"PRAGMA max_page_count={pages or 2**31 - 1}")

    @contextmanager
    def _only_reading(self) -> Iterator[None]:
        """A connection of its own was opened so; the shared one is told for the while."""
        if not self._is_one:
            yield
            return
        self._writer.execute("PRAGMA query_only=ON")
        try:
            yield
        finally:
            self._writer.execute("PRAGMA query_only=OFF")

    def _check_key(self) -> None:
        """A database under another key is found out before anything is written into it."""

        def check(rows: Rows) -> None:
            if rows.get_meta("check") is None:
                rows.put_meta("check", "zhuqi")

        self.write_now(check)


@contextmanager
def our_errors() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as err:
        code = (getattr(err, "sqlite_errorcode", None) or 0) & 0xFF
        if code in _DISK:
            raise DiskFullError from err
        if code in _BUSY:
            raise PhoneBusyError from err
        if code in _BROKEN:
            raise StorageBrokenError from err
        raise
    except OSError as err:
        raise DiskFullError from err
