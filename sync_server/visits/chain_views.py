"""The head of each phone's chain: what is missing or forked shows in the numbers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from shared_models.log import ACCEPTED
from sync_server.log.entries import Entry
from sync_server.storage.bulk import RowsIn, insert_rows, run_each
from sync_server.storage.tables import chains

CHAIN_FORK = "chain_fork"


@dataclass(slots=True)
class ChainHead:
    """It grows in place. `entries` counts the records that stand on the chain.

    Fewer than `head_seq` means that some are missing.
    """

    author: bytes
    head_seq: int
    head_id: bytes
    entries: int
    forks: int = 0
    resumed_seq: int | None = None
    resumed_id: bytes | None = None

    @property
    def missing(self) -> int:
        return self.head_seq - self.entries


def chain_heads(connection: Connection, authors: Iterable[bytes]) -> dict[bytes, ChainHead]:
    heads = (ChainHead(*row) for row in _by_author(connection, sorted(set(authors))))
    return {head.author: head for head in heads}


class ChainsWriter:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._heads: dict[bytes, ChainHead | None] = {}
        self._fresh: set[bytes] = set()
        self._changed: set[bytes] = set()

    def prefetch(self, entries: Iterable[Entry]) -> None:
        self._load({entry.record.author for entry in entries})

    def heads(self, authors: Iterable[bytes]) -> dict[bytes, ChainHead]:
        """Those of the authors that have written before."""
        wanted = set(authors)
        self._load(wanted)
        return {author: head for author in wanted if (head := self._heads[author])}

    def _load(self, authors: set[bytes]) -> None:
        if unknown := authors - self._heads.keys():
            found = chain_heads(self._connection, unknown)
            self._heads.update({author: found.get(author) for author in unknown})

    def apply(self, entry: Entry) -> None:
        author, seq = entry.record.author, entry.record.seq
        head = self._heads[author]
        (self._fresh if head is None and author not in self._fresh else self._changed).add(author)
        if head is None:
            head = self._heads[author] = ChainHead(author, 0, b"", 0)
        if entry.code == CHAIN_FORK:
            head.forks += 1
            return
        head.entries += 1
        if seq > head.head_seq:
            head.head_seq, head.head_id = seq, entry.record_id
        if entry.record.kind == "resumed" and entry.status == ACCEPTED and seq > (head.resumed_seq or 0):
            head.resumed_seq, head.resumed_id = seq, entry.record_id

    def flush(self) -> None:
        insert_rows(self._connection, chains, [self._row(author) for author in sorted(self._fresh)])
        if changed := self._changed - self._fresh:
            rows = [{f"b_{name}": value for name, value in self._row(author).items()} for author in sorted(changed)]
            run_each(self._connection, _UPDATE, rows)
        self._fresh, self._changed = set(), set()

    def _row(self, author: bytes) -> dict[str, Any]:
        head = self._heads[author]
        return asdict(head) if head else {}


_by_author = RowsIn(select(chains).where(chains.c.author.in_(bindparam("authors", expanding=True))), "authors")
_UPDATE = (
    update(chains)
    .where(chains.c.author == bindparam("b_author"))
    .values({column: bindparam(f"b_{column.name}") for column in chains.c if column.name != "author"})
)
