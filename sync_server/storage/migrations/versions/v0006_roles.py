"""Several roles an account, some for one department; every account keeps the one it had."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "account_roles",
        sa.Column("account", sa.String(64), primary_key=True),
        sa.Column("role", sa.String(16), primary_key=True),
        sa.Column("department", sa.String(64), primary_key=True),
    )
    op.execute("INSERT INTO account_roles (account, role, department) SELECT name, role, '' FROM accounts")
    op.drop_column("accounts", "role")


def downgrade() -> None:
    op.add_column("accounts", sa.Column("role", sa.String(16), nullable=False, server_default="hotline"))
    op.execute(
        "UPDATE accounts SET role = (SELECT MIN(role) FROM account_roles WHERE account_roles.account = accounts.name) "
        "WHERE EXISTS (SELECT 1 FROM account_roles WHERE account_roles.account = accounts.name)"
    )
    op.drop_table("account_roles")
