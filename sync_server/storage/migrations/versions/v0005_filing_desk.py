"""The list of filings, filled from the register that is there; drafts; and what a visit has still to be filed for."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from shared_models import cbor

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_MAX_BODY_BYTES = 1 << 20
_NEW_IN_A_FORM: dict[str, Any] = {
    "category": "daily",
    "method": "",
    "unit": "",
    "approved_at": None,
    "why_afterwards": "",
    "replaces": "",
    "joint_with": [],
}
_TO_FILE = sa.text("post_filing_due is not null")


def upgrade() -> None:
    filings = _filings()
    for name, columns in (
        ("filings_by_department", ["department", "submitted_at", "filing"]),
        ("filings_by_department_state", ["department", "state", "submitted_at", "filing"]),
        ("filings_by_time", ["is_lead", "submitted_at", "filing"]),
        ("filings_by_state", ["is_lead", "state", "submitted_at", "filing"]),
        ("filings_by_last_day", ["is_lead", "state", "last_day"]),
        ("filings_by_number", ["number"]),
        ("filings_by_visit", ["opened_by"]),
        ("filings_by_replaced", ["replaces"]),
    ):
        op.create_index(name, "filings", columns)
    op.create_table(
        "drafts",
        sa.Column("id", sa.String(16), primary_key=True),
        sa.Column("department", sa.String(64), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("made_by", sa.String(64), nullable=False),
        sa.Column("saved_by", sa.String(64), nullable=False),
        sa.Column("saved_at", sa.BigInteger, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
    )
    op.create_index("drafts_by_department", "drafts", ["department", "state", "saved_at"])
    op.create_index("visits_to_file", "visits", ["post_filing_due"], sqlite_where=_TO_FILE, postgresql_where=_TO_FILE)
    _carry_over(op.get_bind(), filings)


def downgrade() -> None:
    op.drop_index("visits_to_file", "visits")
    op.drop_table("drafts")
    op.drop_table("filings")


def _filings() -> sa.Table:
    return op.create_table(
        "filings",
        sa.Column("filing", sa.String(16), primary_key=True),
        sa.Column("department", sa.String(64), primary_key=True),
        sa.Column("is_lead", sa.Boolean, nullable=False),
        sa.Column("is_joint", sa.Boolean, nullable=False),
        sa.Column("number", sa.String(20), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("purpose", sa.String(16), nullable=False),
        sa.Column("plan", sa.String(16), nullable=False),
        sa.Column("uscc", sa.String(18), nullable=False),
        sa.Column("enterprises", sa.Integer, nullable=False),
        sa.Column("first_day", sa.String(10), nullable=False),
        sa.Column("last_day", sa.String(10), nullable=False),
        sa.Column("submitted_at", sa.BigInteger, nullable=False),
        sa.Column("is_merged", sa.Boolean, nullable=False),
        sa.Column("has_exception", sa.Boolean, nullable=False),
        sa.Column("opened_by", sa.LargeBinary),
        sa.Column("replaces", sa.String(16), nullable=False),
    )


def _carry_over(connection: sa.Connection, filings: sa.Table) -> None:
    """Entries of the register get the new fields with their defaults, as `rebuild-views` would make them."""
    facts = sa.table("facts", *(sa.column(name) for name in ("kind", "key", "from_index", "to_index", "body")))
    found = connection.execute(sa.select(facts).where(facts.c.kind == "filing")).all()
    for row in found:
        entry = cbor.decode(bytes(row.body), max_bytes=_MAX_BODY_BYTES)
        entry["form"] = {**_NEW_IN_A_FORM, **entry["form"]}
        place = (facts.c.kind == row.kind, facts.c.key == row.key, facts.c.from_index == row.from_index)
        connection.execute(facts.update().where(*place).values(body=cbor.encode(entry)))
        if row.to_index == 2**62:
            connection.execute(filings.insert(), _rows(entry))


def _rows(entry: dict[str, Any]) -> list[dict[str, Any]]:
    form = entry["form"]
    shared = {
        "filing": entry["filing"],
        "is_joint": len(form["departments"]) > 1,
        "number": entry["number"],
        "state": entry["state"],
        "purpose": form["purpose"],
        "plan": form["plan"],
        "uscc": form["enterprises"][0],
        "enterprises": len(form["enterprises"]),
        "first_day": form["window"][0],
        "last_day": form["window"][1],
        "submitted_at": entry["submitted_at"],
        "is_merged": entry["merged_into"] is not None,
        "has_exception": form["exception"] is not None,
        "opened_by": form["opened_by_visit"],
        "replaces": form["replaces"],
    }
    return [
        {**shared, "department": one, "is_lead": n == 0} for n, one in enumerate(dict.fromkeys(form["departments"]))
    ]
