"""Operational tables of the registry's desk: contacts that can be erased, and imports on their way."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, LargeBinary, String, Table

from sync_server.storage.tables import metadata

enterprise_contacts = Table(
    "enterprise_contacts",
    metadata,
    Column("uscc", String(18), primary_key=True),
    # UTF-8 bytes: PostgreSQL refuses some texts
    Column("person", LargeBinary, nullable=False),
    Column("phone", LargeBinary, nullable=False),
    Column("liaison", LargeBinary, nullable=False),
    Column("credit_class", LargeBinary, nullable=False),
    Column("risk", LargeBinary, nullable=False),
    Column("external_refs", LargeBinary, nullable=False),
    Column("kept_by", String(64), nullable=False),
    Column("kept_at", BigInteger, nullable=False),
)

enterprise_refs = Table(
    "enterprise_refs",
    metadata,
    # another system's number, folded: `external_refs` of the contacts, one by one
    Column("ref", String(64), primary_key=True),
    Column("uscc", String(18), primary_key=True),
    Index("enterprise_refs_by_uscc", "uscc"),
)

imports = Table(
    "imports",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("thing", String(16), nullable=False),
    Column("file_name", LargeBinary, nullable=False),
    Column("made_by", String(64), nullable=False),
    Column("made_at", BigInteger, nullable=False),
    # ready, running, done
    Column("state", String(16), nullable=False),
    Column("good", Integer, nullable=False),
    Column("bad", Integer, nullable=False),
    Column("done", Integer, nullable=False),
    Column("beat_at", BigInteger, nullable=False),
    Column("skip_bad", Boolean, nullable=False),
    # CBOR: what is wrong row by row, and what is to be kept
    Column("report", LargeBinary, nullable=False),
    Column("rows", LargeBinary, nullable=False),
)
