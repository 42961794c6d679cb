"""The app in a browser, without its screens: what keys, storage and decoder take, and a phone of a large county."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from benchmarks.bench import Bench
from benchmarks.county import build_town
from benchmarks.figures import Figure, Section
from field_app.app_site.policy import policy
from tests.browser import ARGUMENTS, NoBrowserError, find_browser
from tests.e2e.processes import a_free_port
from tests.ports.app_files import NotBuiltError, app_files
from tests.ports.serving import ContractServer, forward_to, serving
from tests.ports.worker import Worker

_GOALS = {"durable_commit": 2.0, "code_to_verdict": 1000.0}
_NAMES = {
    "sign": "sign 300 bytes",
    "verify": "verify a signature",
    "durable_commit": "a durable commit",
    "seal_300": "seal 300 bytes",
    "open_300": "open 300 bytes",
    "open_400k": "open a photo of 400 kB",
    "first_sync": "first reference data",
    "pin": "the PIN's slow hash",
    "decode": "a code in a picture of 600 × 600",
    "code_to_verdict": "from the code's text to the verdict",
    "slowest_verdict": "the slowest of these",
    "record": "write a record: sign, seal, commit",
    "pass": "sign a visit pass",
    "pass_picture": "draw its code",
}


def measure(bench: Bench) -> Section:
    enterprises, filings = (500, 50) if bench.quick else (50_000, 5_000)
    title = f"The app in a browser: {enterprises:,} enterprises, {filings:,} filings"
    try:
        files = app_files(Path(os.environ.get("ZHUQI_BUILD_DIR") or ".build"))
        with sync_playwright() as playwright:
            browser = find_browser(playwright)
            build_town(bench.folder / "browser" / "county", enterprises=enterprises, filings=filings)
            with serving(files, policy()) as server, _county(bench.folder / "browser" / "county", server) as county:
                context = playwright.chromium.launch_persistent_context(
                    bench.folder / "browser" / "profile", executable_path=browser, args=[*ARGUMENTS, *_as_root()]
                )
                context.set_default_timeout(600_000)
                found = _asked(Worker(context.pages[0], server), county)
                context.close()
    except (NotBuiltError, NoBrowserError) as err:
        return Section(f"The app in a browser: not measured, {err}", ())
    memory = Figure("Python's memory after all that", found.pop("python_megabytes"), "MB")
    shown = (Figure(_NAMES[name], took, "ms", _GOALS.get(name)) for name, took in found.items())
    return Section(title, (*shown, memory), {"enterprises": enterprises})


def _asked(worker: Worker, county: str) -> dict[str, float]:
    request = urllib.request.Request(f"{county}/api/demo/enrolment-code", b"{}", {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=60) as answer:
        code = json.loads(answer.read())["code"]
    worker.start()
    town: dict[str, Any] = worker.call("tests.ports.town_inside:measure", code)
    worker.start()
    worker.call("tests.ports.in_browser:open_phone")
    return {**worker.call("tests.ports.in_browser:figures"), **town}


@contextmanager
def _county(data: Path, server: ContractServer) -> Iterator[str]:
    port = a_free_port()
    command = [sys.executable, "-m", "sync_server", "server", "--port", str(port), "--data", str(data)]
    process = subprocess.Popen(command, env={**os.environ, "ZHUQI_DEMO": "1"})
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(600):
            try:
                urllib.request.urlopen(f"{address}/health/ready", timeout=2).close()
                break
            except OSError:
                time.sleep(0.1)
        server.proxy = forward_to(port)
        yield address
    finally:
        process.terminate()
        process.wait(20)


def _as_root() -> list[str]:
    return ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
