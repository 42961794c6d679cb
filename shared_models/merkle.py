"""The Merkle tree of RFC 6962: hashes, growth and proofs, over nodes that somebody else stores.

Only complete subtrees are stored. Node (level, index) covers the leaves from index * 2**level on.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from shared_models.errors import BadlyFormedError, ProofMismatchError

HASH_BYTES = 32
EMPTY_ROOT = hashlib.sha256().digest()

T = TypeVar("T")
Node = tuple[int, int]
ReadNode = Callable[[int, int], bytes]
Range = tuple[int, int]
"""Leaves from the first up to, and not including, the second; the first is aligned as the tree splits them."""


def leaf_hash(data: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def new_nodes(size: int, leaf_hashes: Iterable[bytes], read_node: ReadNode) -> list[tuple[int, int, bytes]]:
    """The nodes (level, index, hash) that become complete when these leaves are appended to a tree of `size`."""
    fresh: dict[Node, bytes] = {}
    for index, leaf in enumerate(leaf_hashes, start=size):
        level, here, digest = 0, index, leaf
        fresh[level, here] = digest
        while here % 2 == 1:
            left = fresh.get((level, here - 1))
            digest = node_hash(read_node(level, here - 1) if left is None else left, digest)
            level, here = level + 1, here // 2
            fresh[level, here] = digest
    return [(level, index, digest) for (level, index), digest in fresh.items()]


def nodes_for_append(size: int) -> list[Node]:
    """Which stored nodes `new_nodes` and `root` may read for a tree of this size."""
    return _cover((0, size))


def root(size: int, read_node: ReadNode) -> bytes:
    return EMPTY_ROOT if size == 0 else _hash_of((0, size), read_node)


def inclusion_proof(index: int, size: int, read_node: ReadNode) -> tuple[bytes, ...]:
    return inclusion_proofs((index,), size, read_node)[0]


def inclusion_proofs(indexes: Sequence[int], size: int, read_node: ReadNode) -> list[tuple[bytes, ...]]:
    """The proofs of many leaves; what neighbours have in common is hashed once."""
    return _beside_paths(indexes, size, lambda part: _hash_of(part, read_node))


def nodes_for_inclusion(index: int, size: int) -> list[Node]:
    """Which stored nodes the proof needs, so that a server reads them at once."""
    return nodes_for_inclusions((index,), size)


def nodes_for_inclusions(indexes: Sequence[int], size: int) -> list[Node]:
    """Which stored nodes the proofs of all these leaves need."""
    nodes: list[Node] = []
    _beside_paths(indexes, size, lambda part: nodes.extend(_cover(part)))
    return nodes


def consistency_proof(old: int, new: int, read_node: ReadNode) -> tuple[bytes, ...]:
    """Empty where both sizes are the same, or the old tree was empty."""
    return tuple(_hash_of(part, read_node) for part in _consistency_ranges(old, new))


def nodes_for_consistency(old: int, new: int) -> list[Node]:
    return [node for part in _consistency_ranges(old, new) for node in _cover(part)]


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> None:
    """Raises ProofMismatchError (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size or len(leaf) != HASH_BYTES:
        raise ProofMismatchError
    here, last, digest = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            raise ProofMismatchError
        if here % 2 == 1 or here == last:
            digest = node_hash(sibling, digest)
            while here % 2 == 0 and here != 0:
                here, last = here // 2, last // 2
        else:
            digest = node_hash(digest, sibling)
        here, last = here // 2, last // 2
    if last != 0 or digest != root:
        raise ProofMismatchError


def verify_consistency(size1: int, size2: int, root1: bytes, root2: bytes, proof: Sequence[bytes]) -> None:
    """Raises ProofMismatchError (RFC 9162, 2.1.4.2); an empty tree proves nothing about a later one."""
    if not 0 < size1 <= size2:
        raise ProofMismatchError
    if size1 == size2:
        if proof or root1 != root2:
            raise ProofMismatchError
        return
    path = list(proof)
    if size1 & (size1 - 1) == 0:
        path.insert(0, root1)
    if not path:
        raise ProofMismatchError
    if _roots_along(path, size1, size2) != (root1, root2):
        raise ProofMismatchError


def _roots_along(path: list[bytes], size1: int, size2: int) -> tuple[bytes, bytes]:
    """Both roots that a consistency path leads to."""
    here, last = size1 - 1, size2 - 1
    while here % 2 == 1:
        here, last = here // 2, last // 2
    old = new = path[0]
    for sibling in path[1:]:
        if last == 0:
            raise ProofMismatchError
        if here % 2 == 1 or here == last:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            while here % 2 == 0 and here != 0:
                here, last = here // 2, last // 2
        else:
            new = node_hash(new, sibling)
        here, last = here // 2, last // 2
    if last != 0:
        raise ProofMismatchError
    return old, new


def _split(begin: int, end: int) -> int:
    """Where the tree over these leaves parts: the largest power of two smaller than their number (RFC 6962, 2.1)."""
    return begin + (1 << ((end - begin - 1).bit_length() - 1))


def _beside_paths(indexes: Sequence[int], size: int, look_at: Callable[[Range], T]) -> list[tuple[T, ...]]:
    """What is seen of the subtrees beside each leaf's path up to the root, the lowest first.

    One walk from the root for all of them, so that each subtree is looked at once.
    """
    wanted = sorted(set(indexes))
    if wanted and not 0 <= wanted[0] <= wanted[-1] < size:
        raise BadlyFormedError("index", "must be a leaf of the tree")
    paths: dict[int, tuple[T, ...]] = {}
    nothing: tuple[T, ...] = ()
    ahead = [(0, size, wanted, nothing)] if wanted else []
    while ahead:
        begin, end, here, beside = ahead.pop()
        if end - begin == 1:
            paths[begin] = beside
            continue
        middle = _split(begin, end)
        cut = bisect_left(here, middle)
        if cut > 0:
            ahead.append((begin, middle, here[:cut], (look_at((middle, end)), *beside)))
        if cut < len(here):
            ahead.append((middle, end, here[cut:], (look_at((begin, middle)), *beside)))
    return [paths[index] for index in indexes]


def _consistency_ranges(old: int, new: int) -> list[Range]:
    """RFC 6962, 2.1.2: SUBPROOF, without recursion."""
    if not 0 <= old <= new:
        raise BadlyFormedError("old", "must not be larger than the new size")
    if old in (0, new):
        return []
    ranges: list[Range] = []
    begin, end = 0, new
    while end != old:
        middle = _split(begin, end)
        if old <= middle:
            ranges.append((middle, end))
            end = middle
        else:
            ranges.append((begin, middle))
            begin = middle
    if begin != 0:
        ranges.append((begin, end))
    return ranges[::-1]


def _cover(leaves: Range) -> list[Node]:
    """The complete subtrees of these leaves, from left to right."""
    begin, end = leaves
    nodes: list[Node] = []
    while begin < end:
        level = (end - begin).bit_length() - 1
        nodes.append((level, begin >> level))
        begin += 1 << level
    return nodes


def _hash_of(leaves: Range, read_node: ReadNode) -> bytes:
    *before, last = _cover(leaves)
    digest = read_node(*last)
    for node in reversed(before):
        digest = node_hash(read_node(*node), digest)
    return digest
