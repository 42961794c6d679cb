"""A phone's folder as the first release left it. Never changed: later releases must open exactly this.

The schema is written out here once more, and so is the way a value is sealed, so that a change in the program is
noticed and not followed.
"""

from __future__ import annotations

import hashlib
import hmac
import sqlite3
from pathlib import Path

import cbor2
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_SCHEMA = """
CREATE TABLE [_sqlite_migrations] (
   [id] INTEGER PRIMARY KEY, [migration_set] TEXT, [name] TEXT, [applied_at] TEXT
);
CREATE UNIQUE INDEX [idx__sqlite_migrations_migration_set_name] ON [_sqlite_migrations] ([migration_set], [name]);
INSERT INTO _sqlite_migrations (migration_set, name, applied_at)
  VALUES ('zhuqi_phone', 'm001_first_release', '2026-11-24 06:00:00.000000+00:00');
CREATE TABLE meta (key TEXT PRIMARY KEY, sealed BLOB NOT NULL);
CREATE TABLE enterprises (uscc TEXT PRIMARY KEY, folded TEXT NOT NULL, body BLOB NOT NULL);
CREATE TABLE reference (
  tag BLOB PRIMARY KEY, kind TEXT NOT NULL, about BLOB, own INTEGER NOT NULL, sealed BLOB NOT NULL
) WITHOUT ROWID;
CREATE INDEX reference_about ON reference (about, kind);
CREATE INDEX reference_kind ON reference (kind, own);
CREATE TABLE staged_enterprises (uscc TEXT PRIMARY KEY, folded TEXT, body BLOB);
CREATE TABLE staged_reference (
  tag BLOB PRIMARY KEY, kind TEXT NOT NULL, about BLOB, own INTEGER NOT NULL, sealed BLOB
) WITHOUT ROWID;
CREATE TABLE records (
  n INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, seq INTEGER NOT NULL, kind BLOB NOT NULL, visit BLOB, about BLOB,
  state TEXT NOT NULL, code TEXT, receipt_index INTEGER, sealed BLOB NOT NULL, note BLOB, receipt BLOB
);
CREATE INDEX records_kind ON records (kind);
CREATE INDEX records_visit ON records (visit);
CREATE INDEX records_about ON records (about);
CREATE INDEX records_state ON records (state);
CREATE TABLE blobs (sha256 BLOB PRIMARY KEY, state TEXT NOT NULL, code TEXT, sealed BLOB NOT NULL);
CREATE INDEX blobs_state ON blobs (state);
CREATE TABLE drafts (tag BLOB PRIMARY KEY, sealed BLOB NOT NULL);
"""


class FirstRelease:
    """Builds the folder: a key file, then a database with an enrolled phone's unsent records and a draft."""

    def __init__(self, folder: Path, seed: bytes, data_key: bytes) -> None:
        folder.mkdir()
        (folder / "phone.key").write_bytes(cbor2.dumps([seed, data_key]))
        self._seal_key = hmac.digest(data_key, b"zhuqi/seal/1", hashlib.sha256)
        self._index_key = hmac.digest(data_key, b"zhuqi/index/1", hashlib.sha256)
        self._nonce = 0
        self._db = sqlite3.connect(folder / "phone.sqlite")
        self._db.executescript("PRAGMA journal_mode=WAL;" + _SCHEMA)
        self.put_meta("check", "zhuqi")

    def put_meta(self, key: str, plain: object) -> None:
        sealed = self._seal("meta", key.encode(), cbor2.dumps(plain, canonical=True))
        self._db.execute("INSERT INTO meta VALUES (?, ?)", (key, sealed))

    def put_draft(self, key: str, plain: object) -> None:
        tag = self._tag("draft", key.encode())
        sealed = self._seal("drafts", tag, cbor2.dumps(plain, canonical=True))
        self._db.execute("INSERT INTO drafts VALUES (?, ?)", (tag, sealed))

    def put_record(self, envelope: bytes, seq: int, kind: str, visit: bytes) -> None:
        record_id = hashlib.sha256(envelope).digest()
        self._db.execute(
            "INSERT INTO records (id, seq, kind, visit, state, sealed) VALUES (?, ?, ?, ?, 'waiting', ?)",
            (
                record_id,
                seq,
                self._tag("record kind", kind.encode()),
                self._tag("visit", visit),
                self._seal("records", record_id, envelope),
            ),
        )
        self._db.execute("DELETE FROM meta WHERE key = 'chain'")
        self.put_meta("chain", {"seq": seq, "id": record_id})

    def put_photo(self, data: bytes) -> None:
        digest = hashlib.sha256(data).digest()
        sealed = self._seal("blobs", digest, data)
        self._db.execute("INSERT INTO blobs (sha256, state, sealed) VALUES (?, 'new', ?)", (digest, sealed))

    def close(self) -> None:
        self._db.commit()
        self._db.close()

    def _seal(self, table: str, key: bytes, plain: bytes) -> bytes:
        self._nonce += 1
        nonce = self._nonce.to_bytes(12, "big")
        return nonce + AESGCM(self._seal_key).encrypt(nonce, plain, table.encode() + b"\0" + key)

    def _tag(self, kind: str, key: bytes) -> bytes:
        return hmac.digest(self._index_key, kind.encode() + b"\0" + key, hashlib.sha256)[:16]
