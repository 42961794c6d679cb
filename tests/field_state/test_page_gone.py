"""A page that goes while it is still being drawn, spoken to as a web server does it."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import msgpack  # type: ignore[import-untyped]
import pytest
from starlette.types import Message

from field_app.web import Phones, build_app

_HELLO = b"\x00" + msgpack.packb([1, {"session_id": "", "page_name": "", "page": {}}])


class _GoneAtOnce:
    """A browser's frame that says who it is and is replaced before the answer can be written."""

    def __init__(self, error: Exception) -> None:
        self._says: list[Message] = [{"type": "websocket.connect"}, {"type": "websocket.receive", "bytes": _HELLO}]
        self._error = error
        self.drawn = asyncio.Event()
        self.scope: dict[str, Any] = {
            "type": "websocket",
            "path": "/phone/1/ws",
            "root_path": "",
            "scheme": "ws",
            "query_string": b"",
            "headers": [(b"host", b"127.0.0.1:8550")],
            "client": ("127.0.0.1", 1),
            "server": ("127.0.0.1", 8550),
            "subprotocols": [],
            "state": {},
        }

    async def receive(self) -> Message:
        if self._says:
            return self._says.pop(0)
        await self.drawn.wait()
        return {"type": "websocket.disconnect", "code": 1001}

    async def send(self, message: Message) -> None:
        if message["type"] == "websocket.send":
            self.drawn.set()
            raise self._error


@pytest.mark.parametrize(
    "error", [OSError("gone"), RuntimeError("after the close")], ids=["while it is written to", "written to afterwards"]
)
async def test_a_page_gone_while_it_is_drawn_leaves_the_phone_to_the_next(tmp_path: Path, error: Exception) -> None:
    (tmp_path / "assets").mkdir()
    phones = Phones(tmp_path / "data", "http://127.0.0.1:1", tmp_path / "assets")
    page = _GoneAtOnce(error)
    async with asyncio.timeout(20):
        await asyncio.gather(build_app(phones)(page.scope, page.receive, page.send), return_exceptions=True)
        host = phones.host(1)
        await host.phone()
    assert not host.is_shown
    await phones.close()
