"""An import on its way: judged when the file comes, kept part by part when a person says so, never half a row.

The parts are acts of the log; how far it came is written in the same transaction, so that a stopped server goes on
where it was.
"""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, insert, select, update

from shared_models import cbor
from shared_models.acts import DepartmentsRegistered, EnterprisesRegistered, PeopleRegistered
from shared_models.enterprise import Enterprise
from shared_models.people import Department, Person
from shared_models.shape import from_plain, to_plain
from sync_server.clock import milliseconds
from sync_server.county import County
from sync_server.errors import NotFoundError, WrongStateError
from sync_server.log.writing import Writing
from sync_server.log.writing import writing as log_writing
from sync_server.registry.checks import in_parts
from sync_server.registry.contacts import Contact, contacts_of, keep_contacts_in
from sync_server.registry.sheets.as_of_now import as_of_now, contact_as_of_now
from sync_server.registry.sheets.cells import read_lines
from sync_server.registry.sheets.columns import THINGS
from sync_server.registry.sheets.judge_rows import Judged, judge_rows
from sync_server.registry.sheets.mapping import SheetMapping, read_mapping
from sync_server.registry.sheets.read_rows import rows_of
from sync_server.registry.tables import imports
from sync_server.storage.engine import reading, writing

READY, RUNNING, DONE = "ready", "running", "done"
MOST_REPORTED = 2000
_ROWS_AT_ONCE = 2000
_MOST_BYTES = 256 * 1024 * 1024
STALLED_AFTER_MS = 30_000
_KINDS: dict[str, tuple[str, str, type[Any], Callable[[Any], Any]]] = {
    "departments": ("department", "id", Department, DepartmentsRegistered),
    "people": ("person", "id", Person, PeopleRegistered),
    "enterprises": ("enterprise", "uscc", Enterprise, EnterprisesRegistered),
}
"""By the table's name: kind of fact, name of its key, what one of them is, and the act that registers them."""


@dataclass(frozen=True, slots=True)
class Reported:
    """One cell that is wrong; `column` is the column's key, blank for the whole row."""

    sheet: str
    row: int
    column: str
    problem: str
    text: str


@dataclass(frozen=True, slots=True)
class Import:
    id: str
    thing: str
    file_name: str
    made_by: str
    made_at: int
    state: str
    good: int
    bad: int
    done: int
    new: int
    beat_at: int
    skip_bad: bool
    wrong: tuple[Reported, ...]
    wrong_total: int


def prepare_import(
    county: County, account: str, thing: str, file_name: str, data: bytes, mapping: bytes | None = None
) -> str:
    """Read and judge a file; nothing is kept of it yet. The import's id. Raises SheetError or NotFoundError."""
    kind = THINGS.get(thing)
    if kind is None:
        raise NotFoundError("table", thing)
    how = read_mapping(mapping, kind) if mapping else SheetMapping()
    rows = rows_of(read_lines(file_name, data), kind, how)
    with reading(county.engine) as connection:
        judged = judge_rows(connection, thing, rows)
    key, now = secrets.token_hex(8), milliseconds(county.clock.now())
    good = [one for one in judged if not one.wrong]
    wrong = [
        [one.row.sheet, one.row.number, column, problem, one.row.given.get(column, "")[:80]]
        for one in judged
        for column, problem in one.wrong.items()
    ]
    report = {"new": sum(one.is_new for one in good), "total": len(wrong), "wrong": wrong[:MOST_REPORTED]}
    values = {
        "id": key,
        "thing": thing,
        "file_name": file_name[-200:].encode("utf-8", "replace"),
        "made_by": account,
        "made_at": now,
        "state": READY,
        "good": len(good),
        "bad": len(judged) - len(good),
        "done": 0,
        "beat_at": now,
        "skip_bad": False,
        "report": cbor.encode(report),
        "rows": cbor.encode([_kept(one) for one in good]),
    }
    with writing(county.engine) as connection:
        connection.execute(insert(imports), values)
    return key


def read_import(county: County, key: str) -> Import:
    """Raises NotFoundError."""
    with reading(county.engine) as connection:
        return _import(_row(connection, key))


