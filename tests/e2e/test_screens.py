"""Every screen, light and dark, in both languages: nothing beside the screen or cut off, contrast, size of targets.

The pictures are left in `.build/screens` to be looked at.
"""

from __future__ import annotations

import json
import threading
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from sync_server.enrolment.confirm_enrolment import confirm_enrolment
from sync_server.enrolment.pending import waiting_enrolments
from tests.browser import context_of
from tests.e2e.conftest import Story
from tests.e2e.hands import PIN, sees, sees_screen, tap, unlock, write
from tests.e2e.looks import nodes_of, problems_of_look, still_picture
from tests.e2e.processes import FieldApp, a_free_port
from tests.e2e.serve_county import opened
from tests.field_state.rig import code_picture
from tests.flet_page import FletPage

pytestmark = [pytest.mark.browser, pytest.mark.slow]
OUT = Path(__file__).resolve().parents[2] / ".build" / "screens"
LIGHTS = ("light", "dark")


class Walk:
    """`lights`: the phone's own, in each of which every screen is looked at where the app follows the phone."""

    def __init__(self, page: FletPage, name: str, lights: tuple[str, ...] = ()) -> None:
        self.page, self.name, self.lights = page, name, lights
        self.problems: dict[str, list[str]] = {}

    def look(self, screen: str) -> None:
        self.page.page.mouse.move(0, 0)
        png = self._judged(f"{self.name}-{self.lights[0]}" if self.lights else self.name, screen)
        for light in self.lights[1:]:
            self.page.page.emulate_media(color_scheme=light)  # type: ignore[arg-type]
            self._until_other_than(png)
            png = self._judged(f"{self.name}-{light}", screen)
        self.lights = self.lights[::-1]

    def _until_other_than(self, png: bytes) -> None:
        """A screen that shows a code alone stays as bright as it is."""
        deadline = time.monotonic() + 5
        while self.page.page.screenshot() == png and time.monotonic() < deadline:
            self.page.page.wait_for_timeout(50)

    def _judged(self, name: str, screen: str) -> bytes:
        """What is wrong is looked at again: a colour may be on its way."""
        OUT.mkdir(parents=True, exist_ok=True)
        deadline = time.monotonic() + 3
        while True:
            png = still_picture(self.page.page)
            found = problems_of_look(self.page.page, png)
            if not found or time.monotonic() > deadline:
                break
        (OUT / f"{name}-{screen}.png").write_bytes(png)
        if found:
            self.problems[f"{name} {screen}"] = found
        return png

    def scroll(self, by: int = 2000) -> None:
        """Until nothing moves any more; at the end of a screen nothing ever does."""
        before = places = nodes_of(self.page.page)
        deadline = time.monotonic() + 1
        self.page.page.mouse.move(195, 400)
        self.page.page.mouse.wheel(0, by)
        while time.monotonic() < deadline:
            self.page.page.wait_for_timeout(100)
            now = nodes_of(self.page.page)
            if now == places != before:
                return
            places = now


@pytest.fixture
def phones(story: Story, tmp_path: Path) -> Iterator[FieldApp]:
    """With the cockpit's hooks, so that phones are enrolled without typing and codes are held before them."""
    app = FieldApp(tmp_path / "held", a_free_port(), story.server, story.folder / "clock.json", "--cockpit")
    app.start()
    yield app
    app.stop()


def _ask(app: FieldApp, method: str, path: str, body: bytes) -> bytes:
    request = urllib.request.Request(f"{app.url}/cockpit/phone/{path}", body, method=method)
    with urllib.request.urlopen(request, timeout=60) as answer:
        return bytes(answer.read())


def _confirm_soon(story: Story) -> None:
    county = opened(story.folder)
    for _ in range(300):
        for waiting in waiting_enrolments(county):
            confirm_enrolment(county, "clerk", waiting.id, keep_others=True)
            return
        time.sleep(0.1)


def _enrol(story: Story, app: FieldApp, number: int) -> None:
    clerk = threading.Thread(target=_confirm_soon, args=(story,))
    clerk.start()
    code = story.server.enrolment_code(story.cast.inspector)
    _ask(app, "POST", f"{number}/setup", json.dumps({"code": code, "pin": PIN}).encode())
    clerk.join()


def _hold(app: FieldApp, story: Story, uscc: str) -> None:
    _ask(app, "POST", "1/hold", code_picture(story.gate_code(uscc)))


def _before_enrolment(walk: Walk, app: FieldApp, story: Story, number: int, language: str) -> None:
    page = walk.page
    page.open(app.phone(number))
    sees_screen(page, "enrol")
    if language == "en":
        page.tap_id("language")
        page.sees("Enrol this phone")
    walk.look("enrol")
    write(page, "enrol-code", story.server.enrolment_code(story.cast.colleague).rsplit("/", 1)[-1])
    tap(page, "enrol-send", "screen-enrol-waiting")
    walk.look("enrol-waiting")
    story.confirm_on_screen(page)
    sees_screen(page, "pin")
    walk.look("pin")


def _set_look(page: FletPage, language: str, theme: str) -> None:
    tap(page, "settings", "screen-settings")
    page.tap_id(f"language-{language}")
    page.tap_id(f"theme-{theme}")


