"""The records that are kept but were not accepted: newest first, page by page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from shared_models.county import PhoneTrust
from shared_models.errors import BadlyFormedError
from shared_models.log import SET_ASIDE
from shared_models.people import Person
from sync_server.county import County
from sync_server.storage.engine import reading
from sync_server.storage.facts import current_facts
from sync_server.storage.tables import log_entries

PAGE_SIZE = 50
_MAX_DIGITS = 18


@dataclass(frozen=True, slots=True)
class SetAside:
    index: int
    code: str
    kind: str
    author_name: str
    seq: int
    received_at: int
    visit: str | None


@dataclass(frozen=True, slots=True)
class SetAsideList:
    records: tuple[SetAside, ...]
    next: int | None
    """The log index before which the next page begins."""


def list_set_aside(county: County, before: int | None) -> SetAsideList:
    columns = log_entries.c
    query = (
        select(
            columns.index, columns.code, columns.kind, columns.author, columns.seq, columns.received_at, columns.visit
        )
        .where(columns.status == SET_ASIDE)
        .order_by(columns.index.desc())
        .limit(PAGE_SIZE + 1)
    )
    if before is not None:
        query = query.where(columns.index < before)
    with reading(county.engine) as connection:
        rows: list[Any] = list(connection.execute(query))
        shown = rows[:PAGE_SIZE]
        phones = current_facts(connection, "phone", {row.author.hex() for row in shown})
        officers = {kid: fact.load(PhoneTrust).officer for kid, fact in phones.items()}
        people = current_facts(connection, "person", set(officers.values()))
    names = {
        kid: people[officer].load(Person).name or officer for kid, officer in officers.items() if officer in people
    }
    return SetAsideList(tuple(_records(shown, names)), shown[-1].index if len(rows) > PAGE_SIZE else None)


def place_before(text: str | None) -> int | None:
    """Raises BadlyFormedError for what no link of ours says."""
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= _MAX_DIGITS):
        raise BadlyFormedError("before", "must be a place in the log")
    return int(text)


def _records(rows: Iterable[Any], names: dict[str, str]) -> Iterable[SetAside]:
    for row in rows:
        author = row.author.hex()
        visit = row.visit.hex() if row.visit else None
        yield SetAside(row.index, row.code or "", row.kind, names.get(author, author), row.seq, row.received_at, visit)