def latest_imports(county: County, most: int = 10) -> tuple[Import, ...]:
    query = select(imports).order_by(imports.c.made_at.desc(), imports.c.id).limit(most)
    with reading(county.engine) as connection:
        return tuple(_import(row) for row in connection.execute(query))


def start_import(county: County, key: str, *, skip_bad: bool) -> None:
    """Raises WrongStateError where bad rows are not to be skipped, it is done, or another one is at it."""
    now = milliseconds(county.clock.now())
    with writing(county.engine) as connection:
        row = _row(connection, key)
        is_stalled = row.state == RUNNING and row.beat_at < now - STALLED_AFTER_MS
        if row.state not in (READY, RUNNING) or (row.state == RUNNING and not is_stalled):
            raise WrongStateError("import", key, row.state)
        if row.good == 0 or (row.bad and not skip_bad and not row.skip_bad):
            raise WrongStateError("import", key, "bad_rows")
        values = {"state": RUNNING, "skip_bad": skip_bad or row.skip_bad, "beat_at": now}
        connection.execute(update(imports).where(imports.c.id == key).values(values))


def run_import(county: County, account: str, key: str) -> None:
    """Keep what was judged good, from where it stopped; each part is durable before the next begins.

    When all of it is kept the import forgets its rows: people and their numbers must be able to be erased.
    """
    with reading(county.engine) as connection:
        row = _row(connection, key)
    plain: list[Any] = cbor.decode(row.rows, max_bytes=_MOST_BYTES)
    for start in range(row.done, len(plain), _ROWS_AT_ONCE):
        part = plain[start : start + _ROWS_AT_ONCE]
        done = start + len(part)
        with log_writing(county) as tx:
            _keep_part(tx, account, row.thing, part)
            beat: dict[str, object] = {"done": done, "beat_at": milliseconds(county.clock.now())}
            beat |= {"state": DONE, "rows": cbor.encode([])} if done == len(plain) else {}
            tx.connection.execute(update(imports).where(imports.c.id == key).values(beat))


def _keep_part(tx: Writing, account: str, thing: str, part: Sequence[list[Any]]) -> None:
    kind, key, cls, act = _KINDS[thing]
    tx.facts.prefetch(kind, [value[key] for value, *_ in part])
    made, contacts = [], {}
    known = contacts_of(tx.connection, [value[key] for value, kept, *_ in part if kept is not None])
    for value, kept, *more in part:
        said = more[0] if more else [*value, *(kept or ())]  # prepared by a release that noted no columns
        fact = tx.facts.get(kind, value[key])
        made.append(as_of_now(from_plain(cls, value), said, fact.load(cls) if fact else None))
        if kept is not None:
            contacts[value[key]] = contact_as_of_now(from_plain(Contact, kept), said, known.get(value[key]))
    for some in in_parts(made):
        tx.append_act(account, act(some))
    keep_contacts_in(tx.connection, account, milliseconds(tx.now), contacts)


def problems_by_column(found: Sequence[Reported]) -> Counter[tuple[str, str]]:
    """How often each problem stands in each column, for the summary above the rows."""
    return Counter((one.column, one.problem) for one in found)


def _kept(one: Judged) -> list[Any]:
    """The value, the contact, and which columns the row had."""
    said = sorted(name for name, text in one.row.given.items() if text or name != "status")
    return [to_plain(one.value), None if one.contact is None else to_plain(one.contact), said]


def _row(connection: Connection, key: str) -> Any:
    row = connection.execute(select(imports).where(imports.c.id == key)).one_or_none() if key.isalnum() else None
    if row is None:
        raise NotFoundError("import", key if key.isalnum() else "")
    return row


def _import(row: Any) -> Import:
    report: dict[str, Any] = cbor.decode(row.report, max_bytes=_MOST_BYTES)
    return Import(
        id=row.id,
        thing=row.thing,
        file_name=row.file_name.decode(),
        made_by=row.made_by,
        made_at=row.made_at,
        state=row.state,
        good=row.good,
        bad=row.bad,
        done=row.done,
        new=report["new"],
        beat_at=row.beat_at,
        skip_bad=row.skip_bad,
        wrong=tuple(Reported(*one) for one in report["wrong"]),
        wrong_total=report["total"],
    )
