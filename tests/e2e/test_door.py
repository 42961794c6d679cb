"""The screens at the door, whole and readable in English and in the dark; the story itself is test_at_the_door.py.

The pictures of the screens are left in `.build/screens` to be looked at.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser import context_of
from tests.e2e.conftest import Story
from tests.e2e.door_steps import enrol, enter, join, letter, take
from tests.e2e.hands import tap, unlock
from tests.e2e.processes import FieldApp, a_free_port
from tests.e2e.test_screens import LIGHTS, Walk, _set_look
from tests.flet_page import FletPage

pytestmark = [pytest.mark.browser, pytest.mark.slow]
LOOKS = [("zh-dark", (), "dark"), ("en", LIGHTS, "system")]
"""The phone itself is light: in the first the person chose the dark, in the second the phone goes dark and back."""
"""The story is told in Chinese and light; the filing that it is about has three visits."""


@pytest.fixture
def phones(story: Story, tmp_path: Path) -> Iterator[FieldApp]:
    app = FieldApp(tmp_path / "held", a_free_port(), story.server, story.folder / "clock.json", "--cockpit")
    app.start()
    yield app
    app.stop()


def test_the_screens_at_the_door_are_whole_and_readable_in_english_and_in_the_dark(
    story: Story, phones: FieldApp, browser: Browser
) -> None:
    enrol(story, phones, 1, story.cast.inspector)
    enrol(story, phones, 2, story.cast.colleague)
    problems: dict[str, list[str]] = {}
    for name, lights, theme in LOOKS:
        with (
            context_of(browser, color_scheme=LIGHTS[0]) as (context, _),
            context_of(browser, color_scheme=LIGHTS[0]) as (other, _),
        ):
            first, second = Walk(FletPage(context), name, lights), Walk(FletPage(other), name, lights)
            for number, walk in ((1, first), (2, second)):
                walk.page.open(phones.phone(number))
                take(walk.page)
                unlock(walk.page)
                while not walk.page.by_id("screen-today").count():
                    walk.page.tap_id("back")
                    walk.page.page.wait_for_timeout(400)
                _set_look(walk.page, name[:2], theme)
                tap(walk.page, "back", "screen-today")
            enter(first, phones, story)
            join(first, second, phones)
            letter(first, "张三")
            tap(first.page, "close", "screen-close")
            first.page.page.locator('[flt-semantics-identifier^="why-no-law-"]').first.click()
            tap(first.page, "close-confirm", "screen-today")
            problems |= first.problems | second.problems
    assert problems == {}
