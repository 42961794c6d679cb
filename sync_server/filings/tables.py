"""The filing register as pages list it: a view of the log."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import BigInteger, Boolean, Column, ColumnElement, Index, Integer, String, Table, text
from sqlalchemy import literal_column as said

from sync_server.storage.tables import Bytes, metadata

_ORDER = ("submitted_at", "filing")
RARE = {
    "joint": "is_joint",
    "merged": "is_merged",
    "excepted": "has_exception",
    "afterwards": "plan = 'afterwards'",
    "recheck": "purpose = 'recheck'",
    "survey": "purpose = 'survey'",
}
"""What few filings are, each with indexes of its own: else a list of them goes through all that are not."""

# said as the indexes say it: a database tells by the words that an index holds all that is asked for
IS_JOINT: ColumnElement[bool] = said("filings.is_joint")
IS_MERGED: ColumnElement[bool] = said("filings.is_merged")
HAS_EXCEPTION: ColumnElement[bool] = said("filings.has_exception")
IS_AFTERWARDS: ColumnElement[bool] = said("filings.plan = 'afterwards'")
IS_RECHECK: ColumnElement[bool] = said("filings.purpose = 'recheck'")
IS_SURVEY: ColumnElement[bool] = said("filings.purpose = 'survey'")


def _rare() -> Iterator[Index]:
    for name, condition in RARE.items():
        where = text(condition)
        for by, column in (("time", "is_lead"), ("department", "department")):
            yield Index(f"filings_{name}_by_{by}", column, *_ORDER, sqlite_where=where, postgresql_where=where)


filings = Table(
    "filings",
    metadata,
    # one row for each department of a filing, so that a joint one stands on all their desks
    Column("filing", String(16), primary_key=True),
    Column("department", String(64), primary_key=True),
    Column("is_lead", Boolean, nullable=False),
    Column("is_joint", Boolean, nullable=False),
    Column("number", String(20), nullable=False),
    Column("state", String(16), nullable=False),
    Column("purpose", String(16), nullable=False),
    Column("plan", String(16), nullable=False),
    Column("uscc", String(18), nullable=False),
    Column("enterprises", Integer, nullable=False),
    Column("first_day", String(10), nullable=False),
    Column("last_day", String(10), nullable=False),
    Column("submitted_at", BigInteger, nullable=False),
    Column("is_merged", Boolean, nullable=False),
    Column("has_exception", Boolean, nullable=False),
    Column("opened_by", Bytes),
    Column("replaces", String(16), nullable=False),
    Index("filings_by_department", "department", "submitted_at", "filing"),
    Index("filings_by_department_state", "department", "state", "submitted_at", "filing"),
    Index("filings_by_time", "is_lead", "submitted_at", "filing"),
    Index("filings_by_state", "is_lead", "state", "submitted_at", "filing"),
    Index("filings_by_last_day", "is_lead", "state", "last_day"),
    Index("filings_by_number", "number"),
    Index("filings_by_visit", "opened_by"),
    Index("filings_by_replaced", "replaces"),
    Index("filings_by_days", "is_lead", "first_day", "last_day", *_ORDER),
    Index("filings_by_department_days", "department", "first_day", "last_day", *_ORDER),
    *_rare(),
)

filing_refs = Table(
    "filing_refs",
    metadata,
    # another system's number, folded
    Column("ref", String(64), primary_key=True),
    Column("filing", String(16), primary_key=True),
    Index("filing_refs_by_filing", "filing"),
)
