"""One program at a time opens a phone's folder. The system frees the lock when the program dies, however it dies."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from field_app.errors import DiskFullError, PhoneBusyError


class FolderLock:
    """Held from construction to `release`. SQLite's own locks, because they work on every system we meet."""

    def __init__(self, folder: Path) -> None:
        try:
            self._connection = sqlite3.connect(
                folder / "lock.sqlite", isolation_level=None, check_same_thread=False, timeout=0
            )
        except sqlite3.Error as err:
            raise DiskFullError from err
        try:
            self._connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as err:
            self._connection.close()
            if err.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY:
                raise PhoneBusyError from err
            raise DiskFullError from err

    def release(self) -> None:
        self._connection.close()
