"""What a server process keeps of the log because it never changes once it is committed."""

from __future__ import annotations

from collections.abc import Mapping

_MOST_NODES, _MOST_ROOTS, _MOST_KEYS = 50_000, 2_000, 20_000


class Kept:
    """Nodes by position, roots by size, public keys by kid. Forgets everything rather than grow without end."""

    def __init__(self) -> None:
        self.nodes: dict[int, bytes] = {}
        self.roots: dict[int, bytes] = {}
        self.public_keys: dict[bytes, bytes] = {}

    def keep(self, nodes: Mapping[int, bytes], roots: Mapping[int, bytes]) -> None:
        """Only what was read from, or has become, committed state."""
        if len(self.nodes) > _MOST_NODES:
            self.nodes = {}
        if len(self.roots) > _MOST_ROOTS:
            self.roots = {}
        self.nodes.update(nodes)
        self.roots.update(roots)

    def keep_keys(self, public_keys: Mapping[bytes, bytes]) -> None:
        if len(self.public_keys) > _MOST_KEYS:
            self.public_keys = {}
        self.public_keys.update(public_keys)
