"""The place of a browser's phone: SQLite on files of the origin's private storage, for one worker at a time.

One connection, locked for itself, with a write-ahead log: a commit appends to one file and needs one flush, which
`settle` makes, because Emscripten drops SQLite's own (see js/opfs.mjs). A log that a kill has cut off ends before it.
"""

from __future__ import annotations

import sqlite3
from typing import Any

from field_app.browser.bridge import emscripten_files, error_name, home, js_exception, js_list, load_home
from field_app.browser.web_keys import WebKeys
from field_app.errors import DiskFullError, PhoneBusyError, StorageBrokenError
from field_app.ports import Connections
from field_app.storage.database import our_errors

_LOCK = "zhuqi-phone"
_PATIENCE_MILLISECONDS = 3000
_MOUNT = "/zhuqi-phone"
_DATABASE = "phone.sqlite"
_LOG_BYTES_KEPT = 4 * 1024 * 1024
_FILES = (_DATABASE, "phone.sqlite-journal", "phone.sqlite-wal")


class WebPlace:
    def __init__(self, keys: WebKeys) -> None:
        self._keys = keys
        self._free: Any = None
        self._files: Any = None

    async def claim(self) -> None:
        await load_home()
        self._free = await home().claim(_LOCK, _PATIENCE_MILLISECONDS)
        if self._free is None:
            raise PhoneBusyError

    def release(self) -> None:
        if self._files is not None:
            self._files.close()
            self._files = None
        if self._free is not None:
            self._free()
            self._free = None

    async def connect(self) -> Connections:
        try:
            self._files = await home().mount(emscripten_files(), _MOUNT, self._keys.folder, js_list(_FILES))
        except js_exception() as err:
            raise _our_error(err) from err
        with our_errors():
            connection = sqlite3.connect(f"{_MOUNT}/{_DATABASE}", isolation_level=None, check_same_thread=False)
            try:
                connection.execute("PRAGMA locking_mode=EXCLUSIVE")  # first: the log then needs no shared memory
                connection.execute("PRAGMA journal_mode=WAL")
                connection.execute(f"PRAGMA journal_size_limit={_LOG_BYTES_KEPT}")
                connection.execute("PRAGMA synchronous=FULL")
                connection.execute("PRAGMA temp_store=MEMORY")
            except BaseException:
                connection.close()
                raise
        return Connections(connection, connection, self._settle)

    async def put_aside(self, name: str) -> None:
        await self._keys.put_aside(name)

    def _settle(self) -> None:
        try:
            self._files.settle()
        except js_exception():
            try:
                self._files.settle()  # what is committed cannot be taken back, so it is tried once more
            except js_exception() as err:
                raise OSError(error_name(err)) from err


def _our_error(error: BaseException) -> Exception:
    match error_name(error):
        case "NoModificationAllowedError":
            return PhoneBusyError()
        case "QuotaExceededError":
            return DiskFullError()
        case _:  # the browser refuses to keep anything, or has lost it
            return StorageBrokenError()
