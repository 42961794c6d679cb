"""Off-site checks by the numbers that other systems gave them, filled from what is there."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from shared_models import cbor
from sync_server.registry.refs import refs_in

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_MAX_BODY_BYTES = 1 << 20
_CURRENT = 2**62


def upgrade() -> None:
    refs = op.create_table(
        "offsite_refs",
        sa.Column("ref", sa.String(64), primary_key=True),
        sa.Column("id", sa.String(16), primary_key=True),
    )
    op.create_index("offsite_refs_by_check", "offsite_refs", ["id"])
    connection = op.get_bind()
    facts = sa.table("facts", *(sa.column(name) for name in ("kind", "key", "to_index", "body")))
    query = sa.select(facts.c.key, facts.c.body).where(facts.c.kind == "offsite", facts.c.to_index == _CURRENT)
    for key, body in connection.execute(query).all():
        form = cbor.decode(bytes(body), max_bytes=_MAX_BODY_BYTES)["form"]
        found = dict.fromkeys(ref for text in form["external_refs"] for ref in refs_in(text))
        if found:
            connection.execute(refs.insert(), [{"ref": ref, "id": key} for ref in found])


def downgrade() -> None:
    op.drop_table("offsite_refs")
