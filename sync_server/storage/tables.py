"""The tables.

`log_entries` and `log_nodes` are the log; the tables under VIEWS can be made again from it; the rest is operational.
Columns carry names that the log's bytes are looked up by, never texts that PostgreSQL could refuse.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Dialect, Index, Integer, LargeBinary, MetaData, String, Table, text

metadata = MetaData()


class Bytes(LargeBinary):
    """Bytes as both drivers take and give them: nothing is wrapped around each of a batch's values."""

    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> None:
        pass

    def result_processor(self, dialect: Dialect, coltype: object) -> None:
        pass


CURRENT = 2**62
"""`to_index` of what holds now: beyond any log, so that intervals compare without a null."""

log_state = Table(
    "log_state",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("size", BigInteger, nullable=False),
)

# the few that are not accepted, for the page that lists them
_IS_SET_ASIDE = text("status = 'set_aside'")

log_entries = Table(
    "log_entries",
    metadata,
    Column("index", BigInteger, primary_key=True, autoincrement=False),
    Column("record_id", Bytes, nullable=False, unique=True),
    Column("envelope", Bytes, nullable=False),
    Column("received_at", BigInteger, nullable=False),
    Column("status", String(16), nullable=False),
    Column("code", String(32)),
    Column("author", Bytes, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("visit", Bytes),
    Index("log_entries_by_author", "author", "seq"),
    Index("log_entries_by_visit", "visit"),
    Index("log_entries_set_aside", "index", sqlite_where=_IS_SET_ASIDE, postgresql_where=_IS_SET_ASIDE),
)

log_nodes = Table(
    "log_nodes",
    metadata,
    # `log.tree.position_of`: one column, so that a proof's nodes are one IN query; SQLite's own row number
    Column("position", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False),
    Column("hash", Bytes, nullable=False),
)

# only what has ended: else a search for what holds now may go by this index, through all that holds now
HAS_ENDED = text(f"to_index < {CURRENT}")

facts = Table(
    "facts",
    metadata,
    Column("kind", String(16), primary_key=True),
    Column("key", String(512), primary_key=True),
    Column("from_index", BigInteger, primary_key=True, autoincrement=False),
    Column("to_index", BigInteger, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("department", String(64), nullable=False),
    Column("uscc", String(18), nullable=False),
    Column("body", Bytes, nullable=False),
    Index("facts_by_uscc", "uscc", "to_index"),
    Index("facts_by_from", "from_index"),
    Index("facts_by_to", "to_index", sqlite_where=HAS_ENDED, postgresql_where=HAS_ENDED),
)

chains = Table(
    "chains",
    metadata,
    Column("author", Bytes, primary_key=True),
    Column("head_seq", BigInteger, nullable=False),
    Column("head_id", Bytes, nullable=False),
    Column("entries", BigInteger, nullable=False),
    Column("forks", BigInteger, nullable=False),
    Column("resumed_seq", BigInteger),
    Column("resumed_id", Bytes),
)

# entered first, to be filed after
_IS_TO_FILE = text("post_filing_due is not null")
# the claims that an approver has to answer, or has
_HAS_APPROVER = text("approver is not null")
# what few visits are, each with an index of its own: else a list of them goes through all that are not
RARE_VISITS = {
    "late": "entry <> 'at_gate'",
    "excepted": "exception_reason is not null",
    "unverified": "unverified",
    "not_simply_allowed": "verdict <> 'allow'",
    "not_closed": "state <> 'closed'",
}
DIFFERING = "not reproduced or overtaken or clock_dependent"

visits = Table(
    "visits",
    metadata,
    Column("visit", Bytes, primary_key=True),
    Column("index", BigInteger, nullable=False),
    Column("record_id", Bytes, nullable=False),
    Column("author", Bytes, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("officer", String(64), nullable=False),
    Column("uscc", String(18), nullable=False),
    Column("department", String(64), nullable=False),
    Column("purpose", String(16), nullable=False),
    Column("verdict", String(16), nullable=False),
    Column("filing", String(64)),
    Column("cap_department", String(64)),
    Column("state", String(16), nullable=False),
    Column("entry", String(16), nullable=False),
    Column("unverified", Boolean, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("received_at", BigInteger, nullable=False),
    Column("closed_at", BigInteger),
    Column("post_filing_due", String(10)),
    Column("exception_reason", String(32)),
    Column("exception_state", String(16)),
    Column("approver", String(64)),
    Index("visits_by_index", "index"),
    Index("visits_by_at", "at", "visit"),
    Index("visits_by_department", "department", "at", "visit"),
    Index("visits_by_uscc", "uscc", "index"),
    Index("visits_by_author", "author", "index"),
    Index("visits_by_record", "record_id"),
    Index(
        "visits_by_approver",
        *("approver", "exception_state", "at"),
        sqlite_where=_HAS_APPROVER,
        postgresql_where=_HAS_APPROVER,
    ),
    *(
        Index(f"visits_{name}", "at", "visit", sqlite_where=text(condition), postgresql_where=text(condition))
        for name, condition in RARE_VISITS.items()
    ),
    Index("visits_to_file", "post_filing_due", sqlite_where=_IS_TO_FILE, postgresql_where=_IS_TO_FILE),
)

decisions = Table(
    "decisions",
    metadata,
    Column("index", BigInteger, primary_key=True, autoincrement=False),
    Column("visit", Bytes, nullable=False),
    Column("reproduced", Boolean, nullable=False),
    Column("overtaken", Boolean, nullable=False),
    Column("clock_dependent", Boolean, nullable=False),
    Column("details", Bytes, nullable=False),
    Index("decisions_by_visit", "visit"),
    Index("decisions_that_differ", "index", sqlite_where=text(DIFFERING), postgresql_where=text(DIFFERING)),
)

enrolments = Table(
    "enrolments",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("secret_hash", Bytes, nullable=False, unique=True),
    Column("officer", String(64), nullable=False),
    Column("issued_by", String(64), nullable=False),
    Column("issued_at", BigInteger, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Column("state", String(16), nullable=False),
    Column("requested_at", BigInteger),
    Column("public_key", Bytes),
    Column("keystore", String(16)),
    Column("credential", Bytes),
    Index("enrolments_by_state", "state", "issued_at"),
)

checks = Table(
    "checks",
    metadata,
    Column("index", BigInteger, primary_key=True, autoincrement=False),
    Column("digest", Bytes, nullable=False),
    Column("action", String(16), nullable=False),
    # null where the pass was no genuine one
    Column("opening", Bytes),
    Column("pass_at", BigInteger),
    Column("checked_at", BigInteger, nullable=False),
    Index("checks_by_pass", "digest", "action"),
    Index("checks_by_opening", "opening", "index"),
)

mentions = Table(
    "mentions",
    metadata,
    Column("index", BigInteger, primary_key=True, autoincrement=False),
    # the record that this entry names, whether that has arrived or not
    Column("record", Bytes, nullable=False),
    Index("mentions_by_record", "record", "index"),
)

VIEWS: tuple[Table, ...] = (facts, chains, visits, decisions, checks, mentions)
"""What `zhuqi server rebuild-views` makes again from the log."""
