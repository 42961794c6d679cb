"""The one way into the log.

A transaction that holds the counter row, gives indexes in commit order, and fills the views with what it appends.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import Connection, bindparam, select, update

from shared_models.kinds import VERSION, act_body, body_of, kind_of_act
from shared_models.log import ACCEPTED, SET_ASIDE
from shared_models.record import Record, record_id, sign
from sync_server.clock import milliseconds
from sync_server.county import County
from sync_server.log.entries import Entry, NewEntry, entry_row
from sync_server.log.tree import TreeReader
from sync_server.log.views import Views
from sync_server.storage import engine
from sync_server.storage.bulk import insert_rows, rows_of, run_each
from sync_server.storage.facts import FactsWriter
from sync_server.storage.tables import log_entries, log_state

_LOCKED_SIZE = select(log_state.c.size).with_for_update()
_SET_SIZE = update(log_state).values(size=bindparam("new_size"))


class Writing:
    """One transaction on the log. `now` is read once, so that all that it appends was received at one instant."""

    def __init__(self, county: County, connection: Connection) -> None:
        self.county = county
        self.connection = connection
        ((self.size,),) = rows_of(connection, _LOCKED_SIZE)
        self.now = county.clock.now()  # after the lock, so that times of receipt follow the order of the leaves
        self.tree = TreeReader(connection, county.kept)
        self.views = Views(connection, county.settings)

    @property
    def facts(self) -> FactsWriter:
        return self.views.facts

    def append(self, new: Sequence[NewEntry]) -> list[Entry]:
        received_at = milliseconds(self.now)
        entries = [
            Entry(
                *(index, received_at, one.record_id, one.envelope, one.record, one.body),
                *(SET_ASIDE if one.code else ACCEPTED, one.code),
            )
            for index, one in enumerate(new, start=self.size)
        ]
        if entries:
            insert_rows(self.connection, log_entries, [entry_row(entry) for entry in entries])
            self.tree.write_leaves(self.size, [entry.leaf_hash() for entry in entries])
            self.size += len(entries)
            run_each(self.connection, _SET_SIZE, [{"new_size": self.size}])
            self.views.apply(entries)
        return entries

    def append_act(self, account: str, act: object, *, visit: bytes | None = None) -> Entry:
        """Sign a county act on behalf of a named account and append it."""
        return self.append([self._signed(self.size, account, act, visit)])[0]

    def append_acts(self, account: str, acts: Sequence[object]) -> list[Entry]:
        """Many at once, in this order; none of them may depend on what an earlier one of them changes."""
        return self.append([self._signed(seq, account, act) for seq, act in enumerate(acts, start=self.size)])

    def _signed(self, seq: int, account: str, act: object, visit: bytes | None = None) -> NewEntry:
        keys = self.county.keys
        record = Record(
            v=VERSION,
            kind=kind_of_act(act),
            author=keys.service_kid,
            seq=seq,
            prev=None,
            visit=visit,
            at=milliseconds(self.now),
            seen=None,
            body=act_body(account, act),
        )
        envelope = sign(record, keys.sign)
        # read back as anyone will read it: what the shape refuses must not get into the log
        return NewEntry(record_id(envelope), envelope, record, body_of(record))


@contextmanager
def writing(county: County) -> Iterator[Writing]:
    """All that is appended inside is durable when the block ends, and nothing of it is there where the block raises."""
    with engine.writing(county.engine) as connection:
        tx = Writing(county, connection)
        yield tx
    tx.tree.keep()


@contextmanager
def reading(county: County) -> Iterator[Connection]:
    with engine.reading(county.engine) as connection:
        yield connection
