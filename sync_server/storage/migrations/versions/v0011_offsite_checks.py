"""Off-site checks: their list, which is a view of the log, and the drafts of both sides."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "offsite_checks",
        sa.Column("id", sa.String(16), primary_key=True),
        sa.Column("number", sa.String(20), nullable=False),
        sa.Column("department", sa.String(64), nullable=False),
        sa.Column("uscc", sa.String(18), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("due", sa.String(10), nullable=False),
        sa.Column("filed_at", sa.BigInteger, nullable=False),
        sa.Column("answered_at", sa.BigInteger),
        sa.Column("reviewed_at", sa.BigInteger),
    )
    for name, columns in (
        ("offsite_by_time", ["filed_at", "id"]),
        ("offsite_by_department", ["department", "filed_at", "id"]),
        ("offsite_by_state", ["state", "filed_at", "id"]),
        ("offsite_by_department_state", ["department", "state", "filed_at", "id"]),
        ("offsite_by_due", ["state", "due"]),
        ("offsite_by_number", ["number"]),
        ("offsite_by_uscc", ["uscc", "filed_at"]),
    ):
        op.create_index(name, "offsite_checks", columns)
    op.create_table(
        "offsite_drafts",
        sa.Column("id", sa.String(16), primary_key=True),
        sa.Column("department", sa.String(64), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("saved_by", sa.String(64), nullable=False),
        sa.Column("saved_at", sa.BigInteger, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
    )
    op.create_index("offsite_drafts_by_department", "offsite_drafts", ["department", "state", "saved_at"])
    op.create_table(
        "offsite_typed",
        sa.Column("id", sa.String(16), primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("saved_at", sa.BigInteger, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("offsite_typed")
    op.drop_table("offsite_drafts")
    op.drop_table("offsite_checks")
