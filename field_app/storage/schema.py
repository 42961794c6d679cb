"""The phone's tables. A released migration is never changed: a phone that was off for a year opens with it."""

from __future__ import annotations

from sqlite_utils import Database as Tables
from sqlite_utils.migrations import Migrations

migrations = Migrations("zhuqi_phone")

_FIRST = """
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


@migrations(name="m001_first_release")
def _first_release(tables: Tables) -> None:
    for statement in _FIRST.split(";\n"):
        if statement.strip():
            tables.execute(statement)


@migrations(name="m002_a_visits_opening_at_once")
def _a_visits_opening_at_once(tables: Tables) -> None:
    tables.execute("DROP INDEX records_visit")
    tables.execute("CREATE INDEX records_visit ON records (visit, kind)")
