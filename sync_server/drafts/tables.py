"""Drafts of every kind: the desks' own changeable data, no view of the log."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, String, Table

from sync_server.storage.tables import metadata

kept_drafts = Table(
    "kept_drafts",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("department", String(64), nullable=False),
    Column("state", String(16), nullable=False),
    # counts the saves, so that the second of two clerks is told and loses nothing
    Column("version", Integer, nullable=False),
    Column("saved_by", String(64), nullable=False),
    Column("saved_at", BigInteger, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Index("kept_drafts_by_department", "kind", "department", "state", "saved_at"),
)
