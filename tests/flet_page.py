"""One page of the field app in a real browser, addressed as a person reads it: by name, by role, by identifier.

Flutter paints on a canvas; its semantics tree is the DOM that a screen reader, and this file, can see.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Locator, Page, expect

_COUNTER = """
addEventListener("pointerdown", event => {
  if (event.isTrusted) window.zhuqiPointerDown(event.clientX, event.clientY);
}, true);
"""
# Pressed the moment it is there: a field that took the focus before the tree was built would never hear a key.
_SEMANTICS = """
new MutationObserver((_, watch) => {
  const button = document.querySelector("flt-semantics-placeholder");
  if (button) { watch.disconnect(); button.click(); }
}).observe(document, {childList: true, subtree: true});
"""
_ALL_TEXT = """() => [...document.querySelectorAll("flt-semantics")].flatMap(node => [
  node.getAttribute("aria-label") || "",
  [...node.childNodes].filter(child => child.nodeType === 3 || child.tagName === "SPAN")
    .map(child => child.textContent).join(""),
])"""


class FletPage:
    """`taps` counts every pointer that went down in the context since `count_taps_from_here()`, whatever sent it."""

    def __init__(self, context: BrowserContext, page: Page | None = None, *, timeout_ms: int = 30_000) -> None:
        self.context = context
        self.taps: list[tuple[float, float]] = []
        self.page = page or context.new_page()
        self.page.set_default_timeout(timeout_ms)
        self.timeout_ms = timeout_ms
        self.page.expose_function("zhuqiPointerDown", lambda x, y: self.taps.append((x, y)))
        self.page.add_init_script(_COUNTER)
        self.page.add_init_script(_SEMANTICS)

    def open(self, url: str) -> FletPage:
        self.page.goto(url, wait_until="domcontentloaded")
        return self.enable_semantics()

    def reload(self) -> FletPage:
        self.page.reload(wait_until="domcontentloaded")
        return self.enable_semantics()

    def enable_semantics(self) -> FletPage:
        """Once a page load, by script: the switch lies outside the viewport, where no person's tap reaches it."""
        self.page.wait_for_selector("flt-semantics", state="attached")
        return self

    def by_id(self, identifier: str) -> Locator:
        """The control wrapped in `ft.Semantics(identifier=…)`."""
        return self.page.locator(f'[flt-semantics-identifier="{identifier}"]')

    def button(self, name: str | re.Pattern[str], *, exact: bool = True) -> Locator:
        return self.page.get_by_role("button", name=name, exact=exact and isinstance(name, str))

    def field(self, label: str) -> Locator:
        return self.page.get_by_role("textbox", name=label)

    def tap(self, target: str | re.Pattern[str] | Locator) -> FletPage:
        """A name means the button of that name."""
        (target if isinstance(target, Locator) else self.button(target)).click()
        return self

    def tap_id(self, identifier: str) -> FletPage:
        self.by_id(identifier).click()
        return self

    def type(self, label: str | Locator, text: str) -> FletPage:
        """Clicking first is what makes Flutter listen; then Chinese, too, goes in at once."""
        box = label if isinstance(label, Locator) else self.field(label)
        box.click()
        box.fill(text)
        expect(box).to_have_value(text, timeout=self.timeout_ms)
        return self

    def choose_photo(self, opener: str | Locator, name: str, data: bytes, mime: str = "image/jpeg") -> FletPage:
        with self.page.expect_file_chooser() as chooser:
            self.tap(opener)
        chooser.value.set_files({"name": name, "mimeType": mime, "buffer": data})
        return self

    def text(self) -> str:
        """All that the semantics tree says, labels included."""
        # not `evaluate`, which waits for ever for a page that has hung
        said = self.page.wait_for_function(_ALL_TEXT, timeout=self.timeout_ms).json_value()
        return "\n".join(line for part in said for line in part.splitlines() if line.strip())

    def sees(self, *texts: str) -> FletPage:
        for text in texts:
            self.wait_until(lambda text=text: text in self.text(), f"“{text}” on the screen")
        return self

    def sees_no(self, *texts: str) -> FletPage:
        for text in texts:
            self.wait_until(lambda text=text: text not in self.text(), f"“{text}” gone from the screen")
        return self

    def wait_until(self, is_so: Callable[[], bool], what: str) -> None:
        deadline = time.monotonic() + self.timeout_ms / 1000
        while not is_so():
            if time.monotonic() > deadline:
                raise AssertionError(f"not within {self.timeout_ms} ms: {what}. The screen says:\n{self.text()}")
            self.page.wait_for_timeout(50)

    def count_taps_from_here(self) -> None:
        self.taps.clear()
