"""`zhuqi simulate` against a server in a process of its own, and what it reckons from."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from field_app.simulate.cli import simulate
from field_app.simulate.run import Reckoning
from shared_models.people import Department, Person
from sync_server.county import County
from sync_server.enrolment.confirm_enrolment import confirm_enrolment
from sync_server.enrolment.issue_code import issue_code
from sync_server.enrolment.pending import waiting_enrolments
from sync_server.open_county import open_county
from sync_server.registry.register_departments import register_departments
from sync_server.registry.register_people import register_people
from sync_server.settings import settings_from

ZHUQI = [sys.executable, "-m", "sync_server"]


def serve(data: Path, port: int, *, demo: bool) -> subprocess.Popen[bytes]:
    environment = {"ZHUQI_DEMO": "1" if demo else "0", "PATH": "/usr/bin:/bin"}
    process = subprocess.Popen([*ZHUQI, "server", "--port", str(port), "--data", str(data)], env=environment)
    until = time.monotonic() + 30
    while True:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/health/ready", timeout=2).close()
        except OSError:
            assert process.poll() is None, "the server did not start"
            assert time.monotonic() < until, "the server did not come up"
            time.sleep(0.05)
        else:
            return process


@pytest.fixture
def demo_server(tmp_path: Path, free_port: int) -> Iterator[str]:
    process = serve(tmp_path / "county", free_port, demo=True)
    yield f"http://127.0.0.1:{free_port}"
    process.terminate()
    process.wait(20)


@pytest.mark.slow
def test_phones_over_the_worst_network_lose_and_double_nothing(demo_server: str) -> None:
    options = ["--phones", "4", "--visits", "3", "--seed", "7", "--faults", "drop,dup,reorder,cut,kill", "--json"]
    result = CliRunner().invoke(simulate, ["--server", demo_server, "--timeout", "120", *options])
    assert result.exit_code == 0, result.output
    report = json.loads(result.stdout)
    assert (report["lost"], report["doubled"]) == (0, 0)
    assert report["sent"] == report["receipted"] == 4 * 3 * 5
    assert (report["photos"], report["photos_confirmed"], report["visits"]) == (12, 12, 12)
    assert report["checked_against"] == "log"
    assert report["seconds"] > 0


def test_a_server_that_is_no_demo_takes_codes_from_a_file_and_a_clerk(tmp_path: Path, free_port: int) -> None:
    data = tmp_path / "county"
    county = open_county(settings_from({}, data_dir=data))
    register_departments(county, "office", [Department("market", "市场监管局")])
    register_people(county, "office", [Person("p1", "market", "A1", name="林一")])
    codes = tmp_path / "codes.txt"
    codes.write_text("\n".join(issue_code(county, "office", "p1").typed for _ in range(2)), "utf-8")
    over = threading.Event()
    clerk = threading.Thread(target=confirm_all, args=(county, over))
    process = serve(data, free_port, demo=False)
    clerk.start()
    try:
        options = ["--server", f"http://127.0.0.1:{free_port}", "--phones", "2", "--visits", "1", "--timeout", "60"]
        refused = CliRunner().invoke(simulate, [*options, "--json"])
        assert refused.exit_code == 1
        assert "not_found" in refused.stderr
        result = CliRunner().invoke(simulate, [*options, "--codes", str(codes), "--json"])
    finally:
        over.set()
        clerk.join()
        process.terminate()
        process.wait(20)
        county.engine.dispose()
    assert result.exit_code == 0, result.output
    report = json.loads(result.stdout)
    assert (report["sent"], report["receipted"], report["lost"], report["doubled"]) == (10, 10, 0, 0)
    assert report["checked_against"] == "receipts"


def confirm_all(county: County, over: threading.Event) -> None:
    while not over.wait(0.1):
        for waiting in waiting_enrolments(county):
            confirm_enrolment(county, "office", waiting.id, keep_others=True)


@pytest.mark.parametrize(
    ("changes", "is_whole"),
    [({}, True), ({"lost": 1}, False), ({"doubled": 1}, False), ({"receipted": 9}, False), ({"photos": 2}, False)],
)
def test_only_a_whole_reckoning_counts_as_one(changes: dict[str, int], is_whole: bool) -> None:
    values = {"sent": 10, "receipted": 10, "lost": 0, "doubled": 0, "photos": 1, "photos_confirmed": 1}
    rest = {"seconds": 1.0, "phones": 1, "visits": 2, "kills": 0, "faults": {}, "checked_against": "log"}
    assert Reckoning(**{**values, **changes}, **rest).is_whole is is_whole


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--faults", "drop,earthquake"], "earthquake"),
        (["--phones", "0"], "--phones"),
        ([], "--server"),
    ],
)
def test_a_wrong_option_is_told_and_exits_2(options: list[str], says: str) -> None:
    server = [] if says == "--server" else ["--server", "http://127.0.0.1:9"]
    result = CliRunner().invoke(simulate, [*server, *options])
    assert result.exit_code == 2
    assert says in result.output
