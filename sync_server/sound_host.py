"""A Host that is none is refused before anything takes it apart: what would fail there answers every refusal too."""

from __future__ import annotations

import re

from litestar.types import ASGIApp, Receive, Scope, Send

from sync_server.http_errors import problem

_HOST = re.compile(rb"(?:[A-Za-z0-9._-]*|\[[0-9A-Fa-f:.]+\])(?::([0-9]{1,5}))?")
_MAX_PORT = 65_535


class SoundHost:
    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        hosts = [value for name, value in scope["headers"] if name == b"host"]
        if len(hosts) <= 1 and all(_is_sound(host) for host in hosts):
            await self._app(scope, receive, send)
            return
        answer = problem(400, "bad_request")
        headers = [(b"content-type", (answer.media_type or "").encode())]
        await send({"type": "http.response.start", "status": 400, "headers": headers})
        await send({"type": "http.response.body", "body": answer.content, "more_body": False})


def _is_sound(host: bytes) -> bool:
    match = _HOST.fullmatch(host)
    return match is not None and int(match[1] or 0) <= _MAX_PORT
