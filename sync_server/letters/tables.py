"""Findings and letters until they end, and the first-offence register: views of the log, listed by pages."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, String, Table, text

from sync_server.storage.tables import Bytes, metadata

# the few that an enterprise objects to, in each engine's words
_IS_CONTESTED = {"sqlite_where": text("is_contested = 1"), "postgresql_where": text("is_contested")}

matters = Table(
    "matters",
    metadata,
    # of the letter; of the finding where there is none
    Column("record", Bytes, primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("finding", Bytes, nullable=False),
    Column("visit", Bytes),
    Column("uscc", String(18), nullable=False),
    Column("department", String(64), nullable=False),
    Column("field", String(64), nullable=False),
    Column("number", String(64), nullable=False),
    Column("found_on", String(10), nullable=False),
    Column("due", String(10), nullable=False),
    Column("state", String(16), nullable=False),
    # nothing more is to be done about the correction itself
    Column("is_over", Boolean, nullable=False),
    # something is: the correction, or the decision on sparing
    Column("is_waiting", Boolean, nullable=False),
    Column("is_contested", Boolean, nullable=False),
    # whether it was the first, as the register says
    Column("first", String(16), nullable=False),
    # the department's decision where 首违不罚 needs one
    Column("decision", String(16), nullable=False),
    Column("shown_at", BigInteger),
    Column("follow_up", String(16), nullable=False),
    Column("follow_up_on", String(10), nullable=False),
    Column("case_number", String(32), nullable=False),
    Index("matters_by_due", "is_waiting", "due", "record"),
    Index("matters_by_department", "department", "is_waiting", "due", "record"),
    Index("matters_by_state", "state", "due", "record"),
    Index("matters_by_department_state", "department", "state", "due", "record"),
    Index("matters_contested", "due", "record", **_IS_CONTESTED),  # type: ignore[arg-type]
    Index("matters_by_enterprise", "uscc", "field"),
    Index("matters_by_finding", "finding"),
    Index("matters_by_follow_up", "follow_up", "follow_up_on"),
    Index("matters_to_follow_up", "department", "follow_up", "follow_up_on"),
)

offences = Table(
    "offences",
    metadata,
    # a finding's record, or the decision of a case that rests on none
    Column("record", Bytes, primary_key=True),
    Column("index", BigInteger, nullable=False),
    Column("uscc", String(18), nullable=False),
    Column("field", String(64), nullable=False),
    Column("day", String(10), nullable=False),
    # by its phone's clock: of two on one day, which was the first
    Column("at", BigInteger, nullable=False),
    Column("visit", Bytes),
    Column("department", String(64), nullable=False),
    # a case, or the answer to an objection, has come to the result that it was none
    Column("is_struck", Boolean, nullable=False),
    Index("offences_by_enterprise", "uscc", "field", "day"),
)
