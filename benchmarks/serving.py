"""A server process of its own, started and stopped; it is asked for its CPU time over HTTP."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

import httpx

from benchmarks.county import HOST

_START_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Served:
    url: str

    def cpu(self) -> dict[str, Any]:
        """Seconds since its start: of the whole process, and by part where it was told to watch them."""
        answer: dict[str, Any] = httpx.get(f"{self.url}/benchmarks/cpu", trust_env=False).json()
        return answer


class Built(Protocol):
    """A county on disk, and where its clock stands."""

    @property
    def folder(self) -> Path: ...
    @property
    def url(self) -> str: ...
    @property
    def now(self) -> datetime: ...


@contextmanager
def served(town: Built, *, core: int = -1, with_parts: bool = False) -> Iterator[Served]:
    port = _free_port()
    environment = {**os.environ, "ZHUQI_PUBLIC_HOST": HOST}
    if town.url:
        environment["ZHUQI_DATABASE_URL"] = town.url
    more = ["parts"] if with_parts else []
    arguments = [str(town.folder), town.now.isoformat(), str(port), str(core), *more]
    process = subprocess.Popen([sys.executable, "-m", "benchmarks.serve", *arguments], env=environment)
    try:
        url = f"http://127.0.0.1:{port}"
        _wait(url, process)
        yield Served(url)
    finally:
        process.terminate()
        process.wait(timeout=_START_SECONDS)


def _wait(url: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + _START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            if httpx.get(f"{url}/health/live", trust_env=False).is_success:
                return
        except httpx.TransportError:
            time.sleep(0.05)
    raise RuntimeError("the server did not start")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
