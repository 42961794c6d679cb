"""What a person's hands do on a phone's screen in the browser."""

from __future__ import annotations

from playwright.sync_api import Locator, expect

from tests.flet_page import FletPage

PIN = "135790"
LONG_MS = 20_000
TRIES = 5
BESIDE = (230, 32)


def sees_screen(page: FletPage, name: str) -> None:
    expect(page.by_id(f"screen-{name}")).to_be_attached(timeout=LONG_MS)


def sees(page: FletPage, identifier: str) -> Locator:
    found = page.by_id(identifier)
    expect(found.first).to_be_attached(timeout=LONG_MS)
    return found


def tap(page: FletPage, identifier: str, then: str) -> None:
    """Tap what can be tapped, and see what comes of it."""
    target = sees(page, identifier).first
    expect(target.locator('[aria-disabled="true"]')).to_have_count(0)
    target.click()
    sees(page, then)


def write(page: FletPage, identifier: str, text: str) -> None:
    """Into a field that really listens: Flutter takes the keys only once its own focus has settled there."""
    box = sees(page, identifier).get_by_role("textbox")
    for _ in range(TRIES):
        box.click()
        page.page.wait_for_timeout(250)
        if not box.evaluate("field => field === document.activeElement"):
            page.page.mouse.click(*BESIDE)  # Flutter believes that the focus is there: take it away first
            page.page.wait_for_timeout(250)
            continue
        page.page.keyboard.press("Control+a")
        page.page.keyboard.insert_text(text)
        page.page.wait_for_timeout(150)
        if box.input_value() == text:
            return
    expect(box).to_have_value(text)


def unlock(page: FletPage) -> None:
    sees_screen(page, "unlock")
    for digit in PIN:
        page.tap_id(f"key-{digit}")
    expect(page.by_id("screen-unlock")).to_have_count(0, timeout=LONG_MS)


def value_of(page: FletPage, identifier: str) -> str:
    """Flutter tells the tree what a field holds only once it has the focus."""
    box = sees(page, identifier).get_by_role("textbox")
    box.click()
    expect(box).not_to_have_value("")
    return box.input_value()
