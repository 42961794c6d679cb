"""Findings and letters until they end, and the first-offence register, filled from the log that is there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from alembic import op

from shared_models import cbor
from shared_models.calendar import day_of
from shared_models.errors import ZhuqiError
from shared_models.first_offence import months_before
from shared_models.record import peek

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_MAX_BODY_BYTES = 1 << 20
_NEW_IN_A_POLICY = {"correction_days": 15, "follow_up_days": 90}
_DEFAULT_MONTHS, _CORRECTION_DAYS = 24, 15
_KINDS = ("finding_noted", "letter_signed", "letter_refused", "letter_answered")


def upgrade() -> None:
    of_matters, of_offences = _matters(), _offences()
    for name, table, columns in (
        ("matters_by_due", "matters", ["is_waiting", "due", "record"]),
        ("matters_by_department", "matters", ["department", "is_waiting", "due", "record"]),
        ("matters_by_state", "matters", ["state", "due", "record"]),
        ("matters_by_department_state", "matters", ["department", "state", "due", "record"]),
        ("matters_by_enterprise", "matters", ["uscc", "field"]),
        ("matters_by_finding", "matters", ["finding"]),
        ("matters_by_follow_up", "matters", ["follow_up", "follow_up_on"]),
        ("matters_to_follow_up", "matters", ["department", "follow_up", "follow_up_on"]),
        ("offences_by_enterprise", "offences", ["uscc", "field", "day"]),
    ):
        op.create_index(name, table, columns)
    op.create_index(
        "matters_contested",
        "matters",
        ["due", "record"],
        sqlite_where=sa.text("is_contested = 1"),
        postgresql_where=sa.text("is_contested"),
    )
    connection = op.get_bind()
    carried = _carry_over(connection)
    for made, rows in ((of_matters, carried.matters.values()), (of_offences, carried.offences)):
        if rows:
            connection.execute(made.insert(), list(rows))


def downgrade() -> None:
    op.drop_table("offences")
    op.drop_table("matters")


def _matters() -> sa.Table:
    return op.create_table(
        "matters",
        sa.Column("record", sa.LargeBinary, primary_key=True),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("finding", sa.LargeBinary, nullable=False),
        sa.Column("visit", sa.LargeBinary),
        sa.Column("uscc", sa.String(18), nullable=False),
        sa.Column("department", sa.String(64), nullable=False),
        sa.Column("field", sa.String(64), nullable=False),
        sa.Column("number", sa.String(64), nullable=False),
        sa.Column("found_on", sa.String(10), nullable=False),
        sa.Column("due", sa.String(10), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("is_over", sa.Boolean, nullable=False),
        sa.Column("is_waiting", sa.Boolean, nullable=False),
        sa.Column("is_contested", sa.Boolean, nullable=False),
        sa.Column("first", sa.String(16), nullable=False),
        sa.Column("decision", sa.String(16), nullable=False),
        sa.Column("shown_at", sa.BigInteger),
        sa.Column("follow_up", sa.String(16), nullable=False),
        sa.Column("follow_up_on", sa.String(10), nullable=False),
        sa.Column("case_number", sa.String(32), nullable=False),
    )


def _offences() -> sa.Table:
    return op.create_table(
        "offences",
        sa.Column("record", sa.LargeBinary, primary_key=True),
        sa.Column("index", sa.BigInteger, nullable=False),
        sa.Column("uscc", sa.String(18), nullable=False),
        sa.Column("field", sa.String(64), nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("visit", sa.LargeBinary),
        sa.Column("department", sa.String(64), nullable=False),
        sa.Column("is_struck", sa.Boolean, nullable=False),
    )


class _Carried:
    """As the views of this release would have made them, entry by entry."""

    def __init__(self, departments: dict[bytes, str], disguised: frozenset[bytes], policies: list[Any]) -> None:
        self.departments, self.disguised, self.policies = departments, disguised, policies
        self.matters: dict[bytes, dict[str, Any]] = {}
        self.offences: list[dict[str, Any]] = []

    def add(self, row: Any) -> None:
        try:
            record = peek(bytes(row["envelope"]))
        except ZhuqiError:
            return
        body = record.body
        if row["kind"] != "letter_answered" and (record.visit or b"") in self.disguised:
            return
        place = (row["index"], bytes(row["record_id"]), record.visit, record.at)
        if row["kind"] == "finding_noted":
            self._note(body, *place)
        elif row["kind"] != "letter_answered":
            self._promise(body["letter"], *place)
        elif not body["act"]["confirmed"] and body["act"]["letter"] in self.matters:
            self.matters[body["act"]["letter"]]["is_contested"] = True

    def _note(self, body: Mapping[str, Any], index: int, record: bytes, visit: bytes | None, at: int) -> None:
        day = _day(at)
        uscc, of_field = _short(body["enterprise"], 18), _short(body["field"].strip(), 64)
        department = self.departments.get(visit or b"", "")
        if uscc and of_field:
            self.offences.append(
                {
                    "record": record,
                    "index": index,
                    "uscc": uscc,
                    "field": of_field,
                    "day": day.isoformat(),
                    "at": at,
                    "visit": visit,
                    "department": _short(department, 64),
                    "is_struck": False,
                }
            )
        promised = [one for one in self.matters.values() if one["finding"] == record]
        for one in promised:
            one["field"] = of_field
        if not promised:
            due = (day + timedelta(days=_CORRECTION_DAYS)).isoformat()
            values = {"kind": "finding", "finding": record, "uscc": uscc, "field": of_field, "due": due}
            self._insert(record, visit, day, **values)
        if uscc and of_field:
            self._compare(uscc, of_field, index)

    def _promise(self, letter: Mapping[str, Any], index: int, record: bytes, visit: bytes | None, at: int) -> None:
        noted = self.matters.pop(letter["finding"], None)
        found = next((one["field"] for one in self.offences if one["record"] == letter["finding"]), "")
        of_field, uscc = noted["field"] if noted else found, _short(letter["enterprise"], 18)
        self._insert(
            record,
            visit,
            _day(at),
            kind="letter",
            finding=letter["finding"],
            uscc=uscc,
            field=of_field,
            number=_short(letter["number"], 64),
            due=letter["due"],
            decision="needed" if letter["basis"] == "处罚法33.1后" else "none",
        )
        self._compare(uscc, of_field, index)

    def _insert(self, record: bytes, visit: bytes | None, day: date, **values: Any) -> None:
        self.matters[record] = {
            "record": record,
            "visit": visit,
            "department": self.departments.get(visit or b"", ""),
            "number": "",
            "found_on": day.isoformat(),
            "state": "open",
            "is_over": False,
            "is_waiting": True,
            "is_contested": False,
            "first": "unknown",
            "decision": "none",
            "shown_at": None,
            "follow_up": "none",
            "follow_up_on": "",
            "case_number": "",
            **values,
        }

    def _compare(self, uscc: str, of_field: str, index: int) -> None:
        months = next((policy[2] for policy in self.policies if policy[0] <= index < policy[1]), _DEFAULT_MONTHS)
        for one in self.matters.values():
            own = next((other for other in self.offences if other["record"] == one["finding"]), None)
            if own is not None and (one["uscc"], one["field"]) == (uscc, of_field):
                since = months_before(date.fromisoformat(own["day"]), months).isoformat()
                before = any(
                    (other["uscc"], other["field"]) == (own["uscc"], own["field"])
                    and other["visit"] != own["visit"]
                    and since <= other["day"]
                    and other["at"] <= own["at"]
                    for other in self.offences
                )
                one["first"] = "not_first" if before else "first"


def _carry_over(connection: sa.Connection) -> _Carried:
    policies = _policies(connection)
    visits = sa.table("visits", *(sa.column(name) for name in ("visit", "department", "purpose")))
    known = [tuple(row) for row in connection.execute(sa.select(visits))]
    departments = {bytes(visit): department for visit, department, _ in known}
    # on these nothing becomes a finding, whatever an altered app writes
    disguised = frozenset(bytes(visit) for visit, _, purpose in known if purpose in ("survey", "service"))
    carried = _Carried(departments, disguised, policies)
    entries = sa.table(
        "log_entries", *(sa.column(name) for name in ("index", "record_id", "envelope", "status", "kind"))
    )
    query = sa.select(entries).where(entries.c.kind.in_(_KINDS), entries.c.status == "accepted")
    for row in connection.execute(query.order_by(entries.c.index)).mappings().all():
        carried.add(row)
    return carried


def _policies(connection: sa.Connection) -> list[Any]:
    """Policies get the new numbers with their defaults; for each, when it held, and how far back "first" looked."""
    facts = sa.table("facts", *(sa.column(name) for name in ("kind", "key", "from_index", "to_index", "body")))
    held = []
    for row in connection.execute(sa.select(facts).where(facts.c.kind == "policy")).all():
        policy = cbor.decode(bytes(row.body), max_bytes=_MAX_BODY_BYTES)
        policy = {**_NEW_IN_A_POLICY, **policy}
        place = (facts.c.kind == "policy", facts.c.key == row.key, facts.c.from_index == row.from_index)
        connection.execute(facts.update().where(*place).values(body=cbor.encode(policy)))
        held.append((row.from_index, row.to_index, policy.get("first_offence_months", _DEFAULT_MONTHS)))
    return held


def _day(at: int) -> date:
    return day_of(datetime.fromtimestamp(at / 1000, UTC))


def _short(text: str, limit: int) -> str:
    return text if len(text) <= limit and "\x00" not in text else ""
