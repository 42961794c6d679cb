"""The phone's own records: sealed envelopes with what is known of their receipts. Never edited, never deleted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from field_app.storage.database import Rows
from shared_models import record as records
from shared_models.log import Receipt
from shared_models.record import Record
from shared_models.shape import from_plain, to_plain

WAITING, RECEIPTED, SET_ASIDE, REFUSED = "waiting", "receipted", "set_aside", "refused"


@dataclass(frozen=True, slots=True)
class Kept:
    """A record of this phone. `code` says why it was set aside or refused."""

    n: int
    id: bytes
    envelope: bytes
    record: Record
    state: str
    code: str | None
    receipt_index: int | None


@dataclass(frozen=True, slots=True)
class ChainHead:
    seq: int = 0
    id: bytes | None = None


@dataclass(frozen=True, slots=True)
class Entered:
    """What an opening counts for, noted when it was written (visit.Basis.own_entries)."""

    filing: str | None
    cap_department: str | None
    year: int


_COLUMNS = "n, id, sealed, state, code, receipt_index"


def chain_head(rows: Rows) -> ChainHead:
    plain = rows.get_meta("chain")
    return ChainHead() if plain is None else ChainHead(plain["seq"], plain["id"])


def shared_seq(rows: Rows) -> int:
    """The newest place of this phone's in the chain as the server has it; 0 where there is none."""
    query = "SELECT MAX(seq) FROM records WHERE receipt_index IS NOT NULL AND COALESCE(code, '') != 'chain_fork'"
    return rows.execute(query).fetchone()[0] or 0


def add_record(
    rows: Rows, envelope: bytes, record: Record, *, about: str | None = None, entered: Entered | None = None
) -> bytes:
    """Keep the record and move the chain's head to it, in the caller's transaction. Gives its id."""
    record_id = records.record_id(envelope)
    seal = rows.sealer
    rows.execute(
        "INSERT INTO records (id, seq, kind, visit, about, state, sealed, note) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            record_id,
            record.seq,
            seal.tag("record kind", record.kind),
            None if record.visit is None else seal.tag("visit", record.visit),
            None if about is None else seal.tag("about", about),
            WAITING,
            seal.seal("records", record_id, envelope),
            None if entered is None else rows.seal_value("notes", record_id, to_plain(entered)),
        ),
    )
    rows.put_meta("chain", {"seq": record.seq, "id": record_id})
    return record_id


def record_by_id(rows: Rows, record_id: bytes) -> Kept | None:
    return next(_kept(rows, "WHERE id = ?", (record_id,)), None)


def records_of_visit(rows: Rows, visit: bytes) -> tuple[Kept, ...]:
    return tuple(_kept(rows, "WHERE visit = ? ORDER BY n", (rows.sealer.tag("visit", visit),)))


def first_of_visit(rows: Rows, visit: bytes, *kinds: str) -> Kept | None:
    """The first record of these kinds, whatever else the visit holds."""
    tags = (rows.sealer.tag("visit", visit), *(rows.sealer.tag("record kind", kind) for kind in kinds))
    marks = ",".join("?" * len(kinds))
    return next(_kept(rows, f"WHERE visit = ? AND kind IN ({marks}) ORDER BY n LIMIT 1", tags), None)


def records_of_kind(rows: Rows, kinds: tuple[str, ...], limit: int) -> tuple[Kept, ...]:
    """The newest first."""
    tags = tuple(rows.sealer.tag("record kind", kind) for kind in kinds)
    marks = ",".join("?" * len(tags))
    return tuple(_kept(rows, f"WHERE kind IN ({marks}) ORDER BY n DESC LIMIT ?", (*tags, limit)))


def openings_at(rows: Rows, uscc: str, limit: int) -> tuple[Kept, ...]:
    """Entries at an enterprise by this phone, the newest first."""
    tags = (rows.sealer.tag("about", uscc), rows.sealer.tag("record kind", "visit_opened"))
    return tuple(_kept(rows, "WHERE about = ? AND kind = ? ORDER BY n DESC LIMIT ?", (*tags, limit)))


def records_in_state(rows: Rows, *states: str) -> tuple[Kept, ...]:
    marks = ",".join("?" * len(states))
    return tuple(_kept(rows, f"WHERE state IN ({marks}) ORDER BY n", states))


def all_records(rows: Rows) -> Iterator[Kept]:
    return _kept(rows, "ORDER BY n", ())


def waiting_ids(rows: Rows, *, also_refused: bool = False) -> tuple[bytes, ...]:
    states = (WAITING, REFUSED) if also_refused else (WAITING, WAITING)
    found = rows.execute("SELECT id FROM records WHERE state IN (?, ?) ORDER BY n", states)
    return tuple(row[0] for row in found)


def count_states(rows: Rows) -> dict[str, int]:
    return dict(rows.execute("SELECT state, COUNT(*) FROM records GROUP BY state").fetchall())


def keep_receipt(rows: Rows, receipt: Receipt, checkpoint: str) -> None:
    """A record that has a receipt keeps its first one: it stands at that index for good."""
    sealed = rows.seal_value("receipts", receipt.id, {"receipt": to_plain(receipt), "checkpoint": checkpoint})
    rows.execute(
        "UPDATE records SET state = ?, code = ?, receipt_index = ?, receipt = ? WHERE id = ? AND receipt IS NULL",
        (
            RECEIPTED if receipt.status == "accepted" else SET_ASIDE,
            receipt.code,
            receipt.index,
            sealed,
            receipt.id,
        ),
    )


def receipt_of(rows: Rows, record_id: bytes) -> tuple[Receipt, str] | None:
    """The receipt with the checkpoint that its proof leads to."""
    row = rows.execute("SELECT receipt FROM records WHERE id = ?", (record_id,)).fetchone()
    if row is None or row[0] is None:
        return None
    plain = rows.open_value("receipts", record_id, row[0])
    return from_plain(Receipt, plain["receipt"]), plain["checkpoint"]


def mark_refused(rows: Rows, record_id: bytes, code: str) -> None:
    rows.execute("UPDATE records SET state = ?, code = ? WHERE id = ? AND receipt IS NULL", (REFUSED, code, record_id))


def entered_beyond(rows: Rows, uscc: str, size: int, through: int = 0) -> tuple[Entered, ...]:
    """The entries at the enterprise that reference data of this log size does not hold yet.

    `through`: what has come that far on the chain is in the data, also where its receipt was lost on the way.
    """
    found = rows.execute(
        "SELECT id, note FROM records WHERE about = ? AND note IS NOT NULL"
        " AND ((state = ? AND seq > ?) OR (state = ? AND receipt_index >= ?))",
        (rows.sealer.tag("about", uscc), WAITING, through, RECEIPTED, size),
    )
    return tuple(from_plain(Entered, rows.open_value("notes", record_id, note)) for record_id, note in found)


def _kept(rows: Rows, where: str, values: tuple[Any, ...]) -> Iterator[Kept]:
    for n, record_id, sealed, state, code, index in rows.execute(f"SELECT {_COLUMNS} FROM records {where}", values):  # noqa: S608
        envelope = rows.sealer.open("records", record_id, sealed)
        yield Kept(n, record_id, envelope, records.peek(envelope), state, code, index)
