"""Phones in a browser: `/phone/1`, `/phone/2`, … each a phone of its own with folder, key, PIN and database.

For tests and the cockpit, on this machine only: the Python of every phone runs here.
"""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import flet as ft
import flet_web.fastapi as flet_fastapi
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.routing import Mount, Router
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from field_app.app import main_for
from field_app.clock import Clock, SystemClock
from field_app.device.camera import Holder
from field_app.device.home import devices_of, make_host
from field_app.state.host import PhoneHost

MAX_PHONES = 99
SESSION_SECONDS = 3600
OUR_NAMES = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(slots=True)
class Phones:
    """Every phone that was asked for so far; made at the first look."""

    data: Path
    server: str
    assets: Path
    clock: Clock = field(default_factory=SystemClock)
    is_cockpit: bool = False
    hosts: dict[int, PhoneHost] = field(default_factory=dict)

    def host(self, number: int) -> PhoneHost:
        if number not in self.hosts:
            self.hosts[number] = make_host(
                self.data / f"phone-{number}",
                clock=self.clock,
                server=self.server,
                holder=Holder() if self.is_cockpit else None,
            )
        return self.hosts[number]

    def client(self, number: int) -> ASGIApp:
        made: ASGIApp = flet_fastapi.app(
            main_for(self.host(number), devices_of),
            assets_dir=str(self.assets),
            no_cdn=True,
            web_renderer=ft.WebRenderer.AUTO,
            app_name="助企码",
            app_short_name="助企码",
            secret_key=secrets.token_hex(16),
            session_timeout_seconds=SESSION_SECONDS,
        )
        return made

    async def close(self) -> None:
        for host in self.hosts.values():
            await host.close()


class PhoneRouter:
    """Mounts `/N` when it is first asked for."""

    def __init__(self, phones: Phones) -> None:
        self._phones = phones
        self._router = Router()
        self._mounted: set[int] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"].removeprefix(scope.get("root_path", ""))
        first, slash, _rest = path.lstrip("/").partition("/")
        number = int(first) if first.isdecimal() and first.isascii() and len(first) <= len(str(MAX_PHONES)) else 0
        if not 0 < number <= MAX_PHONES or str(number) != first:
            await _refuse(scope, receive, send, "no such phone")
            return
        if not slash and scope["type"] == "http":
            await RedirectResponse(f"{scope.get('root_path', '')}/{number}/")(scope, receive, send)
            return
        if number not in self._mounted:
            self._router.routes.append(Mount(f"/{number}", app=self._phones.client(number)))
            self._mounted.add(number)
        await self._router(scope, receive, send)


class LocalOnly:
    """Only pages of this machine may ask: another site's page in the same browser must not reach a phone."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in ("http", "websocket"):
            headers = dict(scope["headers"])
            host = _name(b"//" + headers.get(b"host", b""))
            origin = headers.get(b"origin")
            if host not in OUR_NAMES or (origin is not None and _name(origin) not in OUR_NAMES):
                await _refuse(scope, receive, send, "this machine only")
                return
        await self._app(scope, receive, send)


class GoneQuietly:
    """What is written to a page that has gone is lost without a word: the page's own end is told where it reads.

    Flet's writer would fail first, and then nobody tells the screen that it is gone; it would keep the phone, and the
    page that comes in its place be refused as a second one.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_or_drop(message: Message) -> None:
            # OSError: the page went just now; RuntimeError: servers' word for a page that is known to be gone
            with contextlib.suppress(OSError, RuntimeError):
                await send(message)

        await self._app(scope, receive, send_or_drop if scope["type"] == "websocket" else send)


def _name(address: bytes) -> str:
    try:
        return urlsplit(address.decode("latin-1")).hostname or ""
    except ValueError:
        return ""


async def _refuse(scope: Scope, receive: Receive, send: Send, why: str) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})
        return
    await PlainTextResponse(why, status_code=404)(scope, receive, send)


def build_app(phones: Phones, add_routes: Callable[[Any, Phones], None] | None = None) -> ASGIApp:
    async def shutdown() -> None:
        await phones.close()

    outer = flet_fastapi.FastAPI(docs_url=None, redoc_url=None, openapi_url=None, on_shutdown=[shutdown])
    outer.add_api_route("/", _first_phone, methods=["GET"], include_in_schema=False)
    if add_routes is not None:
        add_routes(outer, phones)
    outer.mount("/phone", GoneQuietly(PhoneRouter(phones)))
    return LocalOnly(outer)


async def _first_phone() -> RedirectResponse:
    return RedirectResponse("/phone/1/")
