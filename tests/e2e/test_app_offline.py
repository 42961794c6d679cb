"""The app as a page in a real browser: enrolled, then the server gone, the browser new, killed – and all receipted."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import context_of
from tests.e2e.app_phone import AppPhone, AppStory, all_receipted, kid_on_screen
from tests.e2e.door_steps import owners_phone, read
from tests.e2e.hands import sees, sees_screen, tap, unlock
from tests.e2e.serve_county import HOST, opened
from tests.fake_camera import FakeCamera
from tests.flet_page import FletPage

pytestmark = [pytest.mark.browser, pytest.mark.slow]
pytest_plugins = ["tests.e2e.app_built"]
Phones = Callable[..., AppPhone]


def test_the_browser_itself_finds_nothing_that_keeps_the_app_from_being_installed(app_phone: Phones) -> None:
    phone = app_phone()
    page = phone.start().page
    asked = page.context.new_cdp_session(page)
    assert asked.send("Page.getInstallabilityErrors")["installabilityErrors"] == []
    found = asked.send("Page.getAppManifest")
    assert found["errors"] == []
    manifest = json.loads(found["data"])
    told = {name: manifest[name] for name in ("id", "scope", "start_url", "display", "lang", "name")}
    assert told == {
        "id": "/app/",
        "scope": "/app/",
        "start_url": "/app/?src=home",
        "display": "standalone",
        "lang": "zh-CN",
        "name": "助企码",
    }
    assert {icon.get("purpose", "any") for icon in manifest["icons"]} == {"any", "maskable"}


def test_a_visit_without_server_and_in_a_killed_browser_ends_receipted(
    app_story: AppStory, app_phone: Phones, camera: FakeCamera, browser: Browser
) -> None:
    phone = app_phone()
    page = phone.enrol(app_story.cast.inspector)
    kid = kid_on_screen(page)
    phone.close()
    camera.show_code(app_story.gate_code(app_story.cast.filed))
    county = opened(app_story.folder)
    now = county.clock.now()
    county.engine.dispose()
    with owners_phone(browser, now) as owner:
        owner.goto(f"{app_story.server.url}/e/{app_story.cast.filed}-1")
        expect(owner.locator("[data-offline-ready]")).to_be_visible()
        app_story.server.kill()
        with socket.socket() as probe:
            assert probe.connect_ex(("127.0.0.1", app_story.server.port)) != 0

        page = _started(phone)
        tap(page, "scan", "verdict-allow")
        tap(page, "enter", "screen-visit")
        tap(page, "my-code", "spoken")
        shown = read(page)
        tap(page, "back", "screen-visit")
        owner.goto(shown.replace(f"https://{HOST}", app_story.server.url))
        expect(owner.get_by_role("heading", name="可以放行")).to_be_visible()
    _write_and_photograph(page)
    phone.kill()

    page = _started(phone)
    sees_screen(page, "visit")
    sees(page, "written-2")
    tap(page, "close", "close-confirm")
    tap(page, "close-confirm", "screen-today")
    page.sees("已回执：记录 0 / 5，照片 0 / 1")
    phone.kill()

    page = _started(phone)
    page.sees("已回执：记录 0 / 5，照片 0 / 1")
    app_story.server.start()
    all_receipted(page, "全部已回执：记录 5，照片 1")
    assert len(app_story.server.log_ids(kid)) == 5


def _started(phone: AppPhone) -> FletPage:
    page = phone.start()
    unlock(page)
    return page


def _write_and_photograph(page: FletPage) -> None:
    tap(page, "guide", "snippet-0")
    tap(page, "snippet-0", "written-0")
    tap(page, "law", "snippet-0")
    tap(page, "snippet-0", "written-1")
    tap(page, "photo", "shutter")
    expect(page.by_id("shutter").get_by_role("button")).to_be_enabled()
    tap(page, "shutter", "written-2")


def test_another_profile_of_the_same_machine_is_another_phone(app_phone: Phones, browser: Browser) -> None:
    phone = app_phone()
    sees_screen(phone.start(), "enrol")
    with context_of(browser) as (context, traffic):
        page = context.new_page()
        page.goto(phone.address)
        expect(page.locator("#do-continue")).to_be_visible()
    assert traffic.outside == []
