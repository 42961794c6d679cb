"""Accounts, their sessions, attempts to log in; indexes of the supervisors' pages."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "accounts",
        sa.Column("name", sa.String(64), primary_key=True),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("display_name", sa.LargeBinary, nullable=False),
        sa.Column("password_hash", sa.String(256), nullable=False),
        sa.Column("disabled", sa.Boolean, nullable=False),
        sa.Column("made_at", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "sessions",
        sa.Column("token_hash", sa.LargeBinary, primary_key=True),
        sa.Column("account", sa.String(64), nullable=False),
        sa.Column("opened_at", sa.BigInteger, nullable=False),
        sa.Column("seen_at", sa.BigInteger, nullable=False),
        sa.Column("expires_at", sa.BigInteger, nullable=False),
    )
    op.create_index("sessions_by_account", "sessions", ["account"])
    op.create_index("sessions_by_expiry", "sessions", ["expires_at"])
    op.create_table(
        "login_attempts",
        sa.Column("key", sa.String(64), primary_key=True),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("last_at", sa.BigInteger, nullable=False),
        sa.Column("blocked_until", sa.BigInteger, nullable=False),
    )
    # the supervisors' list is in the order of the visits' own time
    op.create_index("visits_by_at", "visits", ["at", "visit"])
    set_aside = sa.text("status = 'set_aside'")
    op.create_index(
        "log_entries_set_aside", "log_entries", ["index"], sqlite_where=set_aside, postgresql_where=set_aside
    )


def downgrade() -> None:
    op.drop_index("log_entries_set_aside", "log_entries")
    op.drop_index("visits_by_at", "visits")
    for table in ("login_attempts", "sessions", "accounts"):
        op.drop_table(table)
