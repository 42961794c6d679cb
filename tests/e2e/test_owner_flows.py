"""What an owner's phone shows after a form was sent, and without signal: axe, 360 px, 200 % type, and inside WeChat."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, Page, expect

from field_app.visits.spoken_code import show_spoken_code
from shared_models.copy_code import Copied, Copy, copy_text
from tests.browser import context_of, problems_of
from tests.check.door import Door, digits, open_door, run
from tests.check.serving import Served, free_port
from tests.e2e.measured import axe_findings, runs_over
from tests.e2e.test_check import LIKE_WECHAT
from tests.sync.county import BAKERY, MILL

pytestmark = pytest.mark.browser
NARROW = {"width": 360, "height": 740}
WORDS = "承诺书 CN20261124-0001\n违法行为：疏散通道堆放原料 㙍𠮷喆\n" + "改正措施写得很长，" * 12


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Door:
    return open_door(tmp_path_factory.mktemp("flows"), at=datetime.now(UTC))


@pytest.fixture
def served(door: Door) -> Iterator[Served]:
    door.county.clock.instant = datetime.now(UTC)
    with Served(door.county.app, free_port()) as running:
        yield running


def pass_path(door: Door) -> str:
    return f"/v/{digits(door.pass_text(at=int(time.time())))}"


def told(door: Door) -> str:
    code = run(show_spoken_code(door.phone))
    assert code is not None
    return f"{code.number} {code.digits}"


def is_sound(page: Page, name: str) -> None:
    """Nothing for axe to find in either light, and nothing over the edge, in ordinary and in doubled type."""
    assert axe_findings(page) == [], name
    assert runs_over(page) == [], name
    page.evaluate("document.documentElement.style.fontSize = ''")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_answers_to_forms_are_readable_by_everybody(door, served, browser: Browser, language):
    with context_of(browser, viewport=NARROW) as (context, _):
        page = context.new_page()
        page.goto(f"{served.url}/language/{language}")
        for name, given in (("told", told(door)), ("wrong", "p1 000000")):
            page.goto(f"{served.url}/e/{MILL}-1")
            page.locator("#given").fill(given)
            page.locator("form[data-check] button").click()
            expect(page.locator(".answer")).to_be_visible()
            is_sound(page, name)
        page.goto(served.url + pass_path(door))
        page.locator("[name=action][value=not_the_person]").click()
        expect(page.locator("main h1")).to_be_visible()
        is_sound(page, "acted")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_answers_without_signal_are_readable_by_everybody(door, served, browser: Browser, language):
    copy = copy_text("x", Copy(Copied.LETTER, b"\x07" * 32, WORDS)).removeprefix("https://x")
    with context_of(browser, viewport=NARROW) as (context, _):
        page = context.new_page()
        page.goto(f"{served.url}/language/{language}?back=/e/{MILL}-1")
        expect(page.locator("[data-offline-ready]")).to_be_visible()
        fresh, other = pass_path(door), f"/v/{digits(door.pass_text(at=int(time.time()), enterprise=BAKERY))}"
        served.stop()
        for name, path in (("let in", fresh), ("refuse", other), ("copy", copy), ("torn", "/l/12345")):
            page.goto(served.url + path)
            expect(page.locator("[data-answer] h1, [data-answer] h2").first).to_be_visible()
            is_sound(page, name)
        served.start()


def test_inside_wechat_a_told_code_a_look_and_a_refusal_all_pass(door, served, browser: Browser):
    before = len(door.checks())
    with context_of(browser) as (context, _):
        context.add_init_script(LIKE_WECHAT)
        page = context.new_page()
        problems = problems_of(page)
        page.goto(f"{served.url}/e/{MILL}-1")
        page.locator("#given").fill(told(door))
        page.get_by_role("button", name="核验", exact=True).click()
        expect(page.get_by_role("heading", name="可以放行")).to_be_visible()
        page.get_by_role("button", name="放行").click()
        expect(page.get_by_text("您已放行")).to_be_visible()
        page.goto(served.url + pass_path(door))
        page.get_by_role("button", name="不是照片上的人").click()
        expect(page.get_by_text("请不要让他进")).to_be_visible()
        assert problems == []
    actions = [(check.source, check.action) for check in door.checks()[before:]]
    assert actions[-2:] == [("own_sheet", "looked"), ("own_sheet", "not_the_person")]
    assert ("spoken", "let_in") in actions
