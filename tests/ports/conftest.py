from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import context_of
from tests.ports.serving import ContractServer, serving

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def answers() -> Iterator[ContractServer]:
    with serving() as server:
        yield server


@pytest.fixture(scope="session")
def app_server() -> Iterator[ContractServer]:
    from field_app.app_site.policy import policy  # noqa: PLC0415 the native half needs nothing of the builder
    from tests.ports.app_files import NotBuiltError, app_files  # noqa: PLC0415

    try:
        files = app_files(ROOT / (os.environ.get("ZHUQI_BUILD_DIR") or ".build"))
    except NotBuiltError as err:
        pytest.skip(f"the browser's ports: {err}")
    with serving(files, policy()) as server:
        yield server


class Worker:
    """The app's Python in a page of a real browser."""

    def __init__(self, page: Page, server: ContractServer) -> None:
        self.page, self.server = page, server

    def start(self, without: str = "") -> None:
        """`without`: one of those that harness.mjs can take away."""
        self.page.goto(self.server.address + (f"/?without={without}" if without else "/"))
        self.page.wait_for_function("globalThis.call")

    def call(self, target: str, *given: Any) -> Any:
        """Raises AssertionError with what Python said."""
        found = self.page.evaluate("([target, given]) => call(target, given)", [target, json.dumps(given)])
        assert "error" not in found, found.get("error")
        return json.loads(found["answer"])


@pytest.fixture
def idle_worker(browser: Browser, app_server: ContractServer) -> Iterator[Worker]:
    """A fresh profile."""
    with context_of(browser) as (context, _):
        context.set_default_timeout(120_000)
        yield Worker(context.new_page(), app_server)


@pytest.fixture
def worker(idle_worker: Worker) -> Worker:
    idle_worker.start()
    return idle_worker


@pytest.fixture(scope="module")
def lasting_worker(browser: Browser, app_server: ContractServer) -> Iterator[Worker]:
    """One start for many claims: they share a phone, and each leaves it closed."""
    with context_of(browser) as (context, _):
        context.set_default_timeout(120_000)
        started = Worker(context.new_page(), app_server)
        started.start()
        yield started
