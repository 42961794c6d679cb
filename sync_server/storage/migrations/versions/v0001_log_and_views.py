"""The log, its views, and pending enrolments."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "chains",
        sa.Column("author", sa.LargeBinary(), nullable=False),
        sa.Column("head_seq", sa.BigInteger(), nullable=False),
        sa.Column("head_id", sa.LargeBinary(), nullable=False),
        sa.Column("entries", sa.BigInteger(), nullable=False),
        sa.Column("forks", sa.BigInteger(), nullable=False),
        sa.Column("resumed_seq", sa.BigInteger(), nullable=True),
        sa.Column("resumed_id", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("author"),
    )
    op.create_table(
        "decisions",
        sa.Column("index", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("visit", sa.LargeBinary(), nullable=False),
        sa.Column("reproduced", sa.Boolean(), nullable=False),
        sa.Column("overtaken", sa.Boolean(), nullable=False),
        sa.Column("clock_dependent", sa.Boolean(), nullable=False),
        sa.Column("details", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("index"),
    )
    op.create_index("decisions_by_visit", "decisions", ["visit"], unique=False)
    op.create_table(
        "enrolments",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("secret_hash", sa.LargeBinary(), nullable=False),
        sa.Column("officer", sa.String(length=64), nullable=False),
        sa.Column("issued_by", sa.String(length=64), nullable=False),
        sa.Column("issued_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("requested_at", sa.BigInteger(), nullable=True),
        sa.Column("public_key", sa.LargeBinary(), nullable=True),
        sa.Column("keystore", sa.String(length=16), nullable=True),
        sa.Column("credential", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("secret_hash"),
    )
    op.create_index("enrolments_by_state", "enrolments", ["state", "issued_at"], unique=False)
    op.create_table(
        "facts",
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("key", sa.String(length=512), nullable=False),
        sa.Column("from_index", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("to_index", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("department", sa.String(length=64), nullable=False),
        sa.Column("uscc", sa.String(length=18), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "key", "from_index"),
    )
    op.create_index("facts_by_from", "facts", ["from_index"], unique=False)
    has_ended = sa.text(f"to_index < {2**62}")
    op.create_index(
        "facts_by_to", "facts", ["to_index"], unique=False, sqlite_where=has_ended, postgresql_where=has_ended
    )
    op.create_index("facts_by_uscc", "facts", ["uscc", "to_index"], unique=False)
    op.create_table(
        "log_entries",
        sa.Column("index", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("record_id", sa.LargeBinary(), nullable=False),
        sa.Column("envelope", sa.LargeBinary(), nullable=False),
        sa.Column("received_at", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=True),
        sa.Column("author", sa.LargeBinary(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("visit", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("index"),
        sa.UniqueConstraint("record_id"),
    )
    op.create_index("log_entries_by_author", "log_entries", ["author", "seq"], unique=False)
    op.create_index("log_entries_by_visit", "log_entries", ["visit"], unique=False)
    op.create_table(
        "log_nodes",
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("position"),
    )
    op.create_table(
        "log_state",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "visits",
        sa.Column("visit", sa.LargeBinary(), nullable=False),
        sa.Column("index", sa.BigInteger(), nullable=False),
        sa.Column("record_id", sa.LargeBinary(), nullable=False),
        sa.Column("author", sa.LargeBinary(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("officer", sa.String(length=64), nullable=False),
        sa.Column("uscc", sa.String(length=18), nullable=False),
        sa.Column("department", sa.String(length=64), nullable=False),
        sa.Column("purpose", sa.String(length=16), nullable=False),
        sa.Column("verdict", sa.String(length=16), nullable=False),
        sa.Column("filing", sa.String(length=64), nullable=True),
        sa.Column("cap_department", sa.String(length=64), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("entry", sa.String(length=16), nullable=False),
        sa.Column("unverified", sa.Boolean(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("received_at", sa.BigInteger(), nullable=False),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.Column("post_filing_due", sa.String(length=10), nullable=True),
        sa.Column("exception_reason", sa.String(length=32), nullable=True),
        sa.Column("exception_state", sa.String(length=16), nullable=True),
        sa.PrimaryKeyConstraint("visit"),
    )
    op.create_index("visits_by_author", "visits", ["author", "index"], unique=False)
    op.create_index("visits_by_department", "visits", ["department", "index"], unique=False)
    op.create_index("visits_by_index", "visits", ["index"], unique=False)
    op.create_index("visits_by_record", "visits", ["record_id"], unique=False)
    op.create_index("visits_by_uscc", "visits", ["uscc", "index"], unique=False)
    op.execute("INSERT INTO log_state (id, size) VALUES (1, 0)")
