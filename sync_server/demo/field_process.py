"""The field app's process beside the demo's server: started, killed for real, and started again."""

from __future__ import annotations

import subprocess
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path

import httpx

RESTART_AFTER_SECONDS = 0.3
READY_WITHIN_SECONDS = 90.0
STOP_WITHIN_SECONDS = 8.0
POLL_SECONDS = 0.1


@dataclass
class FieldProcess:
    """`zhuqi field --web`, kept running until `stop`. A kill is SIGKILL: what was not durable is gone."""

    port: int
    data_dir: Path
    server_url: str
    clock_file: Path
    log_file: Path
    kills: int = 0
    _process: subprocess.Popen[bytes] | None = None
    _stopping: threading.Event = field(default_factory=threading.Event)
    _keeper: threading.Thread | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        self._spawn()
        self._keeper = threading.Thread(target=self._keep, name="field-keeper", daemon=True)
        self._keeper.start()

    def kill(self) -> None:
        self.kills += 1
        if self._process is not None:
            self._process.kill()

    def stop(self) -> None:
        self._stopping.set()
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(STOP_WITHIN_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def wait_until_ready(self, within_seconds: float = READY_WITHIN_SECONDS) -> bool:
        """Whether the app answered in time; after a kill it first has to be started again."""
        waited = 0.0
        while waited < within_seconds and not self._stopping.is_set():
            if self.is_ready():
                return True
            self._stopping.wait(POLL_SECONDS)
            waited += POLL_SECONDS
        return False

    def is_ready(self) -> bool:
        try:
            return httpx.get(f"{self.url}/cockpit/ready", timeout=2.0, trust_env=False).is_success
        except httpx.HTTPError:
            return False

    def _spawn(self) -> None:
        command = [sys.executable, "-m", "sync_server", "field", "--web", "--cockpit", "--port", str(self.port)]
        command += ["--data", str(self.data_dir), "--server", self.server_url, "--clock-file", str(self.clock_file)]
        with self.log_file.open("ab") as log:
            # Its own group: Ctrl-C reaches the demo first, which then ends the field app in order.
            self._process = subprocess.Popen(  # noqa: S603  # our own command line
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
            )

    def _keep(self) -> None:
        while not self._stopping.is_set():
            if self._process is not None:
                self._process.wait()
            if not self._stopping.wait(RESTART_AFTER_SECONDS):
                self._spawn()
