"""What the words above the list of filings mean: a filing's number, another system's number, or an enterprise."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, select

from sync_server.filings.tables import filing_refs, filings
from sync_server.registry.contacts import enterprises_of_ref
from sync_server.registry.refs import folded_ref
from sync_server.storage.tables import CURRENT, facts
from sync_server.supervision.enterprise_names import EnterpriseNames

_FILING_HEX, _LONGEST_NUMBER = 16, 20
_MOST_OF_A_NUMBER, _MOST_NAMED = 200, 10_000


def begins_with(column: ColumnElement[str], beginning: str) -> ColumnElement[bool]:
    """Of numbers such as BA3303262026-00001. By their index, and whatever a database's collation makes of signs."""
    return column.between(beginning, beginning + "9" * _LONGEST_NUMBER)


def filings_named(connection: Connection, words: str, names: EnterpriseNames) -> list[str]:
    """The ids, looked up by themselves: else the list is searched in its own order until enough of it is found."""
    number = words.strip().upper()
    if number.startswith("BA") and number[2:].replace("-", "").isdigit():
        found = select(filings.c.filing).where(begins_with(filings.c.number, number)).distinct()
        return list(connection.execute(found.limit(_MOST_OF_A_NUMBER)).scalars())
    ref = folded_ref(words)
    usccs = {*names.matching(connection, words), *enterprises_of_ref(connection, ref)}
    found_ids: set[str] = set()
    if usccs:
        line = facts.c
        lines = select(line.key).where(line.kind == "line", line.uscc.in_(sorted(usccs)), line.to_index == CURRENT)
        found_ids |= {key[:_FILING_HEX] for key in connection.execute(lines.limit(_MOST_NAMED)).scalars()}
    if ref:
        own = select(filing_refs.c.filing).where(filing_refs.c.ref == ref)
        found_ids |= set(connection.execute(own.limit(_MOST_OF_A_NUMBER)).scalars())
    return sorted(found_ids)
