"""The tree's nodes from left to right instead of level by level: an append touches a few pages, not one a level."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_LEVEL, _INDEX = "(position >> 50)", "(position & 1125899906842623)"
_MOST_LEVELS = 50


def upgrade() -> None:
    _move(f"({_INDEX} << ({_LEVEL} + 1)::int) + (CAST(1 AS BIGINT) << {_LEVEL}::int) - 1", sa.Integer())


def downgrade() -> None:
    # the number of ones at the end is the level
    level = " ".join(f"WHEN (position & {(1 << n + 1) - 1}) = {(1 << n) - 1} THEN {n}" for n in range(_MOST_LEVELS))
    level = f"(CASE {level} END)"
    _move(f"(CAST({level} AS BIGINT) << 50) | (position >> ({level} + 1)::int)", sa.BigInteger())


def _move(position: str, on_sqlite: sa.types.TypeEngine[int]) -> None:
    if op.get_bind().dialect.name == "sqlite":
        position = position.replace("::int", "")
    op.rename_table("log_nodes", "old_nodes")
    op.create_table(
        "log_nodes",
        sa.Column("position", sa.BigInteger().with_variant(on_sqlite, "sqlite"), primary_key=True, autoincrement=False),
        sa.Column("hash", sa.LargeBinary, nullable=False),
    )
    op.execute(f"INSERT INTO log_nodes (position, hash) SELECT {position}, hash FROM old_nodes ORDER BY 1")  # noqa: S608
    op.drop_table("old_nodes")
