"""One story in a real browser, three phones, the server gone: checked, joined, signed, left behind; then on one page.

Two officers use the web-mode app; the owner's phone has its own profile with the service worker. The pictures of the
screens are left in `.build/screens` to be looked at.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from shared_models.copy_code import Copied, read_copy
from sync_server.accounts.account import Role
from sync_server.accounts.add_account import add_account
from tests.browser import context_of
from tests.e2e.conftest import Story
from tests.e2e.door_steps import enrol, enter, join, letter, owners_phone
from tests.e2e.hands import sees_screen, tap, unlock
from tests.e2e.processes import FieldApp, a_free_port, wait_until
from tests.e2e.serve_county import HOST, opened
from tests.e2e.test_screens import OUT, Walk
from tests.flet_page import FletPage

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PASSWORD = "a long enough word 7"
TOLD = ["入企", "企业核验", "企业核验", "到场", "发现问题", "承诺书签署", "结束", "企业对承诺书的答复"]
WHEN = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")


@pytest.fixture
def phones(story: Story, tmp_path: Path) -> Iterator[FieldApp]:
    app = FieldApp(tmp_path / "held", a_free_port(), story.server, story.folder / "clock.json", "--cockpit")
    app.start()
    yield app
    app.stop()


def test_check_joining_letter_and_confirmation_are_one_story_on_one_page_though_the_server_was_gone(
    story: Story, phones: FieldApp, browser: Browser
) -> None:
    enrol(story, phones, 1, story.cast.inspector)
    enrol(story, phones, 2, story.cast.colleague)
    county = opened(story.folder)
    add_account(county, "lin", PASSWORD, Role.SUPERVISOR, "林监督")
    now = county.clock.now()
    county.engine.dispose()
    with (
        context_of(browser) as (context, _),
        context_of(browser) as (other, _),
        owners_phone(browser, now) as owner,
    ):
        _open_own_sheet(owner, story)
        first, second = Walk(FletPage(context), "story-1"), Walk(FletPage(other), "story-2")
        for number, walk in ((1, first), (2, second)):
            walk.page.open(phones.phone(number))
            unlock(walk.page)
            sees_screen(walk.page, "today")
        story.server.kill()
        enter(first, phones, story)
        join(first, second, phones, shown=lambda text: _check_without_signal(owner, story, text))
        text = letter(first, "张三")
        copy = read_copy(text, HOST)
        assert copy.kind is Copied.LETTER
        owner.goto(_here(story, text))
        expect(owner.get_by_text("还不能和县里的存证核对")).to_be_visible()
        expect(owner.get_by_text("张三")).to_be_visible()
        owner.screenshot(path=OUT / "story-owner-copy-offline.png", full_page=True)
        _close(first)
        story.server.start()
        for walk in (first, second):
            wait_until(lambda walk=walk: "全部已回执" in walk.page.text(), "receipted", 120)
        _open_own_sheet(owner, story)
        _confirm(owner, _here(story, text))
        _supervisor_reads_it_all(other.new_page(), story)
        assert first.problems | second.problems == {}


def _here(story: Story, text: str) -> str:
    """The county's address leads to the server of this test."""
    return text.replace(f"https://{HOST}", story.server.url)


def _open_own_sheet(owner: Page, story: Story) -> None:
    """With signal. What the phone checked without it is sent by the way."""
    owner.goto(f"{story.server.url}/e/{story.cast.filed}-1")
    expect(owner.locator("[data-offline-ready]")).to_be_visible()


def _check_without_signal(owner: Page, story: Story, text: str) -> None:
    owner.goto(_here(story, text))
    expect(owner.get_by_role("heading", name="可以放行")).to_be_visible()
    expect(owner.get_by_text("凭条写明已备案")).to_be_visible()
    owner.screenshot(path=OUT / "story-owner-check-offline.png", full_page=True)
    owner.get_by_role("button", name="放行").click()
    expect(owner.get_by_text("已记在本机")).to_be_visible()


def _close(walk: Walk) -> None:
    tap(walk.page, "close", "screen-close")
    walk.page.tap_id("why-no-law-close_why_a")
    tap(walk.page, "close-confirm", "screen-today")


def _confirm(owner: Page, address: str) -> None:
    owner.goto(address)
    expect(owner.get_by_text("已签署，等您确认")).to_be_visible()
    owner.screenshot(path=OUT / "story-owner-letter.png", full_page=True)
    owner.get_by_role("button", name="属实，确认").click()
    expect(owner.get_by_text("已确认，并记入县里的存证。")).to_be_visible()


def _supervisor_reads_it_all(page: Page, story: Story) -> None:
    page.goto(f"{story.server.url}/visits")
    page.get_by_label("账号").fill("lin")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="登录").click()
    page.locator(".visits a.name").first.click()
    told = page.locator(".timeline > li")
    deadline = time.monotonic() + 20
    while told.count() < len(TOLD):
        assert time.monotonic() < deadline, told.all_inner_texts()
        page.wait_for_timeout(200)
        page.reload()
    page.screenshot(path=OUT / "story-visit.png", full_page=True)
    headings = told.locator("h3").all_inner_texts()
    assert [WHEN.sub("", one).strip() for one in headings] == TOLD
    times = [WHEN.search(one)[0] for one in headings]
    assert times == sorted(times)
    for line in told.all_inner_texts()[:-1]:
        after, at, before = _interval(line)
        assert after <= at <= before, line
    assert "收到" in told.last.inner_text()
    expect(page.get_by_text("条记录全部通过核对")).to_be_visible()
    expect(page.locator("table.proofs .bad, table.proofs .unsure")).to_have_count(0)
    expect(page.locator(".people .tag.good")).to_have_count(2)
    expect(page.get_by_text("企业已确认").first).to_be_visible()


def _interval(line: str) -> tuple[str, str, str]:
    """What the county's own clock witnesses around the time that a phone gives."""
    found = re.search(rf"可证明在 ({WHEN.pattern}) 至 ({WHEN.pattern}) 之间", line)
    at = WHEN.search(line)
    assert found, line
    assert at
    return found[1], at[0], found[2]
