"""The owners' pages on an old phone: small, quick to show on 3G, readable at 200 %, without an axe finding."""

from __future__ import annotations

import io
import itertools
import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image, ImageFilter
from playwright.sync_api import Browser, Page

from sync_server.accounts.account import Role
from sync_server.accounts.add_account import add_account
from sync_server.registry.keep_portrait import keep_portrait
from tests.browser import context_of
from tests.check.door import Door, digits, open_door
from tests.check.serving import Served, free_port
from tests.e2e.measured import WIDTHS, axe_findings, runs_over
from tests.sync.county import MILL, OFFICE

pytestmark = pytest.mark.browser

MOST_BYTES = 100_000
# 400 kbit/s with 400 ms on the way, and a CPU four times slower
SLOW_3G = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
PAINT_MS = 3_000
PASSWORD = "a long enough word 7"


@pytest.fixture(scope="module")
def door(tmp_path_factory) -> Door:
    door = open_door(tmp_path_factory.mktemp("look"), at=datetime.now(UTC))
    add_account(door.county.county, "line", PASSWORD, Role.HOTLINE, "热线")
    for person in ("p1", "p2"):
        keep_portrait(door.county.county, OFFICE, person, photograph())
    return door


def photograph() -> bytes:
    """With as much in it as a camera's picture of a person."""
    noise = Image.merge("RGB", [Image.effect_noise((960, 1280), 90) for _ in range(3)])
    out = io.BytesIO()
    noise.filter(ImageFilter.GaussianBlur(3)).save(out, "JPEG", quality=92)
    return out.getvalue()


@pytest.fixture(scope="module")
def served(door: Door) -> Iterator[Served]:
    with Served(door.county.app, free_port()) as running:
        yield running


def addresses(door: Door) -> dict[str, str]:
    def shown(age: int) -> str:
        return f"/v/{digits(door.pass_text(at=int(time.time()) - age))}"

    return {
        "sheet": f"/e/{MILL}-1",
        "void": f"/e/{MILL}-2",
        "unknown": f"/e/{MILL}-9",
        "good": shown(0),
        "old": shown(100),
        "expired": shown(400),
        "forged": "/v/12345678901234567890",
        "offline": "/check/offline",
    }


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_page_has_an_axe_finding(door, served, browser: Browser, language):
    with context_of(browser) as (context, _):
        page = context.new_page()
        page.goto(f"{served.url}/language/{language}")
        for name, path in addresses(door).items():
            page.goto(served.url + path)
            assert axe_findings(page) == [], name


def test_the_hotlines_desk_has_no_axe_finding(served, browser: Browser):
    with context_of(browser) as (context, _):
        page = context.new_page()
        page.goto(f"{served.url}/login")
        page.locator("[name=account]").fill("line")
        page.locator("[name=password]").fill(PASSWORD)
        page.get_by_role("button", name="登录").click()
        page.locator("[name=given]").fill("p1 000000")
        page.get_by_role("button", name="核验").click()
        assert page.get_by_text("对不上").is_visible()
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()


def test_nothing_runs_over_the_edge_at_any_size_of_type(door, served, browser: Browser):
    with context_of(browser) as (context, _):
        page = context.new_page()
        for name, path in addresses(door).items():
            page.goto(served.url + path)
            for width, percent in itertools.product(WIDTHS, (100, 200)):
                page.set_viewport_size({"width": width, "height": 740})
                assert runs_over(page, (percent,)) == [], (name, width)
                narrow = page.evaluate(
                    """() => [...document.querySelectorAll("main p, main dd, main li, main button")]
                      .filter((one) => one.offsetParent && one.innerText.length > 8 && one.offsetWidth < 48)
                      .map((one) => one.innerText)"""
                )
                assert narrow == [], (name, width, percent)


def loaded_bytes(page: Page, address: str) -> int:
    sizes: list[int] = []
    page.on("response", lambda response: sizes.append(len(response.body()) if response.status == 200 else 0))
    page.goto(address, wait_until="networkidle")
    return sum(sizes)


def test_a_page_with_its_style_and_scripts_is_under_100_kilobytes(door, served, browser: Browser):
    for name, path in addresses(door).items():
        with context_of(browser, service_workers="block") as (context, _):
            size = loaded_bytes(context.new_page(), served.url + path)
        assert 1_000 < size <= MOST_BYTES, (name, size)


def test_the_answer_is_painted_within_three_seconds_on_slow_3g_without_a_script(door, served, browser: Browser):
    with context_of(browser, java_script_enabled=False) as (context, _):
        page = context.new_page()
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        session.send("Network.emulateNetworkConditions", SLOW_3G)
        session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
        session.send("Performance.enable")
        page.goto(served.url + addresses(door)["good"])
        assert page.get_by_role("heading", name="可以放行").is_visible()
        timed = {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}
        painted = (timed["FirstMeaningfulPaint"] or timed["DomContentLoaded"]) - timed["NavigationStart"]
        assert 0 < painted * 1000 <= PAINT_MS, timed
