"""Drafts of filings and of off-site checks in one table, carried over; who began one was never shown and is left."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_CARRIED = "id, department, state, version, saved_by, saved_at, body"


def upgrade() -> None:
    _create("kept_drafts", sa.Column("kind", sa.String(16), nullable=False))
    op.create_index("kept_drafts_by_department", "kept_drafts", ["kind", "department", "state", "saved_at"])
    for kind, before in (("filing", "drafts"), ("offsite", "offsite_drafts")):
        op.execute(f"INSERT INTO kept_drafts (kind, {_CARRIED}) SELECT '{kind}', {_CARRIED} FROM {before}")  # noqa: S608
        op.drop_table(before)


def downgrade() -> None:
    _create("drafts", sa.Column("made_by", sa.String(64), nullable=False))
    _create("offsite_drafts")
    for table in ("drafts", "offsite_drafts"):
        op.create_index(f"{table}_by_department", table, ["department", "state", "saved_at"])
    # who saved it last stands for who began it
    op.execute(
        f"INSERT INTO drafts (made_by, {_CARRIED}) SELECT saved_by, {_CARRIED} FROM kept_drafts WHERE kind = 'filing'"  # noqa: S608
    )
    op.execute(f"INSERT INTO offsite_drafts ({_CARRIED}) SELECT {_CARRIED} FROM kept_drafts WHERE kind = 'offsite'")  # noqa: S608
    op.drop_table("kept_drafts")


def _create(table: str, *more: sa.Column[str]) -> None:
    op.create_table(
        table,
        sa.Column("id", sa.String(16), primary_key=True),
        *more,
        sa.Column("department", sa.String(64), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("saved_by", sa.String(64), nullable=False),
        sa.Column("saved_at", sa.BigInteger, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
    )
