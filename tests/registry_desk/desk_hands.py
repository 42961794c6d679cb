"""What one does at a desk: fill in a form as it stands on its page and send it."""

from __future__ import annotations

import httpx

from shared_models.kinds import CountyAct
from sync_server.county import County
from sync_server.log.entries import entry_of
from sync_server.registry.sheets.imports import read_import, run_import, start_import
from sync_server.storage.engine import reading
from sync_server.storage.facts import current_facts
from sync_server.storage.tables import log_entries
from tests.pages.visitor import Visitor


def send(somebody: Visitor, path: str, *, page: str = "", files: object = None, **typed: str) -> httpx.Response:
    token = somebody.token_of(page or path)
    return somebody.client.post(path, data={**typed, "form_token": token}, files=files, follow_redirects=False)


def acts(county: County, since: int = 0) -> list[tuple[str, CountyAct]]:
    """The county's records from this index on: kind, and on behalf of whom what."""
    with reading(county.engine) as connection:
        rows = connection.execute(log_entries.select().where(log_entries.c.index >= since)).all()
    entries = sorted((entry_of(row) for row in rows), key=lambda entry: entry.index)
    return [(entry.record.kind, entry.body) for entry in entries]


def size(county: County) -> int:
    return len(acts(county))


def current(county: County, kind: str, key: str, cls: type) -> object:
    with reading(county.engine) as connection:
        fact = current_facts(connection, kind, [key]).get(key)
    return fact.load(cls) if fact else None


def wrong(county: County, key: str) -> list[tuple[str, int, str, str]]:
    return [(one.sheet, one.row, one.column, one.problem) for one in read_import(county, key).wrong]


def keep(county: County, key: str, *, skip_bad: bool = False) -> None:
    start_import(county, key, skip_bad=skip_bad)
    run_import(county, "office", key)
