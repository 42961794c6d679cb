"""Everything that the database holds is held against the log, and the log against who signed and who has seen it.

What somebody changed with full access to the database is named: an entry's bytes, its time of receipt, a node of the
tree, a row of a view. A log that was rewritten as a whole shows where phones, or checkpoints kept elsewhere, had seen
another.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert, select

from shared_models.acts import CertificateAct, PhoneEnrolled
from shared_models.credential import open_certificate
from shared_models.errors import ZhuqiError
from shared_models.kinds import CountyAct
from shared_models.log import ACCEPTED, Checkpoint, open_checkpoint
from shared_models.record import Record, open_with
from shared_models.suite import kid_of
from sync_server.county import County
from sync_server.log.compare_rows import Finding, compare_table
from sync_server.log.entries import UNKNOWN_KIND, Entry, entry_of
from sync_server.log.rebuild_views import FROM_THE_LOG
from sync_server.log.tree import TreeReader, log_size
from sync_server.log.views import Views
from sync_server.storage import engine
from sync_server.storage.tables import log_entries, log_nodes, log_state, metadata

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Audit:
    size: int
    root: bytes
    signatures: int
    witnesses: int
    """How many checkpoints were compared: those that phones signed to have seen, and those that were given."""
    findings: tuple[Finding, ...]


def audit_log(county: County, checkpoints: Sequence[str] = ()) -> Audit:
    """Reads one state of the database; changes nothing. `checkpoints`: signed heads that were kept elsewhere."""
    with tempfile.TemporaryDirectory() as folder:
        scratch = engine.open_engine(f"sqlite:///{Path(folder) / 'audit.sqlite'}")
        try:
            metadata.create_all(scratch, tables=list(FROM_THE_LOG))
            with engine.reading(county.engine) as held:
                if held.dialect.name == "postgresql":
                    held.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
                return _audit(county, held, scratch, checkpoints)
        finally:
            scratch.dispose()


def _audit(county: County, held: Connection, scratch: Any, checkpoints: Sequence[str]) -> Audit:
    run = _Run(county)
    size = log_size(held)
    with engine.writing(scratch) as made:
        run.replay(held, made)
        made.execute(insert(log_state), {"id": 1, "size": run.size})
        if size != run.size:
            run.found("log_state", "size", str(size), str(run.size))
        run.check_witnesses(TreeReader(made), checkpoints)
        root = TreeReader(made).root(run.size) if run.size else b""
    with engine.reading(scratch) as made:
        for table in FROM_THE_LOG:
            if table is log_nodes or run.views_stand:
                run.findings += compare_table(held, made, table)
    return Audit(run.size, root, run.signatures, run.witnesses, tuple(run.findings))


class _Run:
    def __init__(self, county: County) -> None:
        self.findings: list[Finding] = []
        self.size = self.signatures = self.witnesses = 0
        self.views_stand = True
        self._county = county
        self._server: set[bytes] = set()
        self._keys: dict[bytes, bytes] = {}
        self._seen: dict[int, tuple[int, bytes]] = {}
        self._last_received = 0
        self._next = 0

    def found(self, table: str, key: str, database: str, log: str) -> None:
        self.findings.append(Finding(table, key, "", database, log))

    def replay(self, held: Connection, made: Connection) -> None:
        tree, views = TreeReader(made), Views(made, self._county.settings)
        for rows in _rows(held):
            entries = []
            for row in rows:
                entry = self._check(row)
                if entry is not None:
                    entries.append(entry)
            tree.write_leaves(self.size, [entry.leaf_hash() for entry in entries])
            self.size += len(entries)
            if self.views_stand:
                self._apply(views, entries)

    def _apply(self, views: Views, entries: Sequence[Entry]) -> None:
        try:
            views.apply(entries)
        except (ZhuqiError, KeyError, ValueError) as err:
            # entries that no server has accepted: the findings before this one say which
            self.views_stand = False
            self.found("log_entries", f"{entries[0].index}…{entries[-1].index}", type(err).__name__, "views")

    def _check(self, row: Any) -> Entry | None:
        """The entry, as its bytes say; null where they say nothing."""
        try:
            entry = entry_of(row)
        except ZhuqiError as err:
            self.found("log_entries", str(row.index), err.code, "an envelope")
            return None
        record = entry.record
        if row.index != self._next:
            self.found("log_entries", str(row.index), "index", str(self._next))
        self._next = row.index + 1
        if bytes(row.record_id) != hashlib.sha256(entry.envelope).digest():
            self.found("log_entries", f"{row.index}.record_id", bytes(row.record_id).hex()[:16], "hash of the envelope")
        if (row.author, row.seq, row.visit) != (record.author, record.seq, record.visit):
            self.found("log_entries", f"{row.index}.author", "columns", "its envelope")
        if row.kind not in (record.kind, UNKNOWN_KIND):
            self.found("log_entries", f"{row.index}.kind", row.kind, record.kind)
        if row.received_at < self._last_received:
            self.found("log_entries", f"{row.index}.received_at", str(row.received_at), f"≥ {self._last_received}")
        self._last_received = max(self._last_received, row.received_at)
        self._check_signature(entry)
        return entry

    def _check_signature(self, entry: Entry) -> None:
        self._learn(entry)
        try:
            open_with(entry.envelope, self._keys.get)
        except ZhuqiError as err:
            if entry.status == ACCEPTED:
                self.found("log_entries", f"{entry.index}.signature", err.code, entry.record.kind)
            return
        self.signatures += 1
        self._check_author(entry, entry.record)
        if entry.record.seen is not None and entry.status == ACCEPTED:
            self._seen[entry.index] = (entry.record.seen.size, entry.record.seen.root)

    def _check_author(self, entry: Entry, record: Record) -> None:
        if record.author not in self._server:
            return
        # the server signs an act in the instant in which it is received, at the place in which it stands
        if record.seq != entry.index:
            self.found("log_entries", f"{entry.index}.seq", str(record.seq), str(entry.index))
        if record.at != entry.received_at:
            self.found("log_entries", f"{entry.index}.received_at", str(entry.received_at), str(record.at))

    def _learn(self, entry: Entry) -> None:
        """Keys become known by the log itself: the server's by the root's certificate, phones' by their enrolment."""
        act = entry.body.act if isinstance(entry.body, CountyAct) else None
        if isinstance(act, CertificateAct):
            try:
                certificate = open_certificate(act.certificate, self._county.keys.root_public, None)
            except ZhuqiError as err:
                self.found("log_entries", f"{entry.index}.certificate", err.code, "certified by the root")
                return
            self._keys[kid_of(certificate.public_key)] = certificate.public_key
            self._server.add(kid_of(certificate.public_key))
        elif isinstance(act, PhoneEnrolled) and entry.record.author in self._server:
            self._keys.setdefault(kid_of(act.public_key), act.public_key)

    def check_witnesses(self, tree: TreeReader, checkpoints: Sequence[str]) -> None:
        roots: dict[int, bytes] = {}
        for index, (size, root) in self._seen.items():
            if size not in roots and size <= self.size:
                roots[size] = tree.root(size) if size else b""
            self.witnesses += 1
            if size and roots.get(size) != root:
                self.found("checkpoint", f"seen by entry {index}", "another log", f"size {size}")
        for number, text in enumerate(checkpoints, start=1):
            self._check_given(tree, text, number)

    def _check_given(self, tree: TreeReader, text: str, number: int) -> None:
        keys = self._county.keys
        self.witnesses += 1
        try:
            kept: Checkpoint = open_checkpoint(
                text, origin=self._county.settings.origin, public_key=keys.service_public
            )
        except ZhuqiError as err:
            self.found("checkpoint", f"given no. {number}", err.code, "signed by this county")
            return
        if kept.size > self.size or (kept.size and tree.root(kept.size) != kept.root):
            self.found("checkpoint", f"given no. {number}", "another log", f"size {kept.size}")


def _rows(held: Connection) -> Iterator[list[Any]]:
    start = -1
    while True:
        query = select(log_entries).where(log_entries.c.index > start).order_by(log_entries.c.index).limit(_AT_ONCE)
        rows: list[Any] = list(held.execute(query))
        if not rows:
            return
        yield rows
        start = rows[-1].index
