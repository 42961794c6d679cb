"""What a browser cannot do is said before anybody enrols, each with its reason and what to do."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from litestar import Litestar
from playwright.sync_api import Browser, Page, expect

from sync_server.app_files.read_site import read_site
from sync_server.app_files.routes import app_routes
from sync_server.settings import Settings
from tests.browser import context_of, problems_of
from tests.check.serving import Served, free_port
from tests.e2e.test_screens import OUT

pytestmark = pytest.mark.browser
pytest_plugins = ["tests.e2e.app_built"]

WECHAT = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36 MicroMessenger/8.0.50"
KEPT = """async () => {
  const name = (await caches.keys()).find((one) => one.startsWith('zhuqi-app-'));
  return (await (await caches.open(name)).keys()).length;
}"""
LACKS = {
    "ed25519": """const known = crypto.subtle.generateKey.bind(crypto.subtle);
      crypto.subtle.generateKey = (kind, ...rest) => kind === 'Ed25519'
        ? Promise.reject(new DOMException('no', 'NotSupportedError')) : known(kind, ...rest);""",
    "worker": "delete Object.getPrototypeOf(navigator).serviceWorker;",
    "keys": "IDBFactory.prototype.open = () => { throw new DOMException('no', 'InvalidStateError'); };",
    "opfs": """const known = globalThis.Worker;
      globalThis.Worker = class extends known { constructor(address, options) {
        super(address.endsWith('/probe.mjs') ? '/app/shell/nothing.mjs' : address, options); } };""",
}


@pytest.fixture(scope="module")
def address(built_app: Path) -> Iterator[str]:
    """The app's files alone: these pages ask nothing else of the county."""
    app = Litestar(app_routes(read_site(built_app), Settings(built_app, "")), logging_config=None)
    with Served(app, free_port()) as served:
        yield f"{served.url}/app/"


def shot(page: Page, name: str) -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=OUT / f"app-{name}.png", full_page=True)


@pytest.mark.parametrize("what", LACKS)
def test_a_browser_that_cannot_keep_a_phone_is_told_why_and_nothing_is_started(
    browser: Browser, address: str, what: str
) -> None:
    with context_of(browser) as (context, traffic):
        page = context.new_page()
        page.add_init_script(LACKS[what])
        page.goto(address)
        expect(page.get_by_text("这个浏览器不能用")).to_be_visible()
        refused = page.locator("li.bad")
        expect(refused).to_have_id(f"can-{what}_no")
        shot(page, f"cannot-{what}")
        assert page.locator("#do-continue").count() == 0
        assert [url for url in traffic.urls if url.endswith((".wasm", ".pack"))] == []


def test_inside_wechat_it_says_open_in_the_browser(browser: Browser, address: str) -> None:
    with context_of(browser, user_agent=WECHAT) as (context, _):
        page = context.new_page()
        page.goto(address)
        expect(page.locator("#can-wechat_no")).to_contain_text("在浏览器打开")
        expect(page.locator("#can-wechat_no")).to_contain_text("Open in browser")
        assert page.locator("#do-continue").count() == 0
        shot(page, "wechat")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_browser_that_can_says_what_it_does_not_promise_before_it_goes_on(
    browser: Browser, address: str, theme: str
) -> None:
    with context_of(browser, color_scheme=theme) as (context, _):
        page = context.new_page()
        problems = problems_of(page)
        page.goto(address)
        expect(page.locator("#can-persisted_no")).to_be_visible()
        expect(page.locator("#can-standalone_no")).to_be_visible()
        expect(page.get_by_role("button", name="继续")).to_be_in_viewport()
        shot(page, f"can-{theme}")
        assert problems == []


def test_a_phone_without_room_is_told_how_much_it_needs(browser: Browser, address: str) -> None:
    with context_of(browser) as (context, _):
        page = context.new_page()
        asked = context.new_cdp_session(page)
        asked.send("Storage.overrideQuotaForOrigin", {"origin": address.removesuffix("/app/"), "quotaSize": 8_000_000})
        page.goto(address)
        page.get_by_role("button", name="继续").click()
        expect(page.get_by_text("存储空间不足，请先腾出约 60 MB")).to_be_visible(timeout=30_000)
        expect(page.get_by_role("button", name="重试")).to_be_visible()


def test_the_first_start_that_loses_its_network_keeps_what_came_and_goes_on(browser: Browser, built_app: Path) -> None:
    port = free_port()
    app = Litestar(app_routes(read_site(built_app), Settings(built_app, "")), logging_config=None)
    with context_of(browser) as (context, _):
        page = context.new_page()
        with Served(app, port) as served:
            page.goto(f"{served.url}/app/")
            page.get_by_role("button", name="继续").click()
            page.wait_for_timeout(150)
        expect(page.get_by_role("heading", name="下载没有完成")).to_be_visible(timeout=30_000)
        shot(page, "no-download")
        with Served(app, port):
            page.get_by_role("button", name="重试").click()
            expect(page.locator("#boot")).to_be_hidden(timeout=60_000)


def test_drawn_as_in_safari_and_firefox_it_opens_too_and_keeps_the_other_engines_files_off_the_phone(
    browser: Browser, built_app: Path
) -> None:
    """CanvasKit, which they get, in this browser."""
    port = free_port()
    app = Litestar(app_routes(read_site(built_app), Settings(built_app, "")), logging_config=None)
    with context_of(browser) as (context, traffic):
        page = context.new_page()
        page.add_init_script("Object.defineProperty(navigator, 'vendor', { get: () => 'Apple Computer, Inc.' });")
        with Served(app, port) as served:
            page.goto(f"{served.url}/app/")
            page.get_by_role("button", name="继续").click()
            expect(page.locator("#boot")).to_be_hidden(timeout=90_000)
        shot(page, "canvaskit")
        kept = page.evaluate(KEPT)
        listed = json.loads((built_app / "app.json").read_text("utf-8"))["files"]
        assert kept == len({file["name"] for file in listed if file["renderer"] in ("", "canvaskit")})
        assert not [url for url in traffic.urls if "skwasm" in url]
