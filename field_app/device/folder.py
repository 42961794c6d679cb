"""The place of a phone as a folder: database, key file and what was put aside lie in there.

WAL with `synchronous=FULL`: what was committed is there after the power goes. One connection writes, one reads.
"""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path

from field_app.device.lock_file import FolderLock
from field_app.errors import DiskFullError
from field_app.ports import Connections
from field_app.storage.database import our_errors

_DATABASE = "phone.sqlite"
_FILES = (_DATABASE, "phone.sqlite-wal", "phone.sqlite-shm", "phone.key")


class Folder:
    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock: FolderLock | None = None

    async def claim(self) -> None:
        self._lock = await asyncio.to_thread(self._claim)

    def release(self) -> None:
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    async def connect(self) -> Connections:
        return await asyncio.to_thread(connect, self.path / _DATABASE)

    async def put_aside(self, name: str) -> None:
        await asyncio.to_thread(self._put_aside, name)

    def _claim(self) -> FolderLock:
        try:
            self.path.mkdir(parents=True, exist_ok=True)
        except OSError as err:
            raise DiskFullError from err
        return FolderLock(self.path)

    def _put_aside(self, name: str) -> None:
        aside = self.path / name
        try:
            aside.mkdir()
            for file in _FILES:  # the key last: with it gone the folder is a new phone's
                if (self.path / file).exists():
                    (self.path / file).rename(aside / file)
        except OSError as err:
            raise DiskFullError from err


def connect(path: Path) -> Connections:
    with our_errors():
        writer = _connection(path)
        try:
            writer.execute("PRAGMA journal_mode=WAL")
            writer.execute("PRAGMA synchronous=FULL")
            reader = _connection(path)
            reader.execute("PRAGMA query_only=ON")
        except BaseException:
            writer.close()
            raise
    return Connections(writer, reader, _settled)


def _connection(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=10)
    connection.execute("PRAGMA temp_store=MEMORY")
    return connection


def _settled() -> None:
    """SQLite has synced what it committed."""
