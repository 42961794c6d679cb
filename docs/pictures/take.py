"""The pictures of the README, from the running demo (`make screenshots`): played, not drawn."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

import httpx
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from sync_server.demo.accounts import PASSWORD
from tests.browser import context_of, find_browser, launch
from tests.flet_page import FletPage

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
SERVICE_WEEK, WEEK_AFTER = "2026-11-10", "2026-11-17"
START_SECONDS = 180
_GAP = 32
_PAPER = (237, 241, 245)
_DESK = {"width": 1100, "height": 760}
_TO_THE_DAYS = 700


class Demo:
    """`zhuqi demo` in a process and folder of its own, on a given day."""

    def __init__(self, folder: Path, day: str) -> None:
        port, field_port = _free_port(), _free_port()
        self.address = f"http://127.0.0.1:{port}"
        self.cockpit, self.phone = f"{self.address}/cockpit/", f"http://127.0.0.1:{field_port}/phone/1/"
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
    with Demo(folder / "in-service-week", SERVICE_WEEK) as demo, _phone(browser) as phone:
        refused, why = folder / "refused.png", folder / "why.png"
        _scan(phone, demo, "next-days")
        _shoot(phone.page, refused)
        phone.page.mouse.move(195, 500)
        phone.page.mouse.wheel(0, _TO_THE_DAYS)
        _shoot(phone.page, why)
    with Demo(folder / "week-after", WEEK_AFTER) as demo, _phone(browser) as phone:
        allowed = folder / "allowed.png"
        _shoot(_scan(phone, demo, "enter").page, allowed)
        _side_by_side([refused, why, allowed], HERE / "refused-why-when.png")
        _at_the_door(browser, phone, demo, folder)
        _desks(browser, demo, folder)


def _at_the_door(browser: Browser, phone: FletPage, demo: Demo, folder: Path) -> None:
    """The officer's code, what the enterprise's own phone says of it, and the visit as it is written."""
    shots = [folder / name for name in ("code.png", "owner.png", "written.png")]
    phone.tap_id("enter")
    phone.tap_id("my-code")
    phone.by_id("spoken").wait_for(state="attached")
    _shoot(phone.page, shots[0])
    with Image.open(shots[0]) as shown:
        (code,) = zxingcpp.read_barcodes(shown)
    with _phone(browser) as owner:
        owner.page.goto(re.sub("^https://[^/]+", demo.address, code.text))
        owner.page.locator("h1, h2").first.wait_for()
        _shoot(owner.page, shots[1])
    phone.tap_id("back")
    phone.tap_id("guide")
    phone.tap_id("snippet-0")
    phone.tap_id("law")
    phone.tap_id("snippet-0")
    phone.by_id("written-1").wait_for(state="attached")
    _shoot(phone.page, shots[2])
    _side_by_side(shots, HERE / "code-check-record.png")


def _desks(browser: Browser, demo: Demo, folder: Path) -> None:
    """What a clerk is told while filing, and what a supervisor reads of a visit."""
    filing, visit = folder / "filing.png", folder / "visit.png"
    with context_of(browser, viewport=_DESK, device_scale_factor=2) as (context, _):
        page = context.new_page()
        _sign_in(page, demo, "market-clerk")
        page.goto(f"{demo.address}/filings")
        page.get_by_role("button", name="新建备案").click()
        _fill_in(page)
        _shoot(page, filing)
        page.context.clear_cookies()
        _sign_in(page, demo, "supervisor")
        page.goto(f"{demo.address}/visits")
        page.locator(".visits a.name").first.click()
        _shoot(page, visit)
    _keep(Image.open(filing), HERE / "filing-desk.png")
    _keep(Image.open(visit), HERE / "visit-page.png")


def _sign_in(page: Page, demo: Demo, account: str) -> None:
    page.goto(f"{demo.address}/login")
    page.get_by_label("账号").fill(account)
    page.get_by_label("密码").fill(PASSWORD)
    page.locator("main button").click()


def _fill_in(page: Page) -> None:
    """Three enterprises, on days that run into the next service week; scrolled to what the desk says of them."""
    fields = {"items": "食品留样\n冷库温度", "first": "2026-12-11", "last": "2026-12-16", "find": "食品"}
    for name, text in fields.items():
        page.locator(f"[name={name}]").fill(text)
    for box in page.locator("[name=officers]").all()[:2]:
        box.check()
    page.get_by_role("button", name="查找").click()
    for box in page.locator("[name=pick]").all()[:3]:
        box.check()
    page.get_by_role("button", name="加入名单").click()
    page.locator("#enterprises .says").first.wait_for()
    page.locator("#enterprises").evaluate("card => scrollTo(0, card.offsetTop - 16)")


@contextmanager
def _phone(browser: Browser) -> Iterator[FletPage]:
    with context_of(browser, device_scale_factor=2) as (context, _):
        yield FletPage(context)


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
    _keep(picture, target)


def _keep(picture: Image.Image, target: Path) -> None:
    smaller = picture.convert("RGB").resize((picture.width * 2 // 3, picture.height * 2 // 3), Image.Resampling.LANCZOS)
    smaller.quantize(128).save(target, optimize=True)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = launch(playwright, find_browser(playwright))
        take(browser, Path(folder))
        browser.close()
    print(f"pictures in {HERE.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
