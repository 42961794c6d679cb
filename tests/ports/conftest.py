from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser import context_of
from tests.ports.serving import ContractServer, serving
from tests.ports.worker import Worker

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
