"""Whether a case's violation was the first of its field: the county's register says it, nobody who handles the case."""

from __future__ import annotations

from sync_server.cases.find_ground import find_ground
from sync_server.cases.register import CaseEntry
from sync_server.letters.register_offences import Found, is_first, is_first_until_its_day, months_looked_back
from sync_server.log.writing import Writing


def was_first(tx: Writing, entry: CaseEntry) -> bool:
    """On the day on which it was found (rules 5)."""
    opened = entry.opened
    ground, months = find_ground(tx.connection, opened.record), months_looked_back(tx.facts)
    known = is_first(tx.connection, ground.finding, months)
    if known is not None:
        return known
    found = Found(ground.finding, opened.enterprise, opened.field, opened.found_on, ground.visit)
    return is_first_until_its_day(tx.connection, found, months)
