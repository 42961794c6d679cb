"""The list of off-site checks, a view of the log; and what owners have typed."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, String, Table

from sync_server.storage.tables import metadata

offsite_checks = Table(
    "offsite_checks",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("number", String(20), nullable=False),
    Column("department", String(64), nullable=False),
    Column("uscc", String(18), nullable=False),
    Column("state", String(16), nullable=False),
    # the day on which the enterprise is awaited; blank while it is not
    Column("due", String(10), nullable=False),
    Column("filed_at", BigInteger, nullable=False),
    Column("answered_at", BigInteger),
    Column("reviewed_at", BigInteger),
    Index("offsite_by_time", "filed_at", "id"),
    Index("offsite_by_department", "department", "filed_at", "id"),
    Index("offsite_by_state", "state", "filed_at", "id"),
    Index("offsite_by_department_state", "department", "state", "filed_at", "id"),
    Index("offsite_by_due", "state", "due"),
    Index("offsite_by_number", "number"),
    Index("offsite_by_uscc", "uscc", "filed_at"),
)

offsite_refs = Table(
    "offsite_refs",
    metadata,
    # another system's number, folded
    Column("ref", String(64), primary_key=True),
    Column("id", String(16), primary_key=True),
    Index("offsite_refs_by_check", "id"),
)

offsite_typed = Table(
    "offsite_typed",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("saved_at", BigInteger, nullable=False),
    Column("body", LargeBinary, nullable=False),
)
