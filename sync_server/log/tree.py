"""The log's tree as it lies in the database: nodes are read many at once, and kept, because they never change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, bindparam, select

from shared_models.log import (
    Checkpoint,
    consistency_proof,
    inclusion_proofs,
    new_nodes,
    nodes_for_append,
    nodes_for_consistency,
    nodes_for_inclusions,
    root,
    sign_checkpoint,
)
from shared_models.merkle import Node
from sync_server.county import County
from sync_server.log.kept import Kept
from sync_server.storage.bulk import RowsIn, insert_rows, rows_of
from sync_server.storage.tables import log_nodes, log_state

_SIZE = select(log_state.c.size)
_nodes = RowsIn(
    select(log_nodes.c.position, log_nodes.c.hash).where(
        log_nodes.c.position.in_(bindparam("positions", expanding=True))
    ),
    "positions",
)


def log_size(connection: Connection) -> int:
    return sum(size for (size,) in rows_of(connection, _SIZE))


def position_of(level: int, index: int) -> int:
    """The node's place from left to right, a parent between its children: what is appended lies together."""
    return (index << level + 1) + (1 << level) - 1


class TreeReader:
    """Reads nodes of one connection's log; `load` names those that are needed, so that they come in one query."""

    def __init__(self, connection: Connection, kept: Kept | None = None) -> None:
        self._connection = connection
        self._kept = kept or Kept()
        self._nodes: dict[int, bytes] = {}
        self._roots: dict[int, bytes] = {}

    def load(self, nodes: Iterable[Node]) -> None:
        known, kept = self._nodes, self._kept.nodes
        wanted = []
        for position in {position_of(*node) for node in nodes}:
            if position not in known:
                node = kept.get(position)
                if node is None:
                    wanted.append(position)
                else:
                    known[position] = node
        self._nodes.update((position, node) for position, node in _nodes(self._connection, wanted))

    def read(self, level: int, index: int) -> bytes:
        position = position_of(level, index)
        if position not in self._nodes:
            self.load([(level, index)])
        return self._nodes[position]

    def root(self, size: int) -> bytes:
        if size not in self._roots and size in self._kept.roots:
            self._roots[size] = self._kept.roots[size]
        if size not in self._roots:
            self.load(nodes_for_append(size))
            self._roots[size] = root(size, self.read)
        return self._roots[size]

    def inclusion_proofs(self, indexes: Sequence[int], size: int) -> list[tuple[bytes, ...]]:
        self.load(nodes_for_inclusions(indexes, size))
        return inclusion_proofs(indexes, size, self.read)

    def consistency_proof(self, old: int, new: int) -> tuple[bytes, ...]:
        self.load(nodes_for_consistency(old, new))
        return consistency_proof(old, new, self.read)

    def keep(self) -> None:
        """Let the process keep what was read and written here; only once it is committed."""
        self._kept.keep(self._nodes, self._roots)

    def write_leaves(self, size: int, leaf_hashes: Sequence[bytes]) -> None:
        """Store the nodes that become complete when these leaves follow a tree of `size`."""
        self.load(nodes_for_append(size))
        fresh = [(position_of(level, index), node) for level, index, node in new_nodes(size, leaf_hashes, self.read)]
        self._nodes.update(fresh)
        insert_rows(self._connection, log_nodes, [{"position": position, "hash": node} for position, node in fresh])


def signed_checkpoint(county: County, size: int, root_hash: bytes, issued_at: int | None = None) -> str:
    """A checkpoint of this size, issued now: an unchanged log still gives a fresh one. `issued_at` in seconds."""
    now = int(county.clock.now().timestamp())
    checkpoint = Checkpoint(county.settings.origin, size, root_hash, now if issued_at is None else issued_at)
    return sign_checkpoint(checkpoint, county.keys.service_public, county.keys.sign)
