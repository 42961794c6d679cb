"""Where nothing changed the server saves itself a second look; it must come to what the look would have shown."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from shared_models.county import facts_at_gate
from shared_models.gate import decide
from shared_models.kinds import body_of
from shared_models.record import peek
from shared_models.visit import GateDecision
from sync_server.clock import instant_of
from sync_server.log.entries import Entry
from sync_server.log.writing import reading
from sync_server.storage.facts import FactsWriter
from sync_server.storage.tables import log_entries
from sync_server.visits import decide_again
from tests.server.test_incremental import Year
from tests.server.towns import settled_town


@pytest.mark.parametrize("seed", range(20, 24))
def test_a_look_that_was_saved_would_have_shown_the_same(tmp_path: Path, seed: int) -> None:
    county = settled_town(tmp_path)
    year = Year(county, seed)
    for _ in range(60):
        year.act()
    with reading(county) as connection:
        query = select(log_entries).where(log_entries.c.status == "accepted").order_by(log_entries.c.index)
        entries = [_entry(row) for row in connection.execute(query)]
        at_gate = [entry for entry in entries if isinstance(entry.body, GateDecision)]
        history = decide_again._gather(connection, FactsWriter(connection), at_gate)
        assert len(at_gate) > 5
        for entry in at_gate:
            assert decide_again.decide_again(entry, history).at_receipt is _with_a_look(entry, history)
    county.engine.dispose()


def _with_a_look(entry: Entry, history: decide_again._History):
    known = decide_again._known(entry, history, entry.index)
    reference = known.reference(known.all_lines(), instant_of(entry.record.at))
    return decide(facts_at_gate(reference, decide_again._asked(entry, {}))).verdict


def _entry(row) -> Entry:
    record = peek(row.envelope)
    index, received_at = row._mapping["index"], row.received_at
    return Entry(index, received_at, row.record_id, row.envelope, record, body_of(record), row.status, row.code)
