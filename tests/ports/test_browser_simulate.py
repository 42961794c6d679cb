"""The twin of `zhuqi simulate`: 200 records through the browser's storage and sync, with cuts, reloads and kills."""

from __future__ import annotations

import json
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Playwright

from tests.ports.serving import ContractServer, forward_to
from tests.ports.test_browser_storage import a_lasting_browser, kill
from tests.ports.worker import Worker
from tests.sync.test_simulate import serve

pytestmark = [pytest.mark.browser, pytest.mark.slow]
IN = "tests.ports.simulate_inside"
VISITS = 40
RECORDS = VISITS * 5
INTERRUPTIONS = 8
SECONDS = 400


@pytest.fixture
def county(tmp_path: Path, free_port: int, app_server: ContractServer) -> Iterator[str]:
    process = serve(tmp_path / "county", free_port, demo=True)
    app_server.proxy = forward_to(free_port)
    yield f"http://127.0.0.1:{free_port}"
    app_server.proxy = None
    process.terminate()
    process.wait(20)


def asked(url: str, body: bytes | None = None) -> Any:
    request = urllib.request.Request(url, body, {"Content-Type": "application/json"} if body else {})
    with urllib.request.urlopen(request, timeout=20) as answer:
        return json.loads(answer.read())


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="processes are found in /proc")
def test_two_hundred_records_are_neither_lost_nor_doubled(
    playwright: Playwright, browser_path: Path, tmp_path: Path, app_server: ContractServer, county: str
) -> None:
    code = asked(f"{county}/api/demo/enrolment-code", b"{}")["code"]
    until, met, life, done, held = time.monotonic() + SECONDS, Counter[str](), 0, None, 0
    while done is None:
        with a_lasting_browser(playwright, browser_path, tmp_path / "profile") as context:
            worker = Worker(context.pages[0], app_server)
            for _ in range(2):  # a life that ends in a reload, and one that ends in a kill
                worker.start()
                assert worker.call(f"{IN}:begin", code, VISITS, f"5/{life}") >= held
                life += 1
                enough = life * RECORDS // (INTERRUPTIONS + 2) if life <= INTERRUPTIONS else RECORDS + 1
                while done is None and held < enough:
                    assert time.monotonic() < until, "not all receipted in time"
                    done, held = worker.call(f"{IN}:state"), worker.call(f"{IN}:held")
                met.update(worker.call(f"{IN}:met"))
                if done is not None:
                    break
            if done is None:
                kill(tmp_path / "profile")
    logged = asked(f"{county}/api/demo/log-ids?author={done['kid']}")["ids"]
    assert life > INTERRUPTIONS
    assert {"drop", "dup", "reorder", "cut"} <= set(met)
    assert len(done["ids"]) == len(set(done["ids"])) == RECORDS
    assert sorted(logged) == sorted(done["ids"])
    assert (done["records_receipted"], done["visits_closed"]) == (RECORDS, VISITS)
    assert done["photos_confirmed"] == done["photos_total"] == VISITS
