"""Where a page may send a person on to: our own pages only."""

from __future__ import annotations

import re

_OURS = re.compile(r"/(?![/\\])[\x21-\x5b\x5d-\x7e]*")
_LONGEST = 2000


def local_path(wish: str | None, otherwise: str) -> str:
    """The wished path with its query, where it cannot lead to another site."""
    return wish if wish and len(wish) <= _LONGEST and _OURS.fullmatch(wish) else otherwise
