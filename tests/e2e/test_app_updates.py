"""Another build on the server: found, fetched, and shown only when a person says so, never in a visit."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from litestar import Litestar
from playwright.sync_api import Page, expect

from sync_server.app_files.read_site import read_site
from sync_server.app_files.routes import app_routes
from tests.check.serving import Served
from tests.e2e.app_phone import AppPhone, AppStory, all_receipted, kid_on_screen
from tests.e2e.hands import sees, sees_screen, tap, unlock
from tests.e2e.serve_county import settings_in
from tests.e2e.test_screens import OUT
from tests.fake_camera import FakeCamera
from tests.flet_page import FletPage

pytestmark = [pytest.mark.browser, pytest.mark.slow]
pytest_plugins = ["tests.e2e.app_built"]
Phones = Callable[..., AppPhone]
LATER, READY = "新版本已就绪，入企检查结束后再重启", "新版本已就绪"


def build_of(folder: Path) -> str:
    return str(json.loads((folder / "app.json").read_text("utf-8"))["build"])


def shown_build(page: Page) -> str:
    return str(page.locator("html").get_attribute("data-build"))


@contextmanager
def only_the_app(story: AppStory) -> Iterator[None]:
    """The county's address with the app's files and nothing else: what the phone has written cannot be sent."""
    settings = settings_in(story.folder)
    app = Litestar(app_routes(read_site(story.app_dir), settings), logging_config=None)
    with Served(app, story.server.port):
        yield


def look_for_updates(page: Page) -> None:
    """What the page does by itself whenever it comes to the front."""
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def test_an_update_waits_for_the_visits_end_and_loses_no_unsent_record(
    app_story: AppStory, app_phone: Phones, newer_app: Path, camera: FakeCamera
) -> None:
    phone, before = app_phone(), build_of(app_story.app_dir)
    page = phone.enrol(app_story.cast.inspector)
    kid = kid_on_screen(page)
    camera.show_code(app_story.gate_code(app_story.cast.filed))
    tap(page, "scan", "verdict-allow")
    app_story.server.stop()
    tap(page, "enter", "screen-visit")
    tap(page, "guide", "snippet-0")
    tap(page, "snippet-0", "written-0")

    app_story.publish(newer_app, start=False)
    with only_the_app(app_story):
        look_for_updates(page.page)
        bar = page.page.locator("#update")
        expect(bar).to_contain_text(LATER, timeout=60_000)
        expect(bar.get_by_role("button")).to_have_count(0)
        # opened again: the browser has started the new service worker by itself, and the old build is still shown
        phone.close()
        page = phone.start()
        assert shown_build(page.page) == before
        unlock(page)
        sees_screen(page, "visit")
        bar = page.page.locator("#update")
        expect(bar).to_contain_text(LATER)
        tap(page, "law", "snippet-0")
        tap(page, "snippet-0", "written-1")
        tap(page, "close", "close-confirm")
        tap(page, "close-confirm", "screen-today")
        restart = bar.get_by_role("button", name="重启更新")
        expect(restart).to_be_visible()
        page.page.screenshot(path=OUT / "app-update.png")
        restart.click()
        expect(page.page.locator(f'html[data-build="{build_of(newer_app)}"]')).to_be_attached(timeout=60_000)
        phone.opened(page)
        unlock(page)
        page.sees("已回执：记录 0 / 4")
    app_story.server.start()
    all_receipted(page, "全部已回执：记录 4")
    assert len(app_story.server.log_ids(kid)) == 4
    tap(page, "settings", "about")
    page.sees(f"0.1.1 · {build_of(newer_app)}")


def test_a_half_deployed_site_leaves_the_old_version_and_the_next_try_goes_on(
    app_story: AppStory, app_phone: Phones, newer_app: Path
) -> None:
    phone, before = app_phone(), build_of(app_story.app_dir)
    page = phone.start()
    sees_screen(page, "enrol")
    fresh = {file["path"]: file["name"] for file in json.loads((newer_app / "app.json").read_text("utf-8"))["files"]}
    app_story.publish(newer_app)
    spoilt = app_story.app_dir / "files" / fresh["python/app.pack"]
    for copy in spoilt.parent.glob(f"{spoilt.name}*"):
        copy.write_bytes(b"half a file")
    look_for_updates(page.page)
    failed = page.page.evaluate(
        """new Promise((ok) => navigator.serviceWorker.addEventListener('message', ({ data }) => {
             if (data.type === 'failed' || data.type === 'installed') ok(data.type); }))"""
    )
    assert failed == "failed"
    phone.close()
    page = phone.start()
    assert shown_build(page.page) == before
    sees_screen(page, "enrol")
    expect(page.page.locator("#update")).to_be_hidden()
    app_story.publish(newer_app)
    look_for_updates(page.page)
    expect(page.page.locator("#update")).to_contain_text(READY, timeout=60_000)


def test_the_second_window_is_told_and_takes_over_when_the_first_is_closed(app_phone: Phones) -> None:
    phone = app_phone()
    first = phone.start()
    sees_screen(first, "enrol")
    assert phone.context is not None
    second = FletPage(phone.context, phone.context.new_page())
    second.page.goto(phone.address)
    expect(second.page.get_by_role("heading", name="应用已在另一个窗口打开")).to_be_visible()
    first.page.close()
    expect(second.page.locator("#boot")).to_be_hidden(timeout=60_000)
    second.enable_semantics()
    sees(second, "enrol-code")
