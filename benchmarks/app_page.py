"""The app as a page in a real Chromium: bytes of the first visit and of an update, starts, a scan, memory.

Needs what `make app` built; without it the section says so and holds no figure. Other work on the machine lengthens
all of it: the least of the runs stands beside the median, and the parts of a start beside the whole.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Playwright, expect, sync_playwright

from benchmarks.bench import Bench
from benchmarks.figures import Figure, Section
from field_app.app_site.build import build_app, made_of
from field_app.web_assets import build_dir
from sync_server.app_files.read_site import read_site
from sync_server.app_files.routes import app_routes
from sync_server.settings import Settings

MB = 1_000_000
_TITLE = "The app as a page (Chromium)"
_MARKS = """() => Object.fromEntries(performance.getEntriesByType('mark')
  .filter((mark) => mark.name.startsWith('zhuqi ')).map((mark) => [mark.name.slice(6), mark.startTime]))"""


def measure(bench: Bench) -> Section:
    built = build_dir() / "app"
    if not (built / "app.json").exists():
        return Section(f"{_TITLE}: left out, because it is not built (make app)", ())
    if json.loads((built / "app.json").read_text("utf-8"))["made_of"] != made_of():
        built = build_app(bench.folder / "app").folder
    newer = build_app(bench.folder / "newer", version="0.1.1").folder
    starts = 2 if bench.quick else 5
    with sync_playwright() as playwright:
        figures, details = _first_visits(playwright, bench.folder, built, newer, starts)
        scan, memory = _scan(playwright, bench.folder, built, 1 if bench.quick else 5)
    return Section(_TITLE, (*figures, *scan), {**details, **memory})


class Counted:
    """The app's files on a port, and every byte of an answer that left it, heads included."""

    def __init__(self, folder: Path) -> None:
        from litestar import Litestar  # noqa: PLC0415 - the other figures need no second application

        self.folder, self.bytes = folder, 0
        self._app = Litestar(app_routes(read_site(folder), Settings(folder, "")), logging_config=None)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        async def counted(message: Any) -> None:
            self.bytes += len(message.get("body", b""))
            self.bytes += sum(len(name) + len(value) + 4 for name, value in message.get("headers", ()))
            await send(message)

        await self._app(scope, receive, counted)


def _first_visits(
    playwright: Playwright, folder: Path, built: Path, newer: Path, starts: int
) -> tuple[tuple[Figure, ...], dict[str, Any]]:
    from tests.check.serving import Served, free_port  # noqa: PLC0415

    cold, offline, counts, parts = [], [], [], []
    for run in range(starts):
        port, profile, site = free_port(), folder / f"profile-{run}", Counted(built)
        with Served(site, port):
            cold.append(_start(playwright, profile, port)[0])
            counts.append(site.bytes)
        for _ in range(2):
            seconds, marks = _start(playwright, profile, port)
            offline.append(seconds)
            parts.append(marks)
    update_bytes, update_seconds = _update(playwright, folder, built, newer)
    figures = (
        Figure("bytes of the first visit, MB", median(counts) / MB, goal=15),
        Figure("first start to a usable screen, s (least of the runs)", min(cold), goal=6),
        Figure("first start to a usable screen, s (median)", median(cold)),
        Figure("start without a server, new process, s (least)", min(offline), goal=3.5),
        Figure("start without a server, new process, s (median)", median(offline)),
        Figure("bytes of an update for a code change, MB", update_bytes / MB, goal=2.5),
        Figure("update: fetched and ready, s", update_seconds),
    )
    details = {"cold": cold, "offline": offline, "first_visit_bytes": counts, "update_bytes": update_bytes}
    return figures, {**details, "offline_until_ms": _medians(parts)}


def _medians(parts: list[dict[str, float]]) -> dict[str, int]:
    """Of each mark, in the order of time."""
    found = {name: median(marks[name] for marks in parts if name in marks) for name in set().union(*parts)}
    return {name: round(at) for name, at in sorted(found.items(), key=lambda one: one[1])}


