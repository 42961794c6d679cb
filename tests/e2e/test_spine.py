"""The spine in a real browser: enrolled, no signal, killed in the middle, and in the end every record receipted."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Story
from tests.e2e.hands import PIN, sees, sees_screen, tap, unlock, value_of, write
from tests.e2e.processes import wait_until
from tests.fake_camera import FakeCamera
from tests.flet_page import FletPage

pytestmark = [pytest.mark.browser, pytest.mark.slow]

VERDICT_WITHIN_SECONDS = 8.0
MOST_TAPS = 10
RECEIPTED_WITHIN_SECONDS = 120.0


def _enrol(story: Story, page: FletPage, officer: str) -> None:
    code = story.server.enrolment_code(officer).rsplit("/", 1)[-1]
    page.open(story.field.phone())
    sees_screen(page, "enrol")
    write(page, "enrol-code", code)
    tap(page, "enrol-send", "screen-enrol-waiting")
    story.confirm_on_screen(page)
    sees_screen(page, "pin")
    for digit in PIN:
        page.tap_id(f"key-{digit}")
    tap(page, "pin-set", "screen-today")
    sees(page, "filed-0")


def test_a_visit_without_signal_and_with_a_kill_ends_receipted(
    story: Story, flet_page: FletPage, camera: FakeCamera
) -> None:
    page = flet_page
    _enrol(story, page, story.cast.inspector)
    camera.show_code(story.gate_code(story.cast.filed))
    story.server.kill()

    tap(page, "scan", "verdict-allow")
    tap(page, "enter", "screen-visit")
    tap(page, "guide", "snippet-0")
    tap(page, "snippet-0", "written-0")
    tap(page, "guide", "snippet-0")
    write(page, "text", "二号车间消防通道")
    page.page.wait_for_timeout(1000)

    story.field.kill()
    story.field.start()
    unlock(page)
    sees_screen(page, "guide")
    assert value_of(page, "text") == "二号车间消防通道"
    tap(page, "write", "written-1")
    tap(page, "law", "snippet-0")
    tap(page, "snippet-0", "written-2")
    tap(page, "photo", "shutter")
    expect(page.by_id("shutter").get_by_role("button")).to_be_enabled()
    tap(page, "shutter", "written-3")
    tap(page, "close", "close-confirm")
    tap(page, "close-confirm", "screen-today")
    page.sees("已回执：记录 0 / 6，照片 0 / 1")

    story.server.start()
    wait_until(lambda: "全部已回执：记录 6，照片 1" in page.text(), "everything receipted", RECEIPTED_WITHIN_SECONDS)
    tap(page, "settings", "about")
    page.sees("密钥指纹")
    kid = next(line.replace(" ", "") for line in page.text().splitlines() if _is_kid(line))
    assert len(story.server.log_ids(kid)) == 6


def _is_kid(line: str) -> bool:
    plain = line.replace(" ", "")
    return len(plain) == 16 and all(c in "0123456789abcdef" for c in plain) and line.count(" ") == 3


def test_a_filed_visit_takes_at_most_ten_taps_and_the_verdict_eight_seconds(
    story: Story, flet_page: FletPage, camera: FakeCamera
) -> None:
    page = flet_page
    _enrol(story, page, story.cast.inspector)
    camera.show_code(story.gate_code(story.cast.filed))
    tap(page, "settings", "lock-now")
    tap(page, "lock-now", "screen-unlock")

    locked = time.monotonic()
    unlock(page)
    page.count_taps_from_here()
    sees_screen(page, "settings")
    tap(page, "back", "scan")
    page.count_taps_from_here()  # the visit begins on the first screen
    tap(page, "scan", "verdict-allow")
    assert time.monotonic() - locked <= VERDICT_WITHIN_SECONDS
    tap(page, "enter", "screen-visit")
    tap(page, "guide", "snippet-0")
    tap(page, "snippet-0", "written-0")
    tap(page, "law", "snippet-0")
    tap(page, "snippet-0", "written-1")
    tap(page, "photo", "shutter")
    expect(page.by_id("shutter").get_by_role("button")).to_be_enabled()
    tap(page, "shutter", "written-2")
    tap(page, "close", "close-confirm")
    tap(page, "close-confirm", "screen-today")
    assert len(page.taps) <= MOST_TAPS
    page.sees("全部已回执：记录 5，照片 1")
