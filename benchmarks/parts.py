"""CPU time of an upload by part: each watched function's own time, without that of the watched ones it calls."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from sqlalchemy.engine.base import RootTransaction

from shared_models import cbor, cose
from sync_server.log import entries, tree, views, writing
from sync_server.sync import accept_records, routes


def _watched() -> tuple[tuple[Any, str, str], ...]:
    """Where each function is looked up when it is called, and to which part its time belongs."""
    return (
        (routes, "accept_records", "chain"),
        (accept_records, "_append_new", "chain"),
        (cbor, "split_sequence", "decode"),
        (cose, "parse_own", "decode"),
        (accept_records, "decode", "decode"),
        (accept_records, "_read_body", "decode"),
        (cose, "verify", "verify"),
        (RootTransaction, "commit", "commit"),
        (writing.Writing, "append", "insert"),
        (entries.Entry, "leaf_hash", "tree"),
        (tree.TreeReader, "write_leaves", "tree"),
        (tree.TreeReader, "root", "tree"),
        (tree.TreeReader, "inclusion_proofs", "tree"),
        (views.Views, "apply", "views"),
        (views, "decide_entries_again", "second decision"),
        (accept_records, "signed_checkpoint", "checkpoint"),
        (routes, "dump_message", "reply"),
    )


class Parts:
    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._stack = threading.local()

    def watch(self) -> None:
        for owner, name, part in _watched():
            setattr(owner, name, self._timed(getattr(owner, name), part))

    def _timed(self, function: Callable[..., Any], part: str) -> Callable[..., Any]:
        @wraps(function)
        def timed(*args: Any, **named: Any) -> Any:
            inner: list[float] = self._stack.__dict__.setdefault("inner", [])
            inner.append(0.0)
            began = time.thread_time()
            try:
                return function(*args, **named)
            finally:
                spent = time.thread_time() - began
                self.seconds[part] = self.seconds.get(part, 0.0) + spent - inner.pop()
                if inner:
                    inner[-1] += spent

        return timed
