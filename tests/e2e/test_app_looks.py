"""The app as a page looks as it does natively, in both languages, and its screens are whole and readable."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Browser

from tests.browser import context_of
from tests.e2e.app_phone import AppPhone, AppStory
from tests.e2e.hands import PIN, sees, sees_screen, tap, write
from tests.e2e.processes import FieldApp, a_free_port
from tests.e2e.test_screens import Walk
from tests.fake_camera import FakeCamera
from tests.flet_page import FletPage

pytestmark = [pytest.mark.browser, pytest.mark.slow]
pytest_plugins = ["tests.e2e.app_built"]
Phones = Callable[..., AppPhone]
MOST_DIFFERENT, TRIES = 0.01, 12
"""Of all pixels: room for a caret that blinks and a minute that passes."""


@pytest.fixture
def native(app_story: AppStory, tmp_path: Path) -> Iterator[FieldApp]:
    field = FieldApp(tmp_path / "native", a_free_port(), app_story.server, app_story.folder / "clock.json")
    field.start()
    yield field
    field.stop()


def picture(page: FletPage) -> Image.Image:
    page.page.mouse.move(0, 0)
    page.page.wait_for_timeout(700)
    return Image.open(io.BytesIO(page.page.screenshot())).convert("L")


def differing(one: Image.Image, other: Image.Image) -> float:
    assert one.size == other.size
    counts = ImageChops.difference(one, other).point(lambda value: 255 if value > 40 else 0).histogram()
    return counts[255] / (one.width * one.height)


def _enrolled(page: FletPage, story: AppStory) -> None:
    write(page, "enrol-code", story.server.enrolment_code(story.cast.inspector).rsplit("/", 1)[-1])
    tap(page, "enrol-send", "screen-enrol-waiting")
    story.confirm_on_screen(page)
    sees_screen(page, "pin")
    for digit in PIN:
        page.tap_id(f"key-{digit}")
    tap(page, "pin-set", "screen-today")
    sees(page, "filed-0")


def test_the_same_screens_as_natively_in_both_languages(
    app_story: AppStory, app_phone: Phones, native: FieldApp, browser: Browser
) -> None:
    found: dict[str, float] = {}

    def compare(name: str) -> None:
        """Both may still be syncing: what counts is where they come to rest."""
        for _ in range(TRIES):
            found[name] = differing(picture(there), picture(here))
            if found[name] <= MOST_DIFFERENT:
                return

    with context_of(browser) as (context, _):
        there = FletPage(context)
        there.open(native.phone())
        here = app_phone().start(f"?shift_seconds={app_story.shift_seconds}")
        for page in (there, here):
            sees_screen(page, "enrol")
        compare("enrol zh")
        for page in (there, here):
            page.tap_id("language")
            page.sees("Enrol this phone")
        compare("enrol en")
        for page in (there, here):
            _enrolled(page, app_story)
        compare("today en")
        for page in (there, here):
            tap(page, "settings", "screen-settings")
            page.tap_id("language-zh")
            tap(page, "back", "screen-today")
        compare("today zh")
    assert {name: share for name, share in found.items() if share > MOST_DIFFERENT} == {}


def test_its_screens_are_whole_and_readable(app_story: AppStory, app_phone: Phones, camera: FakeCamera) -> None:
    walk = Walk(app_phone().enrol(app_story.cast.inspector), "app")
    page = walk.page
    walk.look("today")
    camera.show_code(app_story.gate_code(app_story.cast.filed))
    tap(page, "scan", "verdict-allow")
    walk.look("gate")
    tap(page, "enter", "screen-visit")
    walk.look("visit")
    tap(page, "my-code", "spoken")
    walk.look("my-code")
    tap(page, "back", "screen-visit")
    tap(page, "guide", "snippet-0")
    walk.look("guide")
    tap(page, "back", "screen-visit")
    tap(page, "back", "screen-today")
    tap(page, "settings", "about")
    page.sees("浏览器未承诺保留")
    walk.scroll()
    walk.look("settings")
    assert walk.problems == {}
