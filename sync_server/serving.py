"""How the server's process runs: uvicorn, and a collector of garbage that fits what it does."""

from __future__ import annotations

import gc
from typing import Any

import uvicorn

_COLLECT_AFTER = (50_000, 20, 100)


def serve(app: Any, *, host: str, port: int) -> None:
    # An upload makes thousands of values that hold no cycles; looking through them, and through all that was loaded at
    # the start, again and again costs 3 % of it (`make bench`).
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_COLLECT_AFTER)
    uvicorn.run(app, host=host, port=port, access_log=False, log_level="warning", server_header=False)
