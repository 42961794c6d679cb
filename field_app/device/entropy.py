"""Random bytes of the operating system: for keys, nonces and visit ids."""

from __future__ import annotations

import os


def random_bytes(count: int) -> bytes:
    return os.urandom(count)
