"""Lists that stay quick in a large county: indexes of what is rare, the approver of each claim."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from shared_models.errors import ZhuqiError
from shared_models.kinds import body_of
from shared_models.record import peek

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_NAME_LENGTH = 64
_OF_FILINGS = {
    "joint": "is_joint",
    "merged": "is_merged",
    "excepted": "has_exception",
    "afterwards": "plan = 'afterwards'",
    "recheck": "purpose = 'recheck'",
    "survey": "purpose = 'survey'",
}
_OF_VISITS = {
    "late": "entry <> 'at_gate'",
    "excepted": "exception_reason is not null",
    "unverified": "unverified",
    "not_simply_allowed": "verdict <> 'allow'",
    "not_closed": "state <> 'closed'",
}
_STATED = "exception_state = 'stated'"


def upgrade() -> None:
    for name, condition in _OF_FILINGS.items():
        _index(f"filings_{name}_by_time", "filings", ["is_lead", "submitted_at", "filing"], condition)
        _index(f"filings_{name}_by_department", "filings", ["department", "submitted_at", "filing"], condition)
    op.create_index("filings_by_days", "filings", ["is_lead", "first_day", "last_day", "submitted_at", "filing"])
    op.create_index(
        "filings_by_department_days", "filings", ["department", "first_day", "last_day", "submitted_at", "filing"]
    )
    op.add_column("visits", sa.Column("approver", sa.String(_NAME_LENGTH)))
    _name_approvers(op.get_bind())
    op.drop_index("visits_by_claim", "visits")
    op.drop_index("visits_by_department", "visits")
    op.create_index("visits_by_department", "visits", ["department", "at", "visit"])
    _index("visits_by_approver", "visits", ["approver", "exception_state", "at"], "approver is not null")
    for name, condition in _OF_VISITS.items():
        _index(f"visits_{name}", "visits", ["at", "visit"], condition)
    _index("decisions_that_differ", "decisions", ["index"], "not reproduced or overtaken or clock_dependent")


def downgrade() -> None:
    op.drop_index("decisions_that_differ", "decisions")
    for name in _OF_VISITS:
        op.drop_index(f"visits_{name}", "visits")
    op.drop_index("visits_by_approver", "visits")
    op.drop_index("visits_by_department", "visits")
    op.create_index("visits_by_department", "visits", ["department", "index"])
    _index("visits_by_claim", "visits", ["at"], _STATED)
    op.drop_column("visits", "approver")
    op.drop_index("filings_by_department_days", "filings")
    op.drop_index("filings_by_days", "filings")
    for name in _OF_FILINGS:
        op.drop_index(f"filings_{name}_by_department", "filings")
        op.drop_index(f"filings_{name}_by_time", "filings")


def _index(name: str, table: str, columns: Sequence[str], condition: str) -> None:
    where = sa.text(condition)
    op.create_index(name, table, columns, sqlite_where=where, postgresql_where=where)


def _name_approvers(connection: sa.Connection) -> None:
    """From the openings that claimed an exception, as the view does."""
    visits = sa.table("visits", *(sa.column(name) for name in ("visit", "index", "exception_state", "approver")))
    entries = sa.table("log_entries", sa.column("index"), sa.column("envelope"))
    query = (
        sa.select(visits.c.visit, entries.c.envelope)
        .join(entries, entries.c.index == visits.c.index)
        .where(visits.c.exception_state.is_not(None))
    )
    for visit, envelope in connection.execute(query).all():
        try:
            approver = body_of(peek(bytes(envelope))).claim.approver.strip()
        except ZhuqiError:
            continue
        fits = len(approver) <= _NAME_LENGTH and "\x00" not in approver
        update = sa.update(visits).where(visits.c.visit == visit)
        connection.execute(update.values(approver=approver if fits else ""))
