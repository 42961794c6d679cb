"""Where a real browser comes from, how it is started, and the proof that no page of ours asks another machine.

ZHUQI_BROWSER=required: no browser is a failure · off: browser tests are skipped · else: skipped where there is none.
ZHUQI_BROWSER_PATH names one.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, Playwright, Request, WebSocket

SYSTEM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge")
MAC_PATHS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
PHONE = {"width": 390, "height": 844}
LOCAL_HOSTS = ("127.0.0.1", "localhost", "[::1]", "::1")

# Nothing in the browser itself may call home either, and no name but the machine's own can be looked up at all.
ARGUMENTS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-extensions",
    "--disable-sync",
    "--metrics-recording-only",
    "--no-first-run",
    "--no-pings",
    # The last three: pages behind its own address bar, which no phone has and which cost half a second of a core.
    (
        "--disable-features=Translate,OptimizationHints,MediaRouter,CertificateTransparencyComponentUpdater"
        ",WebUIOmniboxPopup,WebUIOmniboxAimPopup,WebUIOmniboxFullPopup"
    ),
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
    "--use-fake-ui-for-media-stream",
    "--use-fake-device-for-media-stream",
    "--disable-dev-shm-usage",
)


class NoBrowserError(Exception):
    """No browser could be found or installed; the text says what was tried."""


def find_browser(playwright: Playwright) -> Path:
    """A Chromium that starts. Installs one only where that asks nobody: by Playwright, or as root on Debian."""
    tried: list[str] = []
    for source in (_named, _on_the_system, _of_playwright, _from_debian):
        for path in source(playwright):
            problem = _why_it_does_not_start(path)
            if problem is None:
                return path
            tried.append(f"{path}: {problem}")
    raise NoBrowserError("; ".join(tried) or "nothing found")


def _named(_: Playwright) -> Iterator[Path]:
    if path := os.environ.get("ZHUQI_BROWSER_PATH"):
        yield Path(path)


def _on_the_system(_: Playwright) -> Iterator[Path]:
    for name in SYSTEM_NAMES:
        if path := shutil.which(name):
            yield Path(path)
    yield from (Path(path) for path in MAC_PATHS if Path(path).exists())


def _of_playwright(playwright: Playwright) -> Iterator[Path]:
    path = Path(playwright.chromium.executable_path)
    if not path.exists() and not _is_root_on_debian():
        _run([sys.executable, "-m", "playwright", "install", "chromium"])
    if path.exists():
        yield path


def _from_debian(playwright: Playwright) -> Iterator[Path]:
    if not _is_root_on_debian():
        return
    _run(["apt-get", "update", "-qq"])
    _run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"])
    yield from _on_the_system(playwright)


def _is_root_on_debian() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get") is not None


def _run(command: list[str]) -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        subprocess.run(
            command, check=False, timeout=600, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
    except subprocess.TimeoutExpired:
        return


def _why_it_does_not_start(path: Path) -> str | None:
    try:
        done = subprocess.run([path, "--version"], check=False, timeout=60, capture_output=True, text=True)
    except (OSError, subprocess.TimeoutExpired) as err:
        return type(err).__name__
    return None if done.returncode == 0 else (done.stderr.strip().splitlines() or ["exit code not 0"])[0]


def launch(
    playwright: Playwright, path: Path, *, camera: Path | None = None, arguments: tuple[str, ...] = ()
) -> Browser:
    """Start it headless. `camera` is a .mjpeg file that plays as the camera; it is read anew whenever one opens."""
    wanted = [*ARGUMENTS, *arguments]
    if camera is not None:
        wanted.append(f"--use-file-for-fake-video-capture={camera}")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        wanted.append("--no-sandbox")
    return playwright.chromium.launch(executable_path=path, headless=True, args=wanted)


def leaves_the_machine(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in ("http", "https", "ws", "wss") and parts.hostname not in LOCAL_HOSTS


@dataclass
class Traffic:
    """Every request that a context's pages wanted, and those of them that the page's own policy stopped."""

    urls: list[str] = field(default_factory=list)
    stopped_by_policy: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    @property
    def outside(self) -> list[str]:
        """What went to another machine, or would have, had its name been looked up."""
        return [url for url in self.urls if leaves_the_machine(url) and url not in self.stopped_by_policy]

    def watch(self, context: BrowserContext) -> None:
        context.on("request", self._requested)
        context.on("requestfailed", self._failed)
        context.on("page", lambda page: page.on("websocket", self._connected))

    def _requested(self, request: Request) -> None:
        self.urls.append(request.url)

    def _failed(self, request: Request) -> None:
        stopped = "csp" in (request.failure or "").lower()
        (self.stopped_by_policy if stopped else self.failed).append(request.url)

    def _connected(self, socket: WebSocket) -> None:
        self.urls.append(socket.url)


@contextmanager
def context_of(browser: Browser, **options: Any) -> Iterator[tuple[BrowserContext, Traffic]]:
    """A phone-sized context in Chinese. Raises AssertionError at its end when any request left the machine."""
    wanted = {
        "viewport": PHONE,
        "locale": "zh-CN",
        "timezone_id": "Asia/Shanghai",
        "permissions": ["camera"],
        **options,
    }
    context = browser.new_context(**wanted)
    traffic = Traffic()
    traffic.watch(context)
    try:
        yield context, traffic
    finally:
        context.close()
    assert traffic.outside == [], f"left the machine: {traffic.outside}"


def problems_of(page: Page) -> list[str]:
    """Collects what the page's console calls an error and what its scripts throw; read it at the test's end."""
    seen: list[str] = []
    page.on("console", lambda message: seen.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: seen.append(str(error)))
    return seen
