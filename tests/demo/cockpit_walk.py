"""A newcomer at the cockpit: presses its buttons, taps on the phones in their frames, reads what they say."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

from playwright.sync_api import Error, Frame, Locator, Page

_ALL_TEXT = """() => [...document.querySelectorAll("flt-semantics")].map(node =>
  (node.getAttribute("aria-label") || "") + [...node.childNodes]
    .filter(child => child.nodeType === 3 || child.tagName === "SPAN").map(child => child.textContent).join(""))
  .join("\\n")"""
WITHIN_SECONDS = 60.0
SETTLED_FOR_SECONDS = 0.25


class FramedPhone:
    """One phone in its frame, tapped with the mouse where a person would put it."""

    def __init__(self, page: Page, number: int) -> None:
        self.page, self.number = page, number
        # asking the page anything lets it tell which frames it has by now
        wait_until(lambda: bool(page.title()) and self._found() is not None, lambda: f"a frame of phone {number}")
        self.enable_semantics()

    def _found(self) -> Frame | None:
        return self.page.frame(url=re.compile(rf"/phone/{self.number}(/|$)"))

    @property
    def frame(self) -> Frame:
        found = self._found()
        assert found is not None, f"no frame of phone {self.number}"
        return found

    def enable_semantics(self) -> None:
        """Once a load of the frame; the switch is gone when it was pressed."""
        self.frame.wait_for_selector("flt-semantics-placeholder, flt-semantics", state="attached")
        if self.frame.query_selector("flt-semantics") is not None:
            return
        self.frame.evaluate("document.querySelector('flt-semantics-placeholder').click()")
        self.frame.wait_for_selector("flt-semantics", state="attached")

    def by_id(self, identifier: str) -> Locator:
        return self.frame.locator(f'[flt-semantics-identifier="{identifier}"]')

    def has(self, identifier: str) -> bool:
        return self.by_id(identifier).count() > 0

    def shows(self, identifier: str) -> bool:
        """Also while the frame is being loaded anew."""
        try:
            self.enable_semantics()
            return self.has(identifier)
        except Error:
            return False

    def tap(self, identifier: str) -> None:
        """Once it has come to rest: a view that slides in is not yet where it will be."""
        self.page.evaluate("scrollTo(0, 0)")
        x, y = self._resting_place(identifier)
        self.page.mouse.click(x, y)

    def unlock(self, pin: str) -> None:
        for digit in pin:
            self.tap(f"key-{digit}")
        wait_until(lambda: not self.has("key-1"), f"phone {self.number} unlocked")

    def text(self) -> str:
        return str(self.frame.evaluate(_ALL_TEXT))

    def sees(self, *texts: str) -> None:
        for text in texts:
            wait_until(lambda text=text: text in self.text(), lambda text=text: f"“{text}” on: {self.text()}")

    def _resting_place(self, identifier: str) -> tuple[float, float]:
        seen: list[tuple[float, float, float]] = []

        def rests() -> bool:
            boxes = [box for box in (one.bounding_box() for one in self.by_id(identifier).all()) if box]
            if not boxes:
                seen.clear()
                return False
            box = boxes[-1]
            place = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
            if seen and seen[-1][:2] != place:
                seen.clear()
            seen.append((*place, time.monotonic()))
            return seen[-1][2] - seen[0][2] >= SETTLED_FOR_SECONDS

        wait_until(rests, lambda: f"{identifier} at rest on: {self.text()}")
        return seen[-1][:2]


class Cockpit:
    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        page.goto(url)
        self.opened_at = time.monotonic()

    def seconds(self) -> float:
        return time.monotonic() - self.opened_at

    def press(self, card: str, *presses: str) -> None:
        """The card's own buttons, by what they press."""
        details = self.page.locator(f'[data-card="{card}"]')
        if details.get_attribute("open") is None:
            details.locator("summary").click()
        for what in presses:
            button = details.locator(f'[data-press="{what}"]')
            button.click()
            wait_until(button.is_enabled, f"{what} done")

    def sign_in(self) -> None:
        self.page.locator('[data-press="sign-in"]').click()
        self.desk.get_by_role("heading", level=1).wait_for()

    @property
    def desk(self) -> Frame:
        found = self.page.locator("#desk").element_handle().content_frame()
        assert found is not None
        return found


def wait_until(is_so: Callable[[], bool], what: str | Callable[[], str], within: float = WITHIN_SECONDS) -> None:
    deadline = time.monotonic() + within
    while not is_so():
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {within} s: {what if isinstance(what, str) else what()}")
        time.sleep(0.05)
