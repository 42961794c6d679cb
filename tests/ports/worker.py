"""The app's Python in a page of a real browser, without Flutter."""

from __future__ import annotations

import json
from typing import Any

from playwright.sync_api import Page

from tests.ports.serving import ContractServer


class Worker:
    """The app's Python in a page of a real browser."""

    def __init__(self, page: Page, server: ContractServer) -> None:
        self.page, self.server = page, server

    def start(self, without: str = "") -> None:
        """`without`: one of those that harness.mjs can take away."""
        self.page.goto(self.server.address + (f"/?without={without}" if without else "/"))
        self.page.wait_for_function("globalThis.call")

    def call(self, target: str, *given: Any) -> Any:
        """Raises AssertionError with what Python said."""
        found = self.page.evaluate("([target, given]) => call(target, given)", [target, json.dumps(given)])
        assert "error" not in found, found.get("error")
        return json.loads(found["answer"])
