"""Counties made once and copied for each test: migrations, keys and the first acts take longer than most tests.

A copy is a data folder that is opened as any server opens its county again, and on PostgreSQL a database made from
the first one as its template.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import URL, create_engine, event, make_url, text

from sync_server.county import County

_MADE: dict[tuple[str, str | None], Path] = {}


def copy_of(kind: str, make: Callable[[Path, str | None], County], folder: Path, url: str | None = None) -> None:
    """Fill `folder`, and the empty database at `url`, with what `make` left in the first of this `kind`."""
    place = make_url(url) if url else None
    server = str(place.set(database="postgres")) if place else None
    mould = _MADE.get((kind, server))
    if mould is None:
        mould = Path(tempfile.mkdtemp(prefix="zhuqi-mould-"))
        atexit.register(shutil.rmtree, mould, ignore_errors=True)
        if place:
            _ask(place, f"CREATE DATABASE {_template(kind)}")
        made = make(mould, place.set(database=_template(kind)).render_as_string(hide_password=False) if place else None)
        made.engine.dispose()
        _MADE[kind, server] = mould
    shutil.copytree(mould, folder, dirs_exist_ok=True)
    if place:
        _ask(place, f"DROP DATABASE {place.database}", f"CREATE DATABASE {place.database} TEMPLATE {_template(kind)}")


def _template(kind: str) -> str:
    return f"mould_{kind}"


def _ask(place: URL, *statements: str) -> None:
    engine = create_engine(place.set(database="postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def unsynced(county: County) -> County:
    """The same county, whose SQLite file need not outlive the machine's power."""
    if county.engine.dialect.name == "sqlite":
        event.listen(county.engine, "connect", _no_sync)
        county.engine.dispose()  # its next connection is a new one
    return county


def _no_sync(connection, _record) -> None:
    connection.execute("PRAGMA synchronous=OFF")
