"""The native home: a phone, a desktop window or a page of `zhuqi field --web`, with files, threads, compiled packages.

`main` is what a built app starts.
"""

from __future__ import annotations

import os
import random
from pathlib import Path

import flet as ft

from field_app.app import app_version, main_for
from field_app.clock import Clock, SystemClock
from field_app.device.brightness import shiner
from field_app.device.camera import DeviceLens, HeldLens, Holder, Lens
from field_app.device.decoder import best_decoder
from field_app.device.folder import Folder
from field_app.device.http_transport import HttpTransport
from field_app.device.key_file import KeyFile
from field_app.device.pictures import scale
from field_app.device.position import locator, nowhere
from field_app.device.signal import Signal, SwitchedTransport
from field_app.errors import MissingError
from field_app.phone import Phone, open_phone
from field_app.ports import Transport
from field_app.state.app import Devices
from field_app.state.host import PhoneHost
from field_app.sync.keep_syncing import keep_syncing


def make_host(
    folder: Path,
    *,
    clock: Clock | None = None,
    server: str = "",
    holder: Holder | None = None,
) -> PhoneHost:
    """One phone in a folder. `server` is asked whatever host a code names; blank: that host, over HTTPS."""
    signal = Signal()

    def transport(host: str) -> Transport:
        if not server and not host:
            raise MissingError("host")
        return SwitchedTransport(HttpTransport(server or f"https://{host}"), signal)

    async def opened() -> Phone:
        return await open_phone(
            Folder(folder), clock=clock or SystemClock(), transport_factory=transport, keystore=KeyFile(folder)
        )

    async def background(phone: Phone) -> None:
        await keep_syncing(phone, random.random)

    return PhoneHost(folder.name, opened, background, holder=holder, signal=signal, version=app_version())


def devices_of(page: ft.Page, host: PhoneHost) -> Devices:
    holder = host.holder

    def lens() -> Lens:
        return DeviceLens(is_web=page.web) if holder is None else HeldLens(holder)

    has_camera = page.web or page.platform in (ft.PagePlatform.ANDROID, ft.PagePlatform.IOS)
    return Devices(
        decoder=best_decoder(),
        scale=scale,
        lens=lens if has_camera or holder is not None else None,
        locate=locator(page) if holder is None else nowhere,
        shine=shiner(page),
    )


def phone_folder() -> Path:
    """Where a built app may write; elsewhere a folder of the person's own."""
    given = os.environ.get("FLET_APP_STORAGE_DATA") or os.environ.get("ZHUQI_FIELD_DATA")
    return Path(given) / "phone" if given else Path.home() / ".zhuqi" / "phone"


async def main(page: ft.Page) -> None:
    server = os.environ.get("ZHUQI_SERVER", "")
    await main_for(make_host(phone_folder(), server=server), devices_of)(page)
