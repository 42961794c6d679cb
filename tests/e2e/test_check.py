"""The owner's phone in a real Chromium: with signal, without, without a script, and inside a WeChat-like browser."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from shared_models import ed25519
from shared_models.copy_code import Copied, Copy, copy_text
from shared_models.suite import kid_of
from sync_server.enrolment.revoke_phone import revoke_phone
from tests.browser import context_of, problems_of
from tests.check.door import STRANGER, Door, digits, open_door
from tests.check.serving import Served, free_port
from tests.sync.county import BAKERY, MILL, OFFICE

pytestmark = pytest.mark.browser

# No service worker, no WebCrypto Ed25519, no push: what a shop owner's scanner offers.
LIKE_WECHAT = """
  delete Object.getPrototypeOf(navigator).serviceWorker;
  delete globalThis.PushManager;
  delete globalThis.PublicKeyCredential;
  const known = crypto.subtle.importKey.bind(crypto.subtle);
  crypto.subtle.importKey = (format, key, algorithm, ...rest) =>
    (algorithm.name ?? algorithm) === "Ed25519"
      ? Promise.reject(new DOMException("no Ed25519", "NotSupportedError"))
      : known(format, key, algorithm, ...rest);
"""


@pytest.fixture
def door(tmp_path: Path) -> Door:
    return open_door(tmp_path, at=datetime.now(UTC))


@pytest.fixture
def served(door: Door) -> Iterator[Served]:
    with Served(door.county.app, free_port()) as running:
        yield running


def pass_path(door: Door, age: int = 0, **changes) -> str:
    return f"/v/{digits(door.pass_text(at=int(time.time()) - age, **changes))}"


def prepared(context: BrowserContext, served: Served, uscc: str = MILL) -> Page:
    """A phone that has opened its own sheet once, with signal."""
    page = context.new_page()
    page.goto(f"{served.url}/e/{uscc}-1")
    expect(page.locator("[data-offline-ready]")).to_be_visible()
    return page


def test_an_owner_checks_and_lets_in_with_no_script_at_all(door, served, browser: Browser):
    with context_of(browser, java_script_enabled=False) as (context, _):
        page = context.new_page()
        page.goto(f"{served.url}/e/{MILL}-1")
        page.goto(served.url + pass_path(door))
        expect(page.get_by_role("heading", name="可以放行")).to_be_visible()
        expect(page.get_by_text("从本企业的入企码核验")).to_be_visible()
        page.get_by_role("button", name="放行").click()
        expect(page.get_by_text("您已放行")).to_be_visible()
    assert [(check.action, check.source) for check in door.checks()] == [
        ("looked", "own_sheet"),
        ("let_in", "own_sheet"),
    ]


@pytest.mark.parametrize("script", ["", LIKE_WECHAT], ids=["any_browser", "wechat"])
def test_who_has_the_answer_before_them_for_a_second_leaves_a_check(door, served, phone_context, script):
    phone_context.add_init_script(script)
    page = phone_context.new_page()
    with page.expect_response("**/check/seen") as told:
        page.goto(served.url + pass_path(door))
    assert told.value.status == 204
    assert [(check.action, check.source) for check in door.checks()] == [("looked", "direct")]
    page.reload()
    page.get_by_role("button", name="放行").click()
    expect(page.get_by_text("您已放行")).to_be_visible()
    assert [check.action for check in door.checks()] == ["looked", "let_in"]


def test_a_page_that_nobody_has_before_them_leaves_none(door, served, phone_context):
    page = phone_context.new_page()
    page.add_init_script("Object.defineProperty(document, 'visibilityState', {get: () => 'hidden'})")
    page.goto(served.url + pass_path(door))
    expect(page.get_by_role("heading", name="可以放行")).to_be_visible()
    page.wait_for_timeout(1_500)
    assert door.checks() == []


def test_without_signal_the_pass_is_checked_and_the_refusal_arrives_later(door, served, phone_context):
    page = prepared(phone_context, served)
    problems = problems_of(page)
    served.stop()
    page.goto(served.url + pass_path(door))
    expect(page.get_by_role("heading", name="可以放行")).to_be_visible()
    expect(page.get_by_text("凭条写明已备案")).to_be_visible()
    for shown in ("林一", "A1", door.number, "照片看不到", "有没有停用，不知道", "有没有撤回，不知道"):
        expect(page.get_by_text(shown).first).to_be_visible()
    page.get_by_role("button", name="不是照片上的人").click()
    expect(page.get_by_text("已记在本机")).to_be_visible()
    assert door.checks() == []
    served.start()
    page.goto(f"{served.url}/e/{MILL}-1")
    deadline = time.monotonic() + 10
    while len(door.checks()) < 2:
        assert time.monotonic() < deadline
        page.wait_for_timeout(50)
    late = door.checks()
    assert [check.action for check in late] == ["looked", "not_the_person"]
    for check in late:
        assert check.offline_at is not None
        assert (check.answer, check.source, check.enterprise) == ("valid", "own_sheet", MILL)
        assert check.opening == door.opened_pass().record
    assert [text for text in problems if "ERR_CONNECTION" not in text and "Failed to fetch" not in text] == []


@pytest.mark.parametrize(
    ("forge", "advice", "why"),
    [
        (lambda door: {"age": 6 * 60}, "可以不让进", "已经过期"),
        (lambda door: {"age": 90}, "先核实", "不是刚做的"),
        (lambda door: {"age": -200}, "先核实", "时间还没有到"),
        (lambda door: {"enterprise": BAKERY, "parts": {"slip": None}}, "可以不让进", "另一家企业"),
        (lambda door: {"parts": {"slip": None}}, "先核实", "问不到县里"),
        (lambda door: {"seed": STRANGER}, "可以不让进", "县里不认识"),
    ],
    ids=["photographed", "photographed_a_minute_ago", "clock_fast", "another_enterprise", "no_slip", "another_phone"],
)
def test_without_signal_each_attack_gets_its_own_reason(door, served, phone_context, forge, advice, why):
    page = prepared(phone_context, served)
    served.stop()
    page.goto(served.url + pass_path(door, **forge(door)))
    expect(page.get_by_role("heading", name=advice)).to_be_visible()
    expect(page.get_by_text(why).first).to_be_visible()


def test_a_phone_revoked_before_the_last_visit_is_refused_without_signal(door, served, phone_context):
    revoke_phone(door.county.county, OFFICE, kid_of(ed25519.public_key(door.seed)), "lost")
    page = prepared(phone_context, served)
    served.stop()
    page.goto(served.url + pass_path(door))
    expect(page.get_by_role("heading", name="可以不让进")).to_be_visible()
    expect(page.get_by_text("已经停用")).to_be_visible()


def test_the_sheet_itself_works_without_signal_and_compares_the_enterprise(door, served, phone_context):
    page = prepared(phone_context, served, BAKERY)
    served.stop()
    page.reload()
    expect(page.get_by_role("heading", name="鳌江面包坊")).to_be_visible()
    page.locator("#given").fill(door.pass_text(at=int(time.time())))
    page.get_by_role("button", name="核验", exact=True).click()
    expect(page.get_by_role("heading", name="可以不让进")).to_be_visible()
    expect(page.get_by_text("另一家企业")).to_be_visible()
    page.goto(f"{served.url}/e/{BAKERY}-1")
    page.locator("#given").fill("p1 123456")
    page.get_by_role("button", name="核验", exact=True).click()
    expect(page.get_by_text("六位数字要连网才能核对")).to_be_visible()


def test_a_county_whose_root_has_changed_is_not_believed(door, served, phone_context, tmp_path_factory):
    page = prepared(phone_context, served)
    served.stop()
    other = open_door(tmp_path_factory.mktemp("other"), at=datetime.now(UTC))
    with Served(other.county.app, served.port) as impostor:
        page.goto(f"{impostor.url}/e/{MILL}-1")
        expect(page.locator("[data-root-changed]")).to_be_visible()
    page.goto(served.url + pass_path(other))
    expect(page.get_by_role("heading", name="可以不让进")).to_be_visible()
    expect(page.get_by_text("县里不认识")).to_be_visible()


def test_a_phone_that_was_never_here_with_signal_says_so(door, served, browser: Browser):
    with context_of(browser) as (context, _):
        page = prepared(context, served)
        page.evaluate("indexedDB.deleteDatabase('zhuqi-check')")
        served.stop()
        page.goto(served.url + pass_path(door))
        expect(page.get_by_text("还没有存过县里的数据")).to_be_visible()


def test_inside_wechat_every_step_works_with_signal_and_offline_says_open_in_the_browser(
    door, served, browser: Browser
):
    with context_of(browser) as (context, _):
        context.add_init_script(LIKE_WECHAT)
        page = context.new_page()
        problems = problems_of(page)
        page.goto(f"{served.url}/e/{MILL}-1")
        expect(page.get_by_text("在浏览器打开")).to_be_visible()
        page.locator("#given").fill(door.pass_text(at=int(time.time())))
        page.get_by_role("button", name="核验", exact=True).click()
        expect(page.get_by_role("heading", name="可以放行")).to_be_visible()
        page.goto(served.url + pass_path(door, age=1))
        expect(page.get_by_role("heading", name="可以放行")).to_be_visible()
        page.get_by_role("button", name="不让进").click()
        expect(page.get_by_text("您没有让进")).to_be_visible()
        assert problems == []


def test_the_offline_page_speaks_english_too(door, served, phone_context):
    page = prepared(phone_context, served)
    served.stop()
    page.goto(served.url + pass_path(door))
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", name="You may let them in")).to_be_visible()
    page.get_by_role("button", name="中文").click()
    expect(page.get_by_role("heading", name="可以放行")).to_be_visible()


def test_without_signal_the_copy_of_a_letter_is_read_from_its_code(door, served, phone_context):
    words = "承诺书 CN20261124-0001\n违法行为：疏散通道堆放原料 㙍𠮷喆"
    path = copy_text("x", Copy(Copied.LETTER, b"\x07" * 32, words)).removeprefix("https://x")
    page = prepared(phone_context, served)
    problems = problems_of(page)
    served.stop()
    page.goto(served.url + path)
    expect(page.get_by_text("疏散通道堆放原料 㙍𠮷喆")).to_be_visible()
    expect(page.get_by_text("还不能和县里的存证核对")).to_be_visible()
    page.goto(served.url + path[:-30])
    expect(page.get_by_text("这个码读不出来")).to_be_visible()
    assert problems == []
