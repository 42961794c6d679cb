"""The county's reference data on the phone: a copy of a view of the log, at one log size, never edited here."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable
from typing import Any

from field_app.storage.database import Rows
from shared_models import cbor
from shared_models.county import REFERENCE_KINDS
from shared_models.enterprise import Enterprise
from shared_models.errors import BadlyFormedError
from shared_models.record import Seen
from shared_models.shape import from_plain, outline

READS = hashlib.sha256(cbor.encode({kind: outline(cls) for kind, cls in REFERENCE_KINDS.items()})).digest()[:8]
"""What this release of the app can read of the county's data. After an update all of it is fetched once more."""
_RULES = frozenset({"policy", "calendar"})
"""What a gate cannot do without; of these it is remembered that they came and could not be read."""
_UNREADABLE, _STAGED_UNREADABLE = "unreadable", "staged_unreadable"
_ABOUT_AN_ENTERPRISE = frozenset({"line", "count", "offence"})


def held(rows: Rows) -> Seen | None:
    """The checkpoint whose state the phone holds."""
    plain = rows.get_meta("held")
    return None if plain is None else Seen(plain["size"], plain["root"], plain["issued_at"])


def held_through(rows: Rows) -> int:
    """The place in this phone's own chain up to which the held state counts its records; 0 where it cannot be told."""
    plain = rows.get_meta("held")
    return 0 if plain is None else int(plain.get("through", 0))


def is_read_whole(rows: Rows) -> bool:
    """Whether the held state was fetched by a release that reads the same kinds and fields as this one."""
    plain = rows.get_meta("held")
    return plain is None or plain.get("reads") == READS


def is_app_too_old(rows: Rows) -> bool:
    """Whether the county publishes rules that this release cannot read: it decides without them, and says so."""
    return any((rows.get_meta(_UNREADABLE) or {}).values())


def read_item(rows: Rows, kind: str, key: str) -> Any:
    """The item as its dataclass, null where there is none."""
    if kind == "enterprise":
        row = rows.execute("SELECT body FROM enterprises WHERE uscc = ?", (key,)).fetchone()
        return None if row is None else _enterprise(row[0])
    tag = rows.sealer.tag(kind, key)
    row = rows.execute("SELECT sealed FROM reference WHERE tag = ?", (tag,)).fetchone()
    return None if row is None else _opened(rows, kind, tag, row[0])


def items_about(rows: Rows, kind: str, uscc: str) -> tuple[Any, ...]:
    """The filing lines, or the counts, of one enterprise."""
    found = rows.execute(
        "SELECT tag, sealed FROM reference WHERE about = ? AND kind = ?", (rows.sealer.tag("about", uscc), kind)
    )
    return tuple(_opened(rows, kind, tag, sealed) for tag, sealed in found)


def items_of(rows: Rows, kind: str, *, own: bool = False) -> tuple[Any, ...]:
    """All items of a kind, or only those that name this phone's officer."""
    found = rows.execute("SELECT tag, sealed FROM reference WHERE kind = ? AND own >= ?", (kind, int(own)))
    return tuple(_opened(rows, kind, tag, sealed) for tag, sealed in found)


def search_names(rows: Rows, words: str, limit: int) -> tuple[Enterprise, ...]:
    """Every word must occur in the name or the code; the shorter name first."""
    parts = [fold(word) for word in words.split()]
    if not any(parts):
        return ()
    where = " AND ".join("instr(folded, ?)" for _ in parts)
    found = rows.execute(
        f"SELECT body FROM enterprises WHERE {where} ORDER BY length(folded), uscc LIMIT ?",  # noqa: S608 - no input
        (*parts, limit),
    )
    return tuple(_enterprise(body) for (body,) in found)


def fold(text: str) -> str:
    """Full-width letters, case and spaces do not matter in a search."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def stage(rows: Rows, officer: str, items: Iterable[tuple[str, str, Any]]) -> None:
    """Keep (kind, key, plain body or null) aside until `switch`.

    From a newer server: a kind that is not known is passed over, and so are fields; what cannot be read even so is
    as if it were not there: an enterprise that nobody knows, a filing that nobody made.
    """
    enterprises: list[tuple[str, str | None, bytes | None]] = []
    others: list[tuple[bytes, str, bytes | None, int, bytes | None]] = []
    unreadable = dict(rows.get_meta(_STAGED_UNREADABLE) or {})
    for kind, key, body in items:
        if kind not in REFERENCE_KINDS:
            continue
        value = _readable(kind, body)
        if kind in _RULES:
            unreadable[kind] = body is not None and value is None
        body = None if value is None else body  # noqa: PLW2901 - what is not there has no body
        if kind == "enterprise":
            folded = None if value is None else fold(value.name) + " " + fold(key)
            enterprises.append((key, folded, None if body is None else cbor.encode(body)))
            continue
        tag = rows.sealer.tag(kind, key)
        about = rows.sealer.tag("about", value.enterprise) if value and kind in _ABOUT_AN_ENTERPRISE else None
        own = int(kind == "line" and value is not None and officer in value.officers)
        sealed = None if body is None else rows.seal_value("reference", tag, body)
        others.append((tag, kind, about, own, sealed))
    rows.put_meta(_STAGED_UNREADABLE, unreadable)
    rows.executemany("INSERT OR REPLACE INTO staged_enterprises VALUES (?, ?, ?)", enterprises)
    rows.executemany("INSERT OR REPLACE INTO staged_reference VALUES (?, ?, ?, ?, ?)", others)


def clear_staged(rows: Rows) -> None:
    rows.execute("DELETE FROM staged_enterprises")
    rows.execute("DELETE FROM staged_reference")
    rows.drop_meta("staging")
    rows.drop_meta(_STAGED_UNREADABLE)


def switch(rows: Rows, checkpoint: Seen, *, is_snapshot: bool, through: int = 0) -> None:
    """Make what is staged the state at `checkpoint`; part of the caller's transaction, so all of it or nothing."""
    if is_snapshot:
        rows.execute("DELETE FROM enterprises")
        rows.execute("DELETE FROM reference")
    rows.execute("DELETE FROM enterprises WHERE uscc IN (SELECT uscc FROM staged_enterprises WHERE body IS NULL)")
    rows.execute("DELETE FROM reference WHERE tag IN (SELECT tag FROM staged_reference WHERE sealed IS NULL)")
    rows.execute("INSERT OR REPLACE INTO enterprises SELECT * FROM staged_enterprises WHERE body IS NOT NULL")
    rows.execute("INSERT OR REPLACE INTO reference SELECT * FROM staged_reference WHERE sealed IS NOT NULL")
    before = {} if is_snapshot else rows.get_meta(_UNREADABLE) or {}
    rows.put_meta(_UNREADABLE, {**before, **(rows.get_meta(_STAGED_UNREADABLE) or {})})
    clear_staged(rows)
    state = {"size": checkpoint.size, "root": checkpoint.root, "issued_at": checkpoint.issued_at}
    rows.put_meta("held", {**state, "through": through, "reads": READS})


def _enterprise(body: bytes) -> Enterprise:
    return from_plain(Enterprise, cbor.decode(body, max_bytes=len(body)), may_be_newer=True)


def _readable(kind: str, body: Any) -> Any:
    try:
        return None if body is None else from_plain(REFERENCE_KINDS[kind], body, kind, may_be_newer=True)
    except BadlyFormedError:
        return None


def _opened(rows: Rows, kind: str, tag: bytes, sealed: bytes) -> Any:
    return from_plain(REFERENCE_KINDS[kind], rows.open_value("reference", tag, sealed), kind, may_be_newer=True)
