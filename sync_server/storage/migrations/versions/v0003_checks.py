"""Checks of visit passes, found by the pass and by the opening record."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "checks",
        sa.Column("index", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("digest", sa.LargeBinary, nullable=False),
        sa.Column("action", sa.String(16), nullable=False),
        sa.Column("opening", sa.LargeBinary),
        sa.Column("pass_at", sa.BigInteger),
        sa.Column("checked_at", sa.BigInteger, nullable=False),
    )
    op.create_index("checks_by_pass", "checks", ["digest", "action"])
    op.create_index("checks_by_opening", "checks", ["opening", "index"])


def downgrade() -> None:
    op.drop_table("checks")
