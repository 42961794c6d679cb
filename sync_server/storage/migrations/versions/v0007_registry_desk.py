"""Whom to ring at an enterprise; imports on their way."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    names = ("person", "phone", "liaison", "credit_class", "risk", "external_refs")
    op.create_table(
        "enterprise_contacts",
        sa.Column("uscc", sa.String(18), primary_key=True),
        *(sa.Column(name, sa.LargeBinary, nullable=False) for name in names),
        sa.Column("kept_by", sa.String(64), nullable=False),
        sa.Column("kept_at", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "imports",
        sa.Column("id", sa.String(16), primary_key=True),
        sa.Column("thing", sa.String(16), nullable=False),
        sa.Column("file_name", sa.LargeBinary, nullable=False),
        sa.Column("made_by", sa.String(64), nullable=False),
        sa.Column("made_at", sa.BigInteger, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("good", sa.Integer, nullable=False),
        sa.Column("bad", sa.Integer, nullable=False),
        sa.Column("done", sa.Integer, nullable=False),
        sa.Column("beat_at", sa.BigInteger, nullable=False),
        sa.Column("skip_bad", sa.Boolean, nullable=False),
        sa.Column("report", sa.LargeBinary, nullable=False),
        sa.Column("rows", sa.LargeBinary, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("imports")
    op.drop_table("enterprise_contacts")
