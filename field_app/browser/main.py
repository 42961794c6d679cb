"""The browser home: the same screens and the same core, with the ports that a browser can give.

The app's worker imports this module and runs `main`.
"""

from __future__ import annotations

import asyncio
import random
from contextlib import suppress

import flet as ft

from field_app.app import main_for
from field_app.browser.bridge import load_home, origin
from field_app.browser.outbox import Outbox
from field_app.browser.shell import follow_page, follow_visits, is_storage_kept, phone_clock, shell, shown_version
from field_app.browser.web_devices import FetchTransport, WebDecoder, scale, scrypt, verify
from field_app.browser.web_keys import WebKeys
from field_app.browser.web_place import WebPlace
from field_app.device.camera import DeviceLens, Lens
from field_app.device.position import locator
from field_app.device.signal import Signal, SwitchedTransport
from field_app.phone import Phone, open_phone
from field_app.ports import Transport
from field_app.state.app import Devices
from field_app.state.host import PhoneHost
from field_app.sync.keep_syncing import keep_syncing
from shared_models import ed25519
from shared_models.errors import ZhuqiError


def make_host() -> PhoneHost:
    """The phone of this origin. Whatever host a code names, the page may ask its own county only."""
    signal = Signal()

    def transport(_host: str) -> Transport:
        return SwitchedTransport(FetchTransport(origin()), signal)

    async def opened() -> Phone:
        await load_home()
        ed25519.verify_by(verify)
        keys = WebKeys()
        phone = await open_phone(
            WebPlace(keys), clock=phone_clock(), transport_factory=transport, keystore=keys, stretch_pin=scrypt
        )
        follow_page(phone)
        Outbox(phone).follow()
        await follow_visits(phone, shell().visit_open)
        return phone

    async def background(phone: Phone) -> None:
        await keep_syncing(phone, random.random)

    return PhoneHost("browser", opened, background, signal=signal, version=shown_version(), is_kept=is_storage_kept())


def devices_of(page: ft.Page, _host: PhoneHost) -> Devices:
    def lens() -> Lens:
        return DeviceLens(is_web=True)

    return Devices(decoder=WebDecoder(), scale=scale, lens=lens, locate=locator(page))


async def main(page: ft.Page) -> None:
    await main_for(_host(), devices_of)(page)


def prepare() -> None:
    """Open the phone already, before there is a page; what goes wrong is said when the page asks for it."""
    _preparing.append(asyncio.ensure_future(_open_quietly()))


async def _open_quietly() -> None:
    with suppress(ZhuqiError):
        await _host().phone()


_preparing: list[asyncio.Future[None]] = []
_hosts: list[PhoneHost] = []


def _host() -> PhoneHost:
    """One a worker, however often Flet starts the page."""
    if not _hosts:
        _hosts.append(make_host())
    return _hosts[0]


if __name__ == "__main__":
    ft.run(main)
