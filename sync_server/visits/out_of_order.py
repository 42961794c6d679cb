"""Records of one phone that came before others which they follow, as an upload cut in the middle leaves them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, bindparam, select

from shared_models.log import ACCEPTED
from shared_models.visit import GateDecision
from sync_server.log.entries import Entry, entry_of
from sync_server.storage.tables import log_entries


def decided_too_early(connection: Connection, entries: Iterable[Entry], heads: Mapping[bytes, int]) -> list[Entry]:
    """What was decided at a gate after one of these openings was written, and arrived before it.

    `heads` are the places that the phones' chains had reached before these entries.
    """
    found: dict[int, Entry] = {}
    for entry in entries:
        if entry.record.kind == "visit_opened" and entry.record.seq < heads.get(entry.record.author, 0):
            bound = {"author": entry.record.author, "seq": entry.record.seq, "before": entry.index}
            later = (entry_of(row) for row in connection.execute(_LATER, bound))
            found |= {one.index: one for one in later}
    fresh = {entry.index for entry in entries}
    return [one for index, one in sorted(found.items()) if index not in fresh and isinstance(one.body, GateDecision)]


_LATER = select(log_entries).where(
    log_entries.c.author == bindparam("author"),
    log_entries.c.seq > bindparam("seq"),
    log_entries.c.index < bindparam("before"),
    log_entries.c.kind.in_(("visit_opened", "visit_refused")),
    log_entries.c.status == ACCEPTED,
    log_entries.c.visit.is_not(None),
)
