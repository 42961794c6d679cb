"""The browser's storage when things go badly: killed, reloaded, opened twice, full."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Playwright
from playwright.sync_api import Error as PlaywrightError

from shared_models import suite
from tests.browser import ARGUMENTS
from tests.ports.serving import ContractServer
from tests.ports.worker import Worker

pytestmark = pytest.mark.browser
IN = "tests.ports.in_browser"


def processes_of(profile: Path) -> list[int]:
    """Of the browser that was started on this profile, and of no other."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if f"--user-data-dir={profile}" in place.joinpath("cmdline").read_text("utf-8", "replace"):
                found.append(int(place.name))
    return found


def kill(profile: Path) -> None:
    for process in processes_of(profile):
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
    until = time.monotonic() + 10
    while processes_of(profile):
        assert time.monotonic() < until


@contextmanager
def a_lasting_browser(playwright: Playwright, path: Path, profile: Path) -> Iterator[BrowserContext]:
    more = ["--no-sandbox"] if os.geteuid() == 0 else []
    context = playwright.chromium.launch_persistent_context(profile, executable_path=path, args=[*ARGUMENTS, *more])
    context.set_default_timeout(120_000)
    try:
        yield context
    finally:
        with suppress(PlaywrightError):
            context.close()


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="processes are found in /proc")
def test_what_was_told_saved_is_there_after_the_browser_was_killed(
    playwright: Playwright, browser_path: Path, tmp_path: Path, app_server: ContractServer
) -> None:
    key, told = None, 0
    for _ in range(3):
        with a_lasting_browser(playwright, browser_path, tmp_path) as context:
            worker = Worker(context.pages[0], app_server)
            worker.start()
            assert worker.call(f"{IN}:open_phone") == ""
            assert worker.call(f"{IN}:written") >= told
            assert worker.call(f"{IN}:check_whole")[0] == "ok"
            assert key in (None, worker.call(f"{IN}:public_key"))
            key, before = worker.call(f"{IN}:public_key"), told
            worker.call(f"{IN}:start_writing")
            while told < before + 40:
                told = worker.call(f"{IN}:told")
            kill(tmp_path)
    assert told >= 120


def test_a_page_that_is_loaded_anew_in_the_middle_of_writing_goes_on(worker: Worker) -> None:
    assert worker.call(f"{IN}:open_phone") == ""
    key, told = worker.call(f"{IN}:public_key"), 0
    for _ in range(3):
        worker.call(f"{IN}:start_writing")
        before = told
        while told < before + 20:
            told = worker.call(f"{IN}:told")
        worker.start()
        assert worker.call(f"{IN}:open_phone") == ""
        assert worker.call(f"{IN}:written") >= told
        assert worker.call(f"{IN}:check_whole")[0] == "ok"
    assert worker.call(f"{IN}:public_key") == key


def test_a_second_tab_is_told_and_has_the_phone_when_the_first_is_closed(worker: Worker) -> None:
    assert worker.call(f"{IN}:open_phone") == ""
    second = Worker(worker.page.context.new_page(), worker.server)
    second.start()
    assert second.call(f"{IN}:open_phone") == "phone_busy"
    worker.page.close()
    assert second.call(f"{IN}:open_phone") == ""


def test_a_full_browser_is_told_loses_nothing_and_goes_on_when_there_is_room(worker: Worker) -> None:
    assert worker.call(f"{IN}:open_phone") == ""
    assert worker.call(f"{IN}:fill", 2) == ""
    protocol = worker.page.context.new_cdp_session(worker.page)
    used = worker.page.evaluate("navigator.storage.estimate().then((it) => it.usage)")
    origin = worker.server.address
    protocol.send("Storage.overrideQuotaForOrigin", {"origin": origin, "quotaSize": used + 3_000_000})
    assert worker.call(f"{IN}:fill", 30) == "disk_full"
    kept = worker.call(f"{IN}:photos")
    assert 2 <= kept < 30
    assert worker.call(f"{IN}:check_whole")[0] == "ok"
    protocol.send("Storage.overrideQuotaForOrigin", {"origin": origin})
    assert worker.call(f"{IN}:fill", kept + 2) == ""
    assert worker.call(f"{IN}:photos") == kept + 2


def test_the_keys_cannot_be_read_out_and_what_they_sign_verifies_elsewhere(worker: Worker) -> None:
    assert worker.call(f"{IN}:open_phone") == ""
    key = bytes.fromhex(worker.call(f"{IN}:public_key"))
    signature = bytes.fromhex(worker.call(f"{IN}:sign", b"record".hex()))
    suite.verify(key, b"record", signature)  # by the cryptography package
    assert worker.page.evaluate(READ_KEYS_OUT) == [[False, "InvalidAccessError"]] * 2


READ_KEYS_OUT = """() => new Promise((done) => {
  const asked = indexedDB.open('zhuqi-phone');
  asked.onsuccess = () => {
    const read = asked.result.transaction('phones').objectStore('phones').getAll();
    const attempt = (key) => crypto.subtle.exportKey('jwk', key).then(() => 'out', (error) => error.name);
    read.onsuccess = async () => {
      const keys = read.result.flatMap((entry) => [entry.signing, entry.data]);
      done(await Promise.all(keys.map(async (key) => [key.extractable, await attempt(key)])));
    };
  };
})"""


def test_a_record_costs_little(
    playwright: Playwright, browser_path: Path, tmp_path: Path, app_server: ContractServer
) -> None:
    """Generous limits for a machine that does other things; docs/benchmarks.md has what an idle one takes."""
    with a_lasting_browser(playwright, browser_path, tmp_path) as context:
        worker = Worker(context.pages[0], app_server)
        worker.start()
        assert worker.call(f"{IN}:open_phone") == ""
        found = worker.call(f"{IN}:figures")
        slow = {name: took for name, took in found.items() if took > LIMITS[name]}
        assert slow == {}


LIMITS = {"sign": 5, "verify": 10, "durable_commit": 20, "seal_300": 2, "open_300": 2, "open_400k": 400}
"""Milliseconds."""


def test_power_that_goes_at_any_moment_takes_nothing_that_was_told_saved(idle_worker: Worker) -> None:
    """On a device in memory that keeps, loses or tears whatever was not flushed, in any order."""
    idle_worker.start(without="steady_power")
    found = idle_worker.call("tests.ports.power_inside:cut_power", 60, 5)
    assert found["commits"] > 100
    assert found["unfinished"] > 0
