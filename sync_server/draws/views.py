"""What the acts of a draw change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from shared_models.draw import DrawClosed, DrawOpened
from sync_server.draws.register import DrawEntry
from sync_server.log.entries import Entry, fact_from
from sync_server.storage.facts import FactsWriter


def _opened(facts: FactsWriter, entry: Entry, act: DrawOpened) -> None:
    made = DrawEntry(act, entry.body.account, entry.record_id, entry.index, entry.received_at)
    facts.set(fact_from(entry, "draw", act.draw, made, department=act.department))


def _closed(facts: FactsWriter, entry: Entry, act: DrawClosed) -> None:
    before = facts.get("draw", act.draw)
    if before is not None:
        known = before.load(DrawEntry)
        made = replace(
            known,
            closed=act,
            closed_record=entry.record_id,
            closed_index=entry.index,
            closed_at=entry.received_at,
        )
        facts.set(fact_from(entry, "draw", act.draw, made, department=known.opened.department))


DRAW_VIEWS: dict[str, Callable[[FactsWriter, Entry, Any], None]] = {"draw_opened": _opened, "draw_closed": _closed}
