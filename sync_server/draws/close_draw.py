"""The public value is known and typed in: the draw follows from it, and nobody can choose another."""

from __future__ import annotations

from shared_models.draw import DrawClosed, draw, plain_value, seed_of
from sync_server.clock import milliseconds
from sync_server.county import County
from sync_server.draws.register import DrawEntry, pool_of
from sync_server.errors import NotFoundError, WrongStateError
from sync_server.log.writing import writing
from sync_server.registry.judge import RefusedFieldsError

LONGEST_VALUE = 400


def close_draw(county: County, account: str, key: str, value: str) -> DrawClosed:
    """Once, and not before the value is due. Raises NotFoundError, WrongStateError or RefusedFieldsError."""
    text = plain_value(value)
    if not text or len(text) > LONGEST_VALUE or not text.isprintable():
        raise RefusedFieldsError({"value": "empty" if not text else "too_long"})
    with writing(county) as tx:
        fact = tx.facts.get("draw", key) if key.isalnum() else None
        if fact is None:
            raise NotFoundError("draw", "")
        entry = fact.load(DrawEntry)
        if entry.closed is not None:
            raise WrongStateError("draw", key, "closed")
        if milliseconds(tx.now) < entry.opened.due:
            raise RefusedFieldsError({"value": "draw_too_early"})
        drawn = draw(pool_of(county, entry), seed_of(entry.record, text))
        closed = DrawClosed(key, entry.record, text, drawn)
        tx.append_act(account, closed)
    return closed
