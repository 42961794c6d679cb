"""The file by which anybody repeats a draw."""

from __future__ import annotations

from sqlalchemy import Connection, select

from shared_models.draw_file import DrawFile, LoggedAct, dump_draw
from shared_models.log import ACCEPTED, Receipt, nodes_for_append, nodes_for_inclusion
from sync_server.county import County
from sync_server.draws.register import find_draw
from sync_server.errors import WrongStateError
from sync_server.log.tree import TreeReader, log_size, signed_checkpoint
from sync_server.registry.certify_server import certificates
from sync_server.storage.engine import reading
from sync_server.storage.tables import log_entries


def publish_draw(county: County, key: str) -> bytes:
    """Raises NotFoundError, or WrongStateError before the draw is closed."""
    known = certificates(county)
    with reading(county.engine) as connection:
        entry = find_draw(connection, key)
        if entry.closed is None or entry.closed_index is None:
            raise WrongStateError("draw", key, "open")
        size = log_size(connection)
        tree = TreeReader(connection)
        indexes = (entry.index, entry.closed_index)
        tree.load({*nodes_for_append(size), *(node for one in indexes for node in nodes_for_inclusion(one, size))})
        opened, closed = (_logged(connection, tree, index, size) for index in indexes)
        checkpoint = signed_checkpoint(county, size, tree.root(size))
    return dump_draw(
        DrawFile(
            origin=county.settings.origin,
            root=county.keys.root_public,
            certificates=known,
            pool=county.blobs.get(entry.opened.pool),
            opened=opened,
            closed=closed,
            checkpoint=checkpoint,
        )
    )


def _logged(connection: Connection, tree: TreeReader, index: int, size: int) -> LoggedAct:
    query = select(log_entries.c.record_id, log_entries.c.envelope, log_entries.c.received_at)
    row = connection.execute(query.where(log_entries.c.index == index)).one()
    proof = tree.inclusion_proofs([index], size)[0]
    receipt = Receipt(bytes(row.record_id), index, row.received_at, ACCEPTED, None, tuple(proof))
    return LoggedAct(bytes(row.envelope), receipt)
