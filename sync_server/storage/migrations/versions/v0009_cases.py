"""The list of cases, which is a view of the log."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "cases",
        sa.Column("number", sa.String(20), primary_key=True),
        sa.Column("department", sa.String(64), nullable=False),
        sa.Column("uscc", sa.String(18), nullable=False),
        sa.Column("field", sa.String(64), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("reviewer", sa.String(64), nullable=False),
        sa.Column("opened_at", sa.BigInteger, nullable=False),
        sa.Column("next_due", sa.String(10)),
    )
    op.create_index("cases_by_department", "cases", ["department", "opened_at", "number"])
    op.create_index("cases_by_reviewer", "cases", ["reviewer", "opened_at", "number"])


def downgrade() -> None:
    op.drop_table("cases")
