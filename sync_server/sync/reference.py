"""The reference data of one phone: a snapshot at a log size, then what changed, page by page.

The cursor is the leaf index, a page's state is that of the size `to` whatever is appended meanwhile, and what a phone
is told depends on its officer's department.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import BindParameter, Connection, Select, bindparam, select, tuple_, union

from shared_models import cbor, cose
from shared_models.county import REFERENCE_KINDS
from shared_models.errors import BadlyFormedError
from sync_server.county import County
from sync_server.errors import AheadOfLogError
from sync_server.log.tree import TreeReader, log_size, signed_checkpoint
from sync_server.log.writing import reading
from sync_server.storage.facts import Fact, fact_of, facts_since
from sync_server.storage.tables import HAS_ENDED, facts, log_entries
from sync_server.sync.request_auth import Phone
from sync_server.sync.scope import Scope, scope_at, visible_body

PAGE_ITEMS = 4000
PAGE_BYTES = 3 * 1024 * 1024
_KINDS = sorted(REFERENCE_KINDS)

Key = tuple[str, str]
RawItem = tuple[str, str, bytes | None]
"""Kind, key and the body's CBOR; null where it is gone or no longer this phone's to see."""


@dataclass(frozen=True, slots=True)
class RawPage:
    """A `shared_models.sync.ReferencePage` whose bodies are the bytes that the database holds."""

    after: int
    to: int
    cursor: str
    next: str | None
    items: tuple[RawItem, ...]
    checkpoint: str
    consistency: tuple[bytes, ...]


def signed_reference_page(county: County, phone: Phone, after: int, to: int | None = None, cursor: str = "") -> bytes:
    keys = county.keys
    payload = _dump(reference_page(county, phone, after, to, cursor))
    return cose.sign(payload, aad=cose.AAD_REFERENCE, kid=keys.service_kid, sign=keys.sign)


def reference_page(county: County, phone: Phone, after: int, to: int | None = None, cursor: str = "") -> RawPage:
    """Raises AheadOfLogError for a size that this log has not reached, BadlyFormedError for a cursor that is none."""
    start = _read_cursor(cursor)
    with reading(county) as connection:
        size = log_size(connection)
        to = size if to is None else to
        if not 0 <= after <= to <= size:
            raise AheadOfLogError(max(after, to))
        scope = scope_at(connection, county, phone, to)
        found = (
            _snapshot(connection, scope, to, start)
            if after == 0
            else _changes(connection, scope, scope_at(connection, county, phone, after), start)
        )
        tree = TreeReader(connection, county.kept)
        consistency = tree.consistency_proof(after, to)
        checkpoint = signed_checkpoint(county, to, tree.root(to), _current_until(county, connection, to, size))
    tree.keep()
    items, following = _cut(found)
    return RawPage(after, to, cursor, following, items, checkpoint, consistency)


def _current_until(county: County, connection: Connection, to: int, size: int) -> int:
    """When `to` was last the log's size, in seconds: an older state must not pass as fresh."""
    now = int(county.clock.now().timestamp())
    if to == size:
        return now
    overtaken_at = connection.execute(_RECEIVED_AT, {"index": to}).scalar_one()
    return min(now, int(overtaken_at) // 1000)


Found = tuple[list[tuple[Key, RawItem | None]], bool]
"""Keys in order with what to say of each, and whether more follow."""


def _snapshot(connection: Connection, scope: Scope, to: int, start: Key) -> Found:
    bound = {"to": to, "kind": start[0], "key": start[1]}
    held = [fact_of(row) for row in connection.execute(_SNAPSHOT, bound)]
    found: list[tuple[Key, RawItem | None]] = []
    for fact in held[:PAGE_ITEMS]:
        body = visible_body(fact, scope)
        found.append(((fact.kind, fact.key), (fact.kind, fact.key, body) if body is not None else None))
    return found, len(held) > PAGE_ITEMS


def _changes(connection: Connection, now: Scope, before: Scope, start: Key) -> Found:
    keys = _changed_keys(connection, now, before, start)
    old, new = _states(connection, keys[:PAGE_ITEMS], before.size, now.size)
    found: list[tuple[Key, RawItem | None]] = []
    for key in keys[:PAGE_ITEMS]:
        was, is_now = visible_body(old.get(key), before), visible_body(new.get(key), now)
        found.append((key, (*key, is_now) if was != is_now else None))
    return found, len(keys) > PAGE_ITEMS


def _changed_keys(connection: Connection, now: Scope, before: Scope, start: Key) -> list[Key]:
    kinds = []
    if now.department != before.department:
        kinds += ["line", "answer"]  # the officer went to another department: all filings look different from there
    if now.capped != before.capped:
        kinds.append("count")
    bound = {"after": before.size, "to": now.size, "kind": start[0], "key": start[1], "rescoped": kinds}
    query = _CHANGED_AND_RESCOPED if kinds else _CHANGED
    return [(row.kind, row.key) for row in connection.execute(query, bound)]


def _states(
    connection: Connection, keys: Iterable[Key], after: int, to: int
) -> tuple[dict[Key, Fact], dict[Key, Fact]]:
    by_kind: dict[str, list[str]] = {}
    for kind, key in keys:
        by_kind.setdefault(kind, []).append(key)
    old: dict[Key, Fact] = {}
    new: dict[Key, Fact] = {}
    for kind, some in by_kind.items():
        for fact in facts_since(connection, kind, some, after):
            if fact.holds_at(after):
                old[fact.kind, fact.key] = fact
            if fact.holds_at(to):
                new[fact.kind, fact.key] = fact
    return old, new


def _cut(found: Found) -> tuple[tuple[RawItem, ...], str | None]:
    """As many as fit one page by bytes, and the cursor of the next."""
    keys, more = found
    items: list[RawItem] = []
    room = PAGE_BYTES
    for at, (key, item) in enumerate(keys):
        if item is not None:
            room -= len(item[2] or b"")
            items.append(item)
        if room < 0 and (more or at + 1 < len(keys)):
            return tuple(items), "/".join(key)
    return tuple(items), "/".join(keys[-1][0]) if more else None


def _read_cursor(cursor: str) -> Key:
    if not cursor:
        return "", ""
    kind, slash, key = cursor.partition("/")
    if not slash or kind not in REFERENCE_KINDS or "\x00" in key:
        raise BadlyFormedError("cursor", "is none of ours")
    return kind, key


def _dump(page: RawPage) -> bytes:
    """The bytes of `sync.dump_message(ReferencePage(…))`, without taking the bodies apart and together again."""
    encode = cbor.encode
    parts = [
        b"\xa7",
        encode("to"),
        encode(page.to),
        encode("next"),
        encode(page.next),
        encode("after"),
        encode(page.after),
    ]
    parts += [encode("items"), _list_head(len(page.items))]
    key_name, body_name, kind_name, null = encode("key"), encode("body"), encode("kind"), encode(None)
    for kind, key, body in page.items:
        parts += (b"\xa3", key_name, encode(key), body_name, null if body is None else body, kind_name, encode(kind))
    parts += [encode("cursor"), encode(page.cursor), encode("checkpoint"), encode(page.checkpoint)]
    parts += [encode("consistency"), encode(list(page.consistency))]
    return b"".join(parts)


def _list_head(length: int) -> bytes:
    """The head of a list: that of a byte string of this length, with the major type of a list (RFC 8949, 3.1)."""
    head = cbor.bytes_head(length)
    return bytes((head[0] - (2 << 5) + (4 << 5),)) + head[1:]


_AFTER_CURSOR = tuple_(facts.c.kind, facts.c.key) > tuple_(bindparam("kind"), bindparam("key"))
_SNAPSHOT = (
    select(facts)
    .where(
        facts.c.kind.in_(_KINDS),
        facts.c.from_index < bindparam("to"),
        facts.c.to_index >= bindparam("to"),
        _AFTER_CURSOR,
    )
    .order_by(facts.c.kind, facts.c.key)
    .limit(PAGE_ITEMS + 1)
)
_AFTER: BindParameter[int] = bindparam("after")
_TO: BindParameter[int] = bindparam("to")
_PLACE = select(facts.c.kind, facts.c.key)
_BEGUN = _PLACE.where(facts.c.from_index >= _AFTER, facts.c.from_index < _TO)
_ENDED = _PLACE.where(HAS_ENDED, facts.c.to_index >= _AFTER, facts.c.to_index < _TO)
_RESCOPED = _PLACE.where(
    facts.c.kind.in_(bindparam("rescoped", expanding=True)), facts.c.to_index >= _AFTER, facts.c.from_index < _TO
)


def _page_of(*selects: Select[tuple[str, str]]) -> Select[tuple[str, str]]:
    changed = union(*selects).subquery()
    return (
        select(changed.c.kind, changed.c.key)
        .where(
            changed.c.kind.in_(_KINDS),
            tuple_(changed.c.kind, changed.c.key) > tuple_(bindparam("kind"), bindparam("key")),
        )
        .order_by(changed.c.kind, changed.c.key)
        .limit(PAGE_ITEMS + 1)
    )


_CHANGED = _page_of(_BEGUN, _ENDED)
_CHANGED_AND_RESCOPED = _page_of(_BEGUN, _ENDED, _RESCOPED)
_RECEIVED_AT = select(log_entries.c.received_at).where(log_entries.c.index == bindparam("index"))
