"""Operational tables, no views of the log: who may log in, who is logged in, who tried too often."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, LargeBinary, String, Table

from sync_server.storage.tables import metadata

accounts = Table(
    "accounts",
    metadata,
    Column("name", String(64), primary_key=True),
    # UTF-8 bytes: PostgreSQL refuses some texts
    Column("display_name", LargeBinary, nullable=False),
    Column("password_hash", String(256), nullable=False),
    Column("disabled", Boolean, nullable=False),
    Column("person", String(64)),
    Column("made_at", BigInteger, nullable=False),
    # a random number: the second factor's secret is derived from it and from a key that is not in the database
    Column("second_factor", LargeBinary),
    Column("last_step", BigInteger),
)

invitations = Table(
    "invitations",
    metadata,
    Column("token_hash", LargeBinary, primary_key=True),
    Column("name", String(64), nullable=False),
    Column("display_name", LargeBinary, nullable=False),
    Column("roles", LargeBinary, nullable=False),
    Column("person", String(64)),
    Column("made_by", String(64), nullable=False),
    Column("expires_at", BigInteger, nullable=False),
)

account_roles = Table(
    "account_roles",
    metadata,
    Column("account", String(64), primary_key=True),
    Column("role", String(16), primary_key=True),
    # blank: for the county
    Column("department", String(64), primary_key=True),
)

sessions = Table(
    "sessions",
    metadata,
    Column("token_hash", LargeBinary, primary_key=True),
    Column("account", String(64), nullable=False),
    Column("opened_at", BigInteger, nullable=False),
    Column("seen_at", BigInteger, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Index("sessions_by_account", "account"),
    Index("sessions_by_expiry", "expires_at"),
)

login_attempts = Table(
    "login_attempts",
    metadata,
    # a hash of the account's name or of the address, so that the table names nobody
    Column("key", String(64), primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("last_at", BigInteger, nullable=False),
    Column("blocked_until", BigInteger, nullable=False),
)
