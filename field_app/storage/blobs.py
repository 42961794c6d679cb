"""Photos: kept sealed beside the records that name their hash, sent last, kept when they are confirmed."""

from __future__ import annotations

from field_app.storage.database import Rows

NEW, CONFIRMED, REFUSED, TOO_LATE = "new", "confirmed", "refused", "too_late"
"""What is too late stays so: this phone was revoked, and not before that did the county get the photo's record."""


def add_blob(rows: Rows, sha256: bytes, data: bytes) -> None:
    sealed = rows.sealer.seal("blobs", sha256, data)
    rows.execute("INSERT OR IGNORE INTO blobs (sha256, state, sealed) VALUES (?, ?, ?)", (sha256, NEW, sealed))


def read_blob(rows: Rows, sha256: bytes) -> bytes | None:
    row = rows.execute("SELECT sealed FROM blobs WHERE sha256 = ?", (sha256,)).fetchone()
    return None if row is None else rows.sealer.open("blobs", sha256, row[0])


def unconfirmed(rows: Rows, *, also_refused: bool = False) -> tuple[bytes, ...]:
    states = (NEW, REFUSED) if also_refused else (NEW, NEW)
    found = rows.execute("SELECT sha256 FROM blobs WHERE state IN (?, ?) ORDER BY rowid", states)
    return tuple(row[0] for row in found)


def mark_blob(rows: Rows, sha256: bytes, state: str, code: str | None = None) -> None:
    rows.execute("UPDATE blobs SET state = ?, code = ? WHERE sha256 = ?", (state, code, sha256))


def count_blobs(rows: Rows) -> dict[str, int]:
    return dict(rows.execute("SELECT state, COUNT(*) FROM blobs GROUP BY state").fetchall())


def all_blobs(rows: Rows) -> tuple[bytes, ...]:
    return tuple(row[0] for row in rows.execute("SELECT sha256 FROM blobs ORDER BY rowid"))
