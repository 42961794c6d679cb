"""A browser without a screen: follows no redirect by itself, sends forms as they stand on the page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import httpx

_TOKEN = re.compile(r'name="form_token" value="([0-9a-f]*)"')


@dataclass
class Visitor:
    client: Any

    def get(self, path: str, **more: Any) -> httpx.Response:
        headers = {"accept": "text/html", **more.pop("headers", {})}
        return self.client.get(path, headers=headers, follow_redirects=False, **more)

    def token_of(self, path: str) -> str:
        found = _TOKEN.search(self.get(path).text)
        assert found, path
        return found[1]

    def post(self, path: str, data: dict[str, str], **more: Any) -> httpx.Response:
        return self.client.post(path, data=data, follow_redirects=False, **more)

    def log_in(self, name: str, password: str, *, next: str = "") -> httpx.Response:  # noqa: A002
        token = self.token_of(f"/login?next={next}" if next else "/login")
        return self.post("/login", {"account": name, "password": password, "form_token": token, "next": next})

    def log_out(self) -> httpx.Response:
        return self.post("/logout", {"form_token": self.token_of("/")})
