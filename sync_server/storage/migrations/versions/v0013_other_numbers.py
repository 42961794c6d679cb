"""Filings and enterprises by the numbers that other systems gave them, filled from what is there."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

from shared_models import cbor
from sync_server.registry.refs import refs_in

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_MAX_BODY_BYTES = 1 << 20
_CURRENT = 2**62
_AT_ONCE = 5_000


def upgrade() -> None:
    of_filings = op.create_table(
        "filing_refs",
        sa.Column("ref", sa.String(64), primary_key=True),
        sa.Column("filing", sa.String(16), primary_key=True),
    )
    op.create_index("filing_refs_by_filing", "filing_refs", ["filing"])
    of_enterprises = op.create_table(
        "enterprise_refs",
        sa.Column("ref", sa.String(64), primary_key=True),
        sa.Column("uscc", sa.String(18), primary_key=True),
    )
    op.create_index("enterprise_refs_by_uscc", "enterprise_refs", ["uscc"])
    connection = op.get_bind()
    for table, made in ((of_filings, _of_filings(connection)), (of_enterprises, _of_enterprises(connection))):
        rows = list(made)
        for start in range(0, len(rows), _AT_ONCE):
            connection.execute(table.insert(), rows[start : start + _AT_ONCE])


def downgrade() -> None:
    op.drop_table("enterprise_refs")
    op.drop_table("filing_refs")


def _of_filings(connection: sa.Connection) -> Iterator[dict[str, str]]:
    facts = sa.table("facts", *(sa.column(name) for name in ("kind", "key", "to_index", "body")))
    query = sa.select(facts.c.key, facts.c.body).where(facts.c.kind == "filing", facts.c.to_index == _CURRENT)
    for key, body in connection.execute(query):
        form = cbor.decode(bytes(body), max_bytes=_MAX_BODY_BYTES)["form"]
        for ref in dict.fromkeys(ref for text in form["external_refs"] for ref in refs_in(text)):
            yield {"ref": ref, "filing": key}


def _of_enterprises(connection: sa.Connection) -> Iterator[dict[str, str]]:
    contacts = sa.table("enterprise_contacts", sa.column("uscc"), sa.column("external_refs"))
    for uscc, refs in connection.execute(sa.select(contacts)):
        for ref in refs_in(bytes(refs).decode()):
            yield {"ref": ref, "uscc": uscc}
