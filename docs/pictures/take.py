"""The pictures of the README, from the running demo (`make screenshots`): played, not drawn."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Self

import httpx
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser import context_of, find_browser, launch
from tests.flet_page import FletPage

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
SERVICE_WEEK, WEEK_AFTER = "2026-11-10", "2026-11-17"
START_SECONDS = 180
_GAP = 32
_PAPER = (237, 241, 245)


class Demo:
    """`zhuqi demo` in a process and folder of its own, on a given day."""

    def __init__(self, folder: Path, day: str) -> None:
        port, field_port = _free_port(), _free_port()
        self.cockpit, self.phone = f"http://127.0.0.1:{port}/cockpit/", f"http://127.0.0.1:{field_port}/phone/1/"
        self._hooks = f"http://127.0.0.1:{field_port}/cockpit/phone/1"
        told = ["--no-open", f"--port={port}", f"--field-port={field_port}", f"--data={folder}", f"--today={day}"]
        self._process = subprocess.Popen(  # noqa: S603 our own command
            [sys.executable, "-m", "sync_server", "demo", *told], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )

    def __enter__(self) -> Self:
        assert self._process.stdout is not None
        deadline = time.monotonic() + START_SECONDS
        for line in self._process.stdout:
            if line.startswith("ready"):
                return self
            if time.monotonic() > deadline:
                break
        self.__exit__()
        raise RuntimeError("the demo did not start")

    def __exit__(self, *_: object) -> None:
        self._process.send_signal(signal.SIGINT)
        try:
            self._process.wait(30)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def hold_sheet(self) -> str:
        """Before phone 1's camera: the sheet of the enterprise that its filing is for. Returns the cockpit's PIN."""
        page = _get(self.cockpit).decode()
        sheet = re.search(r"sheets/[^\"]+\.png", page)
        pin = re.search(r"PIN (\d+)", page)
        if sheet is None or pin is None:
            raise RuntimeError("the cockpit names no sheet or no PIN")
        httpx.post(self._hooks + "/hold", content=_get(self.cockpit + sheet[0]), timeout=30).raise_for_status()
        return pin[1]


def _get(url: str) -> bytes:
    return httpx.get(url, timeout=30).raise_for_status().content


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def take(browser: Browser, folder: Path) -> None:
    shots = [folder / name for name in ("refused.png", "why.png", "allowed.png")]
    with (
        Demo(folder / "in-service-week", SERVICE_WEEK) as demo,
        context_of(browser, device_scale_factor=2) as (context, _),
    ):
        phone = _scan(FletPage(context), demo, "next-days")
        _shoot(phone.page, shots[0])
        phone.page.mouse.move(195, 500)
        phone.page.mouse.wheel(0, 2_000)
        _shoot(phone.page, shots[1])
    with Demo(folder / "week-after", WEEK_AFTER) as demo, context_of(browser, device_scale_factor=2) as (context, _):
        _shoot(_scan(FletPage(context), demo, "enter").page, shots[2])
    _side_by_side(shots, HERE / "refused-why-when.png")


def _scan(phone: FletPage, demo: Demo, shown: str) -> FletPage:
    """Unlock and scan, until the control with this identifier is there."""
    pin = demo.hold_sheet()
    phone.open(demo.phone).sees("PIN")
    for digit in pin:
        phone.tap(digit)
    phone.tap_id("scan")
    phone.by_id(shown).wait_for(state="attached")
    return phone


def _shoot(page: Page, path: Path) -> None:
    page.wait_for_timeout(2_500)  # until ripples and scroll bars are gone
    page.screenshot(path=path)


def _side_by_side(shots: list[Path], target: Path) -> None:
    phones = [Image.open(shot).convert("RGB") for shot in shots]
    width, height = phones[0].size
    picture = Image.new("RGB", (len(phones) * (width + _GAP) + _GAP, height + 2 * _GAP), _PAPER)
    for number, phone in enumerate(phones):
        picture.paste(phone, (_GAP + number * (width + _GAP), _GAP))
    smaller = picture.resize((picture.width * 2 // 3, picture.height * 2 // 3), Image.Resampling.LANCZOS)
    smaller.quantize(128).save(target, optimize=True)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = launch(playwright, find_browser(playwright))
        take(browser, Path(folder))
        browser.close()
    print(f"pictures in {HERE.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
