"""The app asks its own county and nobody else: no request is made that the page's policy would have to stop."""

from __future__ import annotations

from pathlib import Path

import pytest
from litestar import Litestar
from playwright.sync_api import Browser, expect

from sync_server.app_files.read_site import read_site
from sync_server.app_files.routes import app_routes
from sync_server.settings import Settings
from tests.browser import context_of, leaves_the_machine
from tests.check.serving import Served, free_port

pytestmark = pytest.mark.browser
pytest_plugins = ["tests.e2e.app_built"]

WATCH = """globalThis.stopped = [];
addEventListener('securitypolicyviolation', (event) => stopped.push(event.blockedURI));"""
OWN_POLICY_ONLY = """async () => {
  const tried = document.createElement('img');
  const told = new Promise((ok) => addEventListener('securitypolicyviolation', ok, { once: true }));
  tried.src = 'https://elsewhere.example/pixel.png';
  return (await told).blockedURI;
}"""


@pytest.mark.parametrize("vendor", ["Google Inc.", "Apple Computer, Inc."])
def test_from_the_first_visit_to_a_start_without_network_no_other_host_is_even_asked(
    browser: Browser, built_app: Path, vendor: str
) -> None:
    app = Litestar(app_routes(read_site(built_app), Settings(built_app, "")), logging_config=None)
    with context_of(browser) as (context, traffic):
        context.add_init_script(WATCH)
        context.add_init_script(f"Object.defineProperty(navigator, 'vendor', {{ get: () => '{vendor}' }});")
        page = context.new_page()
        with Served(app, free_port()) as served:
            page.goto(f"{served.url}/app/")
            page.get_by_role("button", name="继续").click()
            expect(page.locator("#boot")).to_be_hidden(timeout=90_000)
            assert page.evaluate("stopped") == []
        page.reload()
        expect(page.locator("#boot")).to_be_hidden(timeout=90_000)
        assert page.evaluate("stopped") == []
        assert [url for url in traffic.urls if leaves_the_machine(url)] == []
        assert page.evaluate(OWN_POLICY_ONLY).startswith("https://elsewhere.example")
        assert page.evaluate("stopped") != []
