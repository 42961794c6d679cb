"""An owner's browser: it sends the whole form as its page shows it, with what is typed over it."""

from __future__ import annotations

import re

import httpx
from litestar.testing import TestClient

from shared_models.offsite import OffsiteAnswered
from sync_server.county import County
from sync_server.offsite.read_told import read_told
from sync_server.storage.engine import reading
from tests.offsite.hands import entry_of

FULL = {
    "said_0": "yes",
    "said_1": "no",
    "said_2": "not_applicable",
    "note_1": "后门堆了纸箱",
    "name": "陈师傅",
    "role": "店长",
}


class Owner:
    def __init__(self, client: TestClient, path: str) -> None:
        self.client, self.path = client, path

    def get(self, more: str = "") -> httpx.Response:
        return self.client.get(self.path + more, headers={"accept": "text/html"}, follow_redirects=False)

    def form(self, page: httpx.Response) -> dict[str, str]:
        values = dict(re.findall(r'name="(seen|version)" value="(\d+)"', page.text))
        values |= dict(re.findall(r'name="(said\.\d+)" value="(\w+)" checked', page.text))
        values |= dict(re.findall(r'<textarea name="(note[^"]*)"[^>]*>([^<]*)</textarea>', page.text))
        values |= dict(re.findall(r'<input name="(name|role)" value="([^"]*)"', page.text))
        return values

    def send(
        self,
        act: str = "save",
        *,
        page: httpx.Response | None = None,
        files: list[tuple[str, bytes]] | None = None,
        **typed: str,
    ) -> httpx.Response:
        data = (
            self.form(page or self.get())
            | {"act": act}
            | {key.replace("_", "."): value for key, value in typed.items()}
        )
        parts = [(name, (f"{number}.jpg", data, "image/jpeg")) for number, (name, data) in enumerate(files or [])]
        if not parts:
            parts = [("none", ("", b"", "application/octet-stream"))]
        return self.client.post(self.path, data=data, files=parts, follow_redirects=False)


def last(county: County, check: str) -> OffsiteAnswered:
    with reading(county.engine) as connection:
        told = read_told(connection, entry_of(county, check).answers[-1])
    assert isinstance(told, OffsiteAnswered)
    return told
