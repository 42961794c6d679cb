"""The built app in the cockpit's frames, where `make app` has run: the same phone's officer, on a page of its own.

Each frame asks another name of this machine, because one origin is one phone.
"""

from __future__ import annotations

import json
import os
import threading
import time
from pathlib import Path

from sync_server.county import County
from sync_server.demo.demo_clock import DemoClock
from sync_server.demo.seed_county import CLERK
from sync_server.enrolment.confirm_enrolment import confirm_enrolment
from sync_server.enrolment.issue_code import issue_code
from sync_server.enrolment.pending import waiting_enrolments

_NAMES = {1: "127.0.0.1", 2: "localhost"}
_CODE_SECONDS = 600
_POLL_SECONDS = 0.5


def built_app() -> Path | None:
    """What `make app` built, if it is there; ZHUQI_APP_DIR goes before the build folder."""
    given = os.environ.get("ZHUQI_APP_DIR") or Path(os.environ.get("ZHUQI_BUILD_DIR") or ".build") / "app"
    found = Path(given).absolute()
    return found if (found / "app.json").is_file() else None


def app_origins(port: int) -> tuple[str, ...]:
    return tuple(f"http://{name}:{port}" for name in _NAMES.values())


def app_address(clock: DemoClock, number: int, port: int) -> str:
    """On the demo's day: the phone's own clock is the browser's."""
    shift = json.loads(clock.file.read_text("utf-8"))["shift_seconds"]
    return f"http://{_NAMES[number]}:{port}/app/?shift_seconds={shift}"


def expect_enrolment(county: County, officer: str) -> str:
    """A code to type; whoever asks with it in the next ten minutes is confirmed in the clerk's place."""
    code = issue_code(county, CLERK, officer).text
    threading.Thread(target=_confirm, args=(county, officer), daemon=True).start()
    return code.rsplit("/", 1)[-1]


def _confirm(county: County, officer: str) -> None:
    until = time.monotonic() + _CODE_SECONDS
    while time.monotonic() < until:
        for waiting in waiting_enrolments(county):
            if waiting.officer == officer:
                confirm_enrolment(county, CLERK, waiting.id, keep_others=True)
                return
        time.sleep(_POLL_SECONDS)
