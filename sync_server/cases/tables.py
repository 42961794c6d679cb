"""The list of cases as a department's own desk reads it: a view of the log."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, String, Table

from sync_server.storage.tables import metadata

# never counted, summed or grouped, by whomever (rules 7)
cases = Table(
    "cases",
    metadata,
    Column("number", String(20), primary_key=True),
    Column("department", String(64), nullable=False),
    Column("uscc", String(18), nullable=False),
    Column("field", String(64), nullable=False),
    Column("state", String(16), nullable=False),
    Column("reviewer", String(64), nullable=False),
    Column("opened_at", BigInteger, nullable=False),
    # the day of the first instalment that is not settled
    Column("next_due", String(10)),
    Index("cases_by_department", "department", "opened_at", "number"),
    Index("cases_by_reviewer", "reviewer", "opened_at", "number"),
)
