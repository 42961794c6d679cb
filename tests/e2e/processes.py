"""The county's server and the field app as processes that can be killed for real, over folders that stay."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
UP_WITHIN_SECONDS = 60.0


def a_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Program:
    """A command that can be started again after it was killed; its output goes to a file beside its data."""

    def __init__(self, command: list[str], port: int, log: Path) -> None:
        self._command, self.port, self.log = command, port, log
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        self.launch()
        self.answers()

    def launch(self) -> None:
        with self.log.open("ab") as out:
            self._process = subprocess.Popen(
                [sys.executable, *self._command],
                cwd=ROOT,
                stdout=out,
                stderr=out,
                env={**os.environ, "PYTHONUNBUFFERED": "1"},
                start_new_session=True,
            )

    def answers(self) -> None:
        wait_until(self._is_up, f"{self._command} answers; see {self.log.read_text('utf-8')[-2000:]}")

    def kill(self) -> None:
        """SIGKILL: nothing is flushed, nothing says goodbye."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(how)
            try:
                self._process.wait(15)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        self._process = None

    def _is_up(self) -> bool:
        if self._process is not None and self._process.poll() is not None:
            raise AssertionError(f"{self._command} ended: {self.log.read_text('utf-8')[-3000:]}")
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0


class Server(Program):
    def __init__(self, folder: Path, port: int, *more: str) -> None:
        command = ["-m", "tests.e2e.serve_county", "--folder", str(folder), "--port", str(port), *more]
        super().__init__(command, port, folder / "server.log")

    def enrolment_code(self, officer: str) -> str:
        answer: dict[str, str] = self.post("/api/demo/enrolment-code", {"officer": officer})
        return answer["code"]

    def confirm(self, enrolment: str) -> None:
        self.post("/api/demo/confirm", {"id": enrolment})

    def log_ids(self, author: str) -> list[str]:
        return list(self.get(f"/api/demo/log-ids?author={author}")["ids"])

    def post(self, path: str, body: dict[str, Any]) -> Any:
        data = json.dumps(body).encode()
        request = urllib.request.Request(f"{self.url}{path}", data, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=20) as answer:
            return json.load(answer)

    def get(self, path: str) -> Any:
        with urllib.request.urlopen(f"{self.url}{path}", timeout=20) as answer:
            return json.load(answer)


class FieldApp(Program):
    def __init__(self, folder: Path, port: int, server: Server, clock_file: Path, *more: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        command = ["-m", "sync_server", "field", "--web", "--port", str(port), "--data", str(folder)]
        command += ["--server", server.url, "--clock-file", str(clock_file), *more]
        super().__init__(command, port, folder / "field.log")

    def phone(self, number: int = 1) -> str:
        return f"{self.url}/phone/{number}/"


def wait_until(is_so: Callable[[], bool], what: str, within: float = UP_WITHIN_SECONDS) -> None:
    deadline = time.monotonic() + within
    while not is_so():
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {within} s: {what}")
        time.sleep(0.05)