def _gate(walk: Walk, app: FieldApp, story: Story) -> None:
    page, cast = walk.page, story.cast
    _ask(app, "DELETE", "1/hold", b"")
    tap(page, "scan", "screen-scan")
    walk.look("scan")
    write(page, "typed", "食品")
    sees(page, "found-0")
    walk.look("scan-names")
    _hold(app, story, cast.not_filed)
    sees(page, "verdict-deny")
    walk.look("gate-deny")
    walk.scroll()
    walk.look("gate-deny-below")
    if page.by_id("reasons-too_few_people").count():
        walk.scroll(-5000)
        tap(page, "people-edit", "person-0")
        page.tap_id("person-0")
        tap(page, "people-done", "screen-gate")
    tap(page, "claim", "screen-claim")
    page.tap_id("claim-reason-complaint")
    walk.look("claim")
    write(page, "claim-note", "罐区泄漏，需立即处置")
    walk.scroll()
    write(page, "claim-proof", "12345-881")
    walk.scroll()
    page.page.locator('[flt-semantics-identifier^="claim-approver"]').last.click()
    walk.look("claim-below")
    tap(page, "claim-done", "screen-gate")
    sees(page, "verdict-allow_then_file")
    walk.look("gate-then-file")
    walk.scroll()
    tap(page, "people-edit", "screen-people")
    walk.look("people")
    walk.scroll(5000)
    walk.look("people-below")
    tap(page, "people-done", "screen-gate")
    walk.scroll()
    tap(page, "purpose-service", "verdict-allow")
    walk.scroll()
    walk.look("gate-service")
    tap(page, "purpose-inspection", "verdict-allow_then_file")
    tap(page, "claim-withdraw", "verdict-deny")
    tap(page, "leave", "screen-today")


def _visit(walk: Walk, app: FieldApp, story: Story) -> None:
    page = walk.page
    _hold(app, story, story.cast.filed)
    tap(page, "scan", "screen-gate")
    if page.by_id("reasons-filing_used_up").count():  # three visits are filed, and this is the fourth walk
        walk.scroll()
        page.tap_id("purpose-service")
    sees(page, "verdict-allow")
    walk.look("gate-allow")
    tap(page, "enter", "screen-visit")
    walk.look("visit-empty")
    tap(page, "guide", "snippet-0")
    walk.look("guide")
    tap(page, "snippet-0", "written-0")
    tap(page, "need", "screen-need")
    walk.look("need")
    write(page, "text", "夏季用电负荷不够")
    tap(page, "write", "written-1")
    tap(page, "photo", "shutter")
    page.page.wait_for_timeout(400)
    walk.look("photo")
    tap(page, "shutter", "written-2")
    walk.look("visit")
    tap(page, "close", "screen-close")
    walk.look("close-why")
    tap(page, "back", "screen-visit")
    tap(page, "law", "snippet-0")
    walk.look("law")
    tap(page, "snippet-0", "written-3")
    tap(page, "close", "screen-close")
    walk.look("close")
    tap(page, "back", "screen-visit")
    tap(page, "back", "in-progress")
    walk.look("today-in-progress")
    tap(page, "in-progress", "screen-visit")
    tap(page, "close", "screen-close")
    tap(page, "close-confirm", "screen-today")
    walk.look("today")
    walk.scroll()
    walk.look("today-below")


def _after(walk: Walk) -> None:
    page = walk.page
    tap(page, "history", "history-0")
    walk.look("history")
    tap(page, "history-0", "screen-visit")
    walk.look("visit-closed")
    walk.scroll()
    walk.look("visit-closed-below")
    tap(page, "back", "screen-history")
    tap(page, "back", "screen-today")
    tap(page, "sync-line", "screen-outbox")
    walk.look("outbox")
    tap(page, "back", "screen-today")
    tap(page, "settings", "screen-settings")
    walk.look("settings")
    walk.scroll()
    walk.look("settings-below")
    walk.scroll(-4000)
    tap(page, "lock-now", "screen-unlock")
    walk.look("unlock")


def test_every_screen_is_whole_and_readable_in_both_languages_and_lights(
    story: Story, phones: FieldApp, browser: Browser
) -> None:
    _enrol(story, phones, 1)
    problems: dict[str, list[str]] = {}
    for i, language in enumerate(("zh", "en")):
        with context_of(browser, color_scheme=LIGHTS[0]) as (context, _):
            walk = Walk(FletPage(context), language, LIGHTS)
            _before_enrolment(walk, phones, story, 10 + i, language)
            walk.page.open(phones.phone(1))
            unlock(walk.page)
            if walk.page.by_id("screen-settings").count():
                tap(walk.page, "back", "screen-today")
            _set_look(walk.page, language, "system")
            tap(walk.page, "back", "screen-today")
            _gate(walk, phones, story)
            _visit(walk, phones, story)
            _after(walk)
            second = FletPage(context)
            second.open(phones.phone(1))
            away = Walk(second, walk.name, LIGHTS)
            sees_screen(second, "away")
            away.look("away")
            problems |= walk.problems | away.problems
    assert problems == {}