def _start(playwright: Playwright, profile: Path, port: int) -> tuple[float, dict[str, float]]:
    """Seconds from the address to a screen that hears taps, in a browser process of its own, gone afterwards.

    Beside it, in ms from the navigation, when its parts were done (`performance.mark` in field_app/app_site/shell).
    """
    with ExitStack() as stack:
        context = _browser(playwright, profile)
        stack.callback(context.close)
        page = context.pages[0]
        began = time.perf_counter()
        page.goto(f"http://127.0.0.1:{port}/app/?src=home")
        boot, go = page.locator("#boot"), page.locator("#do-continue")
        expect(go.or_(page.locator("flutter-view"))).not_to_have_count(0, timeout=60_000)
        if go.count():
            go.click()
        expect(boot).to_be_hidden(timeout=60_000)
        seconds = time.perf_counter() - began
        return seconds, page.evaluate(_MARKS)


def _browser(playwright: Playwright, profile: Path, *arguments: str) -> Any:
    from tests.browser import ARGUMENTS, PHONE, find_browser  # noqa: PLC0415

    return playwright.chromium.launch_persistent_context(
        profile,
        executable_path=find_browser(playwright),
        args=[*ARGUMENTS, "--no-sandbox", *arguments],
        viewport=PHONE,
        locale="zh-CN",
        permissions=["camera"],
    )


def _update(playwright: Playwright, folder: Path, built: Path, newer: Path) -> tuple[int, float]:
    from tests.check.serving import Served, free_port  # noqa: PLC0415

    port, profile = free_port(), folder / "profile-update"
    with Served(Counted(built), port):
        _start(playwright, profile, port)
    site = Counted(newer)
    with Served(site, port), ExitStack() as stack:
        context = _browser(playwright, profile)
        stack.callback(context.close)
        page = context.pages[0]
        began = time.perf_counter()
        page.goto(f"http://127.0.0.1:{port}/app/?src=home")
        expect(page.locator("#update")).to_be_visible(timeout=60_000)
        return site.bytes, time.perf_counter() - began


def _scan(
    playwright: Playwright, folder: Path, built: Path, times: int
) -> tuple[tuple[Figure, ...], dict[str, float | int]]:
    """An enrolled phone without a server: from the tap on “scan” to the verdict, camera and decoding included."""
    from tests.browser import find_browser  # noqa: PLC0415
    from tests.e2e.app_phone import AppPhone, AppStory  # noqa: PLC0415
    from tests.e2e.hands import sees, tap, unlock  # noqa: PLC0415
    from tests.e2e.processes import Server, a_free_port  # noqa: PLC0415
    from tests.e2e.serve_county import seed  # noqa: PLC0415
    from tests.fake_camera import FakeCamera  # noqa: PLC0415

    county, app_dir = folder / "county", folder / "app-served"
    cast = seed(county).cast
    shutil.copytree(built, app_dir)
    story = AppStory(Server(county, a_free_port(), "--app", str(app_dir)), cast, county, app_dir)
    camera = FakeCamera(folder / "frames.mjpeg")
    camera.show_code(story.gate_code(cast.filed))
    story.server.start()
    phone = AppPhone(playwright, find_browser(playwright), folder / "profile-scan", camera, story)
    taken = []
    try:
        phone.enrol(cast.inspector)
        phone.close()
        story.server.stop()
        page = phone.start()
        unlock(page)
        for _ in range(times):
            sees(page, "scan")
            began = time.perf_counter()
            tap(page, "scan", "verdict-allow")
            taken.append(time.perf_counter() - began)
            tap(page, "back", "screen-today")
        memory = _renderer_mb(folder / "profile-scan")
    finally:
        phone.close()
        story.server.stop()
    figures = (
        Figure("tap on scan to verdict, camera and decoding included, s (median)", median(taken)),
        Figure("memory of the page's process after the scans, MB", memory),
    )
    return figures, {"scans": len(taken), "scan_least": min(taken), "renderer_mb": memory}


def _renderer_mb(profile: Path) -> int:
    listed = subprocess.run(["ps", "-eww", "-o", "rss=,args="], capture_output=True, text=True, check=True).stdout
    is_ours: Callable[[str], bool] = lambda line: "--type=renderer" in line and str(profile) in line  # noqa: E731
    return max((int(line.split()[0]) // 1024 for line in listed.splitlines() if is_ours(line)), default=0)
