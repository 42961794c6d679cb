"""Records leave the phone while the app is closed, where the browser has background sync."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.e2e.app_phone import AppPhone, AppStory, all_receipted, kid_on_screen, poll
from tests.e2e.hands import tap, unlock
from tests.fake_camera import FakeCamera

pytestmark = [pytest.mark.browser, pytest.mark.slow]
pytest_plugins = ["tests.e2e.app_built"]
TAG = "zhuqi-records"


def test_what_waits_is_sent_without_the_app_and_receipted_when_it_is_opened(
    app_story: AppStory, app_phone: Callable[..., AppPhone], camera: FakeCamera
) -> None:
    phone = app_phone()
    page = phone.enrol(app_story.cast.inspector)
    kid = kid_on_screen(page)
    phone.close()
    camera.show_code(app_story.gate_code(app_story.cast.filed))
    app_story.server.kill()
    page = phone.start()
    unlock(page)
    tap(page, "scan", "verdict-allow")
    tap(page, "enter", "screen-visit")
    tap(page, "guide", "snippet-0")
    tap(page, "snippet-0", "written-0")
    assert page.page.evaluate(WAITS)
    page.page.close()

    app_story.server.start()
    assert app_story.server.log_ids(kid) == []
    assert phone.context is not None
    other = phone.context.new_page()
    dispatch_sync(other, app_story.server.url)
    poll(other, lambda: len(app_story.server.log_ids(kid)) == 2, "both records are in the log")
    other.close()

    page = phone.start()
    unlock(page)
    tap(page, "back", "screen-today")
    all_receipted(page, "全部已回执：记录 2")
    poll(page.page, lambda: not page.page.evaluate(WAITS), "the outbox is empty")
    assert len(app_story.server.log_ids(kid)) == 2


def dispatch_sync(page: Page, origin: str) -> None:
    """As the browser does when the network is back."""
    protocol, registrations = page.context.new_cdp_session(page), list[dict[str, Any]]()
    protocol.on("ServiceWorker.workerRegistrationUpdated", lambda event: registrations.extend(event["registrations"]))
    protocol.send("ServiceWorker.enable")
    page.goto("about:blank")
    poll(page, lambda: bool(registrations), "the service worker is known")
    asked = {"origin": origin, "registrationId": registrations[0]["registrationId"], "tag": TAG, "lastChance": False}
    protocol.send("ServiceWorker.dispatchSyncEvent", asked)


WAITS = """() => new Promise((done) => {
  const asked = indexedDB.open('zhuqi-outbox', 1);
  asked.onupgradeneeded = () => asked.result.createObjectStore('waiting');
  asked.onsuccess = () => {
    const read = asked.result.transaction('waiting').objectStore('waiting').get('records');
    read.onsuccess = () => { asked.result.close(); done(read.result !== undefined); };
  };
})"""
