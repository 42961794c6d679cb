"""A phone whose browser holds the app: a profile that stays while the browser is closed, killed and started again."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import BrowserContext, Error, Page, Playwright, expect

from sync_server.demo.filings import Cast
from sync_server.enrolment.confirm_enrolment import confirm_enrolment
from sync_server.enrolment.pending import waiting_enrolments
from tests.browser import ARGUMENTS, PHONE, Traffic, leaves_the_machine
from tests.e2e.hands import PIN, sees, sees_screen, tap, write
from tests.e2e.processes import Server, wait_until
from tests.e2e.serve_county import HOST, opened
from tests.fake_camera import FakeCamera
from tests.flet_page import FletPage

OPEN_WITHIN_MS = 60_000


@dataclass
class AppStory:
    """A county's server that serves the app, and who and what in it the tests are about."""

    server: Server
    cast: Cast
    folder: Path
    app_dir: Path

    def gate_code(self, uscc: str) -> str:
        return f"https://{HOST}/e/{uscc}-1"

    @property
    def shift_seconds(self) -> int:
        return int(json.loads((self.folder / "clock.json").read_text("utf-8"))["shift_seconds"])

    def confirm_on_screen(self, page: FletPage) -> None:
        county = opened(self.folder)
        try:
            shown = page.text()
            (waiting,) = [one for one in waiting_enrolments(county) if all(word in shown for word in one.words)]
            confirm_enrolment(county, "clerk", waiting.id, keep_others=True)
        finally:
            county.engine.dispose()

    def publish(self, built: Path, *, start: bool = True) -> None:
        """Another build in the place of the one that is served, as an operator puts it there."""
        self.server.stop()
        shutil.rmtree(self.app_dir)
        shutil.copytree(built, self.app_dir)
        if start:
            self.server.start()


class AppPhone:
    def __init__(
        self, playwright: Playwright, browser: Path, profile: Path, camera: FakeCamera, story: AppStory
    ) -> None:
        self._playwright, self._browser, self._profile = playwright, browser, profile
        self._camera, self._story = camera, story
        self.traffic = Traffic()
        self.context: BrowserContext | None = None

    @property
    def address(self) -> str:
        return f"{self._story.server.url}/app/"

    def browser(self, *arguments: str, locale: str = "zh-CN") -> BrowserContext:
        """A new browser process over the same profile."""
        wanted = [*ARGUMENTS, f"--use-file-for-fake-video-capture={self._camera.path}", *arguments]
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            wanted.append("--no-sandbox")
        self.context = self._playwright.chromium.launch_persistent_context(
            self._profile,
            executable_path=self._browser,
            args=wanted,
            viewport=PHONE,
            locale=locale,
            timezone_id="Asia/Shanghai",
            permissions=["camera"],
        )
        self.traffic.watch(self.context)
        return self.context

    def start(self, path: str = "?src=home") -> FletPage:
        """The app as from the home screen, in a browser process of its own; open when it returns."""
        context = self.context or self.browser()
        page = FletPage(context, context.new_page(), timeout_ms=OPEN_WITHIN_MS)
        page.page.goto(self.address + path, wait_until="domcontentloaded")
        return self.opened(page)

    def opened(self, page: FletPage) -> FletPage:
        go = page.page.locator("#do-continue")
        expect(page.page.locator("#boot").and_(page.page.locator(":not(:visible)")).or_(go)).to_have_count(
            1, timeout=OPEN_WITHIN_MS
        )
        if go.count():
            go.click()
        expect(page.page.locator("#boot")).to_be_hidden(timeout=OPEN_WITHIN_MS)
        return page.enable_semantics()

    def close(self) -> None:
        if self.context is not None:
            self.context.close()
        self.context = None

    def kill(self) -> None:
        """SIGKILL for every process of this browser: nothing is flushed, no page hears of it."""
        listed = subprocess.run(["ps", "-eww", "-o", "pid=,args="], capture_output=True, text=True, check=True).stdout
        ours = [int(line.split()[0]) for line in listed.splitlines() if f"--user-data-dir={self._profile}" in line]
        assert ours, "no browser of this profile"
        for pid in ours:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        with suppress(Error):
            self.close()
        self.context = None
        for lock in ("SingletonLock", "SingletonCookie", "SingletonSocket"):
            (self._profile / lock).unlink(missing_ok=True)

    def enrol(self, officer: str) -> FletPage:
        page = self.start(f"?shift_seconds={self._story.shift_seconds}")
        sees_screen(page, "enrol")
        write(page, "enrol-code", self._story.server.enrolment_code(officer).rsplit("/", 1)[-1])
        tap(page, "enrol-send", "screen-enrol-waiting")
        self._story.confirm_on_screen(page)
        sees_screen(page, "pin")
        for digit in PIN:
            page.tap_id(f"key-{digit}")
        tap(page, "pin-set", "screen-today")
        sees(page, "filed-0")
        return page

    def stays_here(self) -> None:
        """Nothing asked another machine, and so there was nothing for the page's own policy to stop."""
        assert [url for url in self.traffic.urls if leaves_the_machine(url)] == []


def kid_on_screen(page: FletPage) -> str:
    """From the settings, where the phone's key is shown in fours."""
    tap(page, "settings", "about")
    page.sees("密钥指纹")
    lines = [line.replace(" ", "") for line in page.text().splitlines() if line.count(" ") == 3]
    (kid,) = [line for line in lines if len(line) == 16 and all(sign in "0123456789abcdef" for sign in line)]
    tap(page, "back", "screen-today")
    return kid


def all_receipted(page: FletPage, text: str, within: float = 120.0) -> None:
    wait_until(lambda: text in page.text(), text, within)


def texts_of(page: Page, selector: str) -> str:
    return page.locator(selector).inner_text()


def poll(page: Page, is_so: Callable[[], bool], what: str, within: float = 60.0) -> None:
    """As `wait_until`, but lets Playwright hear of what happens in the meantime."""

    def look() -> bool:
        page.wait_for_timeout(20)
        return is_so()

    wait_until(look, what, within)
