"""A second factor for whoever wants one; links by which somebody makes their own account."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("accounts", sa.Column("second_factor", sa.LargeBinary))
    op.add_column("accounts", sa.Column("last_step", sa.BigInteger))
    op.create_table(
        "invitations",
        sa.Column("token_hash", sa.LargeBinary, primary_key=True),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("display_name", sa.LargeBinary, nullable=False),
        sa.Column("roles", sa.LargeBinary, nullable=False),
        sa.Column("person", sa.String(64)),
        sa.Column("made_by", sa.String(64), nullable=False),
        sa.Column("expires_at", sa.BigInteger, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("invitations")
    op.drop_column("accounts", "last_step")
    op.drop_column("accounts", "second_factor")
