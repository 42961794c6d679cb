"""Read what the checks of a visit's records rest on: keys, neighbours on the chains, and the log's tree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, select

from shared_models.acts import CertificateAct
from shared_models.credential import open_certificate
from shared_models.errors import ZhuqiError
from shared_models.log import Checkpoint, nodes_for_append, nodes_for_inclusion, open_checkpoint
from shared_models.suite import kid_of
from sync_server.county import County
from sync_server.log.tree import TreeReader, log_size, signed_checkpoint
from sync_server.storage.facts import current_of_kind
from sync_server.storage.tables import log_entries
from sync_server.supervision.check_records import Evidence, LoggedRecord, places_before


def gather_evidence(
    county: County, connection: Connection, records: Sequence[LoggedRecord], phone_keys: Mapping[bytes, bytes]
) -> Evidence:
    authors = {one.record.author for one in records}
    server_keys = _server_keys(county, connection, authors - phone_keys.keys())
    server_kids = frozenset(server_keys)
    size = log_size(connection)
    seen_sizes = {one.record.seen.size for one in records if one.record.seen and one.record.seen.size <= size}
    tree = TreeReader(connection)
    nodes = {node for one in records for node in nodes_for_inclusion(one.index, size)}
    tree.load(nodes | {node for some in (size, *seen_sizes) for node in nodes_for_append(some)})
    return Evidence(
        keys={**phone_keys, **server_keys},
        server_kids=server_kids,
        earlier=_earlier(connection, places_before(records, server_kids)),
        proofs=_proofs(tree, records, size),
        roots=_roots(tree, seen_sizes),
        checkpoint=_checkpoint(county, tree, size),
    )


def _server_keys(county: County, connection: Connection, authors: set[bytes]) -> dict[bytes, bytes]:
    """The server's own key, and earlier ones where a record is signed by one of them: each certified by the root."""
    keys = {county.keys.service_kid: county.keys.service_public}
    if authors <= keys.keys():
        return keys
    for fact in current_of_kind(connection, "certificate"):
        try:
            certificate = open_certificate(fact.load(CertificateAct).certificate, county.keys.root_public, None)
        except ZhuqiError:
            continue
        keys[kid_of(certificate.public_key)] = certificate.public_key
    return keys


def _earlier(connection: Connection, places: set[tuple[bytes, int]]) -> dict[tuple[bytes, int], frozenset[bytes]]:
    columns = log_entries.c
    numbers: dict[bytes, list[int]] = defaultdict(list)
    for author, seq in places:
        numbers[author].append(seq)
    found: dict[tuple[bytes, int], set[bytes]] = defaultdict(set)
    for author, seqs in numbers.items():
        query = select(columns.seq, columns.record_id).where(columns.author == author, columns.seq.in_(sorted(seqs)))
        for row in connection.execute(query):
            found[author, row.seq].add(bytes(row.record_id))
    return {place: frozenset(ids) for place, ids in found.items()}


def _proofs(tree: TreeReader, records: Sequence[LoggedRecord], size: int) -> dict[int, tuple[bytes, ...]]:
    """Without those whose nodes somebody took out of the database."""
    proofs = {}
    for one in records:
        try:
            proofs[one.index] = tree.inclusion_proofs([one.index], size)[0]
        except KeyError:
            continue
    return proofs


def _roots(tree: TreeReader, sizes: set[int]) -> dict[int, bytes]:
    roots = {}
    for size in sizes:
        try:
            roots[size] = tree.root(size)
        except KeyError:
            continue
    return roots


def _checkpoint(county: County, tree: TreeReader, size: int) -> Checkpoint | None:
    """The checkpoint as anybody is given it, opened with the published key."""
    try:
        text = signed_checkpoint(county, size, tree.root(size))
        return open_checkpoint(text, origin=county.settings.origin, public_key=county.keys.service_public)
    except (KeyError, ZhuqiError):
        return None
