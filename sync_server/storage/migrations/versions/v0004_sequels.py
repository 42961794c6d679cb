"""Records that name another one, claims that wait for their approver, and who an approver's account belongs to."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "mentions",
        sa.Column("index", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("record", sa.LargeBinary, nullable=False),
    )
    op.create_index("mentions_by_record", "mentions", ["record", "index"])
    waiting = sa.text("exception_state = 'stated'")
    op.create_index("visits_by_claim", "visits", ["at"], sqlite_where=waiting, postgresql_where=waiting)
    op.add_column("accounts", sa.Column("person", sa.String(64)))


def downgrade() -> None:
    op.drop_column("accounts", "person")
    op.drop_index("visits_by_claim", "visits")
    op.drop_table("mentions")
