"""Make all views again from the log, compare them with what is there, and put right what differs."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Table, delete, insert, select

from sync_server.cases.tables import cases
from sync_server.county import County
from sync_server.filings.tables import filing_refs, filings
from sync_server.letters.tables import matters, offences
from sync_server.log.compare_rows import digests
from sync_server.log.entries import Entry, entry_of
from sync_server.log.tree import TreeReader
from sync_server.log.views import Views
from sync_server.offsite.tables import offsite_checks, offsite_refs
from sync_server.settings import Settings
from sync_server.storage import engine
from sync_server.storage.bulk import insert_rows
from sync_server.storage.tables import VIEWS, log_entries, log_nodes, log_state, metadata

_AT_ONCE = 500
FROM_THE_LOG = (
    *VIEWS,
    filings,
    filing_refs,
    cases,
    matters,
    offences,
    offsite_checks,
    offsite_refs,
    log_nodes,
    log_state,
)


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """`differences` counts rows by table; empty where all was as the log says."""

    size: int
    root: bytes
    differences: dict[str, int]


def rebuild_views(county: County) -> Rebuilt:
    """Holds the log still meanwhile: nothing is appended, everything can be read."""
    with tempfile.TemporaryDirectory() as folder:
        scratch = engine.open_engine(f"sqlite:///{Path(folder) / 'views.sqlite'}")
        try:
            metadata.create_all(scratch, tables=list(FROM_THE_LOG))
            with engine.writing(county.engine) as held:
                held.execute(select(log_state.c.size).with_for_update())
                with engine.writing(scratch) as made:
                    size = _replay(held, made, county.settings)
                    root = TreeReader(made).root(size)
                with engine.reading(scratch) as made:
                    differences = {table.name: _differences(held, made, table) for table in FROM_THE_LOG}
                    found = {name: rows for name, rows in differences.items() if rows}
                    for table in FROM_THE_LOG:
                        if table.name in found:
                            _replace(held, made, table)
        finally:
            scratch.dispose()
    return Rebuilt(size, root, found)


def _replay(held: Connection, made: Connection, settings: Settings) -> int:
    tree, views, size = TreeReader(made), Views(made, settings), 0
    for entries in _entries(held):
        tree.write_leaves(size, [entry.leaf_hash() for entry in entries])
        size += len(entries)
        views.apply(entries)
    made.execute(insert(log_state), {"id": 1, "size": size})
    return size


def _entries(held: Connection) -> Iterator[list[Entry]]:
    start = 0
    while True:
        query = select(log_entries).where(log_entries.c.index >= start).order_by(log_entries.c.index).limit(_AT_ONCE)
        entries = [entry_of(row) for row in held.execute(query)]
        if not entries:
            return
        yield entries
        start = entries[-1].index + 1


def _differences(held: Connection, made: Connection, table: Table) -> int:
    """How many rows differ; rows are compared as sets, since the engines sort texts each in their own way."""
    missing = {digest for digest, _ in digests(made, table)}
    too_many = 0
    for digest, _ in digests(held, table):
        if digest in missing:
            missing.remove(digest)
        else:
            too_many += 1
    return max(len(missing), too_many)


def _replace(held: Connection, made: Connection, table: Table) -> None:
    held.execute(delete(table))
    rows = [dict(row._mapping) for row in made.execute(select(table))]  # noqa: SLF001 - SQLAlchemy's public name
    for start in range(0, len(rows), _AT_ONCE):
        insert_rows(held, table, rows[start : start + _AT_ONCE])
