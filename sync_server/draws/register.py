"""A draw as the log has it: opened, and closed or not yet."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from shared_models.draw import DrawClosed, DrawOpened, Pool, read_pool
from sync_server.county import County
from sync_server.errors import NotFoundError
from sync_server.storage.facts import current_facts, current_of_kind


@dataclass(frozen=True, slots=True)
class DrawEntry:
    """`opened_at` and `closed_at` in milliseconds."""

    opened: DrawOpened
    account: str
    record: bytes
    index: int
    opened_at: int
    closed: DrawClosed | None = None
    closed_record: bytes | None = None
    closed_index: int | None = None
    closed_at: int | None = None


def find_draw(connection: Connection, key: str) -> DrawEntry:
    """Raises NotFoundError."""
    fact = current_facts(connection, "draw", [key]).get(key) if key.isalnum() else None
    if fact is None:
        raise NotFoundError("draw", key if key.isalnum() else "")
    return fact.load(DrawEntry)


def list_draws(connection: Connection) -> tuple[DrawEntry, ...]:
    """The newest first."""
    found = [fact.load(DrawEntry) for fact in current_of_kind(connection, "draw")]
    return tuple(sorted(found, key=lambda one: -one.index))


def pool_of(county: County, entry: DrawEntry) -> Pool:
    return read_pool(county.blobs.get(entry.opened.pool))
