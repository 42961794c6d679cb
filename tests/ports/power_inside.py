"""Cuts the power under the browser's storage at ever another operation, and looks at what is left."""

from __future__ import annotations

import importlib
import random
from contextlib import suppress
from typing import Any

from field_app.errors import DiskFullError, StorageBrokenError
from field_app.storage.blobs import add_blob, read_blob
from field_app.storage.database import Rows
from tests.ports.browser_home import BrowserHome
from tests.ports.homes import phone_of


async def cut_power(times: int, seed: int) -> dict[str, int]:
    """How many cuts, commits, and cuts in the middle of a commit. Raises AssertionError for anything lost or torn."""
    device: Any = importlib.import_module("zhuqi_fragile").device
    pick = random.Random(seed)
    told, commits, unfinished = None, 0, 0
    for _ in range(times):
        phone = await phone_of(BrowserHome())
        phone.database.read_now(lambda rows: rows.execute("PRAGMA wal_autocheckpoint=8"))  # often, to be met by cuts
        found = await phone.database.read(_state)
        told = found[0] if told is None else told
        assert found[1] == "ok", found
        assert found[0] in (told, told + 1), (found, told)  # what was told is there, and at most the one under way
        unfinished += found[0] != told
        told = number = found[0]
        device.cutAfter(pick.randrange(1, 250))
        while True:
            number += 1
            data = pick.randbytes(pick.choice((10, 3_000, 20_000)))
            try:
                await phone.database.write(lambda rows, n=number, data=data: _write(rows, n, data))
            except (DiskFullError, StorageBrokenError):
                break
            told, commits = number, commits + 1
        assert device.isDark
        with suppress(Exception):
            await phone.close()
        phone.place.release()
        device.restore()
    return {"cuts": times, "commits": commits, "unfinished": unfinished}


def _write(rows: Rows, number: int, data: bytes) -> None:
    add_blob(rows, number.to_bytes(32), data)
    rows.execute("DELETE FROM blobs WHERE sha256 = ?", ((number - 9).to_bytes(32) if number > 9 else b"",))
    rows.put_meta("n", number)


def _state(rows: Rows) -> tuple[int, str]:
    number = int(rows.get_meta("n") or 0)
    for n in range(max(1, number - 8), number + 1):
        assert read_blob(rows, n.to_bytes(32)) is not None, n
    return number, str(rows.execute("PRAGMA integrity_check").fetchone()[0])
