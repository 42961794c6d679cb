"""The built app in the cockpit's frames: two phones of two origins, each enrolled by the code that stands below it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import context_of
from tests.demo.cockpit_walk import Cockpit, FramedPhone, wait_until
from tests.demo.test_cockpit import DESK, DemoProgram
from tests.e2e.test_screens import OUT

pytestmark = [pytest.mark.browser, pytest.mark.slow]
pytest_plugins = ["tests.e2e.app_built"]


class FramedApp(FramedPhone):
    """Loaded after a look at what this browser can."""

    def __init__(self, page: Page, number: int) -> None:
        self.page, self.number = page, number
        frame = page.frame_locator(f'iframe[data-phone="{number}"]')
        frame.locator("#do-continue").click(timeout=60_000)
        expect(frame.locator("#boot")).to_be_hidden(timeout=120_000)
        self.enable_semantics()

    @property
    def frame(self):
        found = self.page.locator(f'iframe[data-phone="{self.number}"]').element_handle().content_frame()
        assert found is not None
        return found


@pytest.fixture
def demo(built_app: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[DemoProgram]:
    monkeypatch.setenv("ZHUQI_APP_DIR", str(built_app))
    program = DemoProgram(tmp_path)
    program.start()
    yield program
    program.stop()


def test_the_app_as_a_page_takes_the_phones_place_in_both_frames_and_gives_it_back(
    browser: Browser, demo: DemoProgram
) -> None:
    with context_of(browser, viewport=DESK) as (context, _):
        page = context.new_page()
        page.set_default_timeout(60_000)
        Cockpit(page, demo.cockpit_url)
        for number in (1, 2):
            native = FramedPhone(page, number)
            wait_until(lambda native=native: native.shows("key-1"), "the phone that is not in a browser")
            page.locator(f'[data-press="app:{number}"]').click()
            told = page.locator(f'[data-held="{number}"]')
            expect(told).to_contain_text("登记码")
            code = re.search(r"(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}", told.inner_text())
            assert code is not None
            phone = FramedApp(page, number)
            phone.tap("enrol-code")
            page.keyboard.insert_text(code[0])
            phone.tap("enrol-send")
            wait_until(lambda phone=phone: phone.has("key-1"), lambda phone=phone: f"confirmed: {phone.text()}")
        page.screenshot(path=OUT / "cockpit-app.png")
        page.locator('[data-press="device:1"]').click()
        native = FramedPhone(page, 1)
        wait_until(lambda: native.shows("key-1"), lambda: "the phone that is not in a browser, as it was left")
        expect(page.locator('[data-signal="1"]')).to_be_enabled()


def test_without_a_built_app_the_demo_says_what_it_leaves_out(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZHUQI_APP_DIR", str(tmp_path / "nothing"))
    program = DemoProgram(tmp_path)
    program.start()
    try:
        assert "without the app as a page" in program.log.read_text("utf-8")
        with context_of(browser, viewport=DESK) as (context, _):
            page = context.new_page()
            page.goto(program.cockpit_url)
            expect(page.locator('[data-press="app:1"]')).to_have_count(0)
    finally:
        program.stop()
