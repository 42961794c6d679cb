"""The supervisor's pages in a real browser: no script, no other host, nothing clipped, readable in both lights."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, expect

from sync_server.accounts.account import Role
from sync_server.accounts.add_account import add_account
from sync_server.app import app_of
from tests.browser import context_of
from tests.e2e.measured import MEASURE, faults_in_every_look
from tests.pages.stories import PASSWORD, Story, tell
from tests.server.towns import settled_town

pytestmark = pytest.mark.browser
WIDTHS = (360, 390, 768, 1280)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Story]]:
    county = settled_town(Path(tmp_path_factory.mktemp("site")))
    story = tell(county)
    add_account(county, "lin", PASSWORD, Role.SUPERVISOR, "林监督")
    server = uvicorn.Server(uvicorn.Config(app_of(county), port=0, log_level="warning", access_log=False))
    thread = threading.Thread(target=server.run)
    thread.start()
    until = time.monotonic() + 30
    while not server.started and time.monotonic() < until:
        time.sleep(0.02)
    assert server.started
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}", story
    server.should_exit = True
    thread.join(10)


def log_in(page: Page, url: str) -> None:
    page.goto(f"{url}/visits")
    page.get_by_label("账号").fill("lin")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="登录").click()
    expect(page).to_have_url(f"{url}/visits")


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    with context_of(browser, java_script_enabled=False) as (context, _):
        yield context


def test_a_supervisor_finds_a_visit_and_sees_every_proof_green_without_a_script(
    context: BrowserContext, site: tuple[str, Story]
) -> None:
    url, story = site
    page = context.new_page()
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text))
    log_in(page, url)
    expect(page.locator(".visits > li")).to_have_count(3)
    page.get_by_text("筛选").click()
    page.get_by_label("状态").select_option("closed")
    page.get_by_role("button", name="查看").click()
    expect(page.locator(".visits > li")).to_have_count(1)
    page.locator(".visits a.name").click()
    expect(page).to_have_url(f"{url}/visits/{story.sound}")
    expect(page.locator(".banner")).to_have_text("允许")
    expect(page.get_by_text("条记录全部通过核对")).to_be_visible()
    expect(page.locator("table.proofs .bad")).to_have_count(0)
    assert page.locator("table.proofs .good").count() >= 9 * 4
    photo = page.get_by_role("img", name="现场照片:大门与消防通道".replace(":", "："))
    photo.scroll_into_view_if_needed()
    expect(photo).to_be_visible()
    expect(page.locator(".people img.portrait")).to_have_count(1)
    with page.expect_download() as download:
        page.get_by_role("link", name="CBOR").first.click()
    assert re.fullmatch(r"record-[0-9a-f]{16}\.cbor", download.value.suggested_filename)
    page.get_by_role("button", name="退出").click()
    page.goto(f"{url}/visits/{story.sound}")
    expect(page).to_have_url(re.compile("/login"))
    assert refused == [], "the policy of the page stopped something"


def test_the_language_switch_stays_where_one_is(context: BrowserContext, site: tuple[str, Story]) -> None:
    url, story = site
    page = context.new_page()
    log_in(page, url)
    page.goto(f"{url}/visits/{story.stormy}")
    page.get_by_role("link", name="English").click()
    expect(page).to_have_url(f"{url}/visits/{story.stormy}")
    expect(page.locator(".banner")).to_have_text("Enter first, file after")
    page.get_by_role("link", name="中文").click()
    expect(page.locator(".banner")).to_have_text("准予先行、事后备案")


def test_a_hostile_text_runs_nothing(browser: Browser, site: tuple[str, Story]) -> None:
    url, story = site
    with context_of(browser) as (context, _):
        page = context.new_page()
        page.on("dialog", lambda _dialog: pytest.fail("a text of a record opened a dialog"))
        log_in(page, url)
        page.goto(f"{url}/visits/{story.stormy}")
        expect(page.get_by_text("<script>alert(1)</script>").first).to_be_visible()
        assert page.locator("main script, main b[onmouseover]").count() == 0


@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_is_clipped_and_every_text_can_be_read(
    browser: Browser, site: tuple[str, Story], language: str
) -> None:
    url, story = site
    paths = [
        "/",
        "/visits",
        "/set-aside",
        "/nowhere",
        *(f"/visits/{one}" for one in (story.sound, story.stormy, story.service)),
    ]
    with context_of(browser) as (context, _):
        page = context.new_page()
        page.goto(f"{url}/login")
        log_in(page, url)
        page.goto(f"{url}/language/{language}?back=/")
        problems = set()
        for path in paths:
            page.goto(url + path)
            if path == "/visits":
                page.locator("summary").click()
            problems |= {f"{path}: {fault}" for fault in faults_in_every_look(page, WIDTHS)}
    assert problems == set()


def test_the_measure_finds_what_is_wrong(browser: Browser, site: tuple[str, Story]) -> None:
    url, _ = site
    with context_of(browser) as (context, _traffic):
        page = context.new_page()
        page.goto(url)
        assert page.evaluate(MEASURE) == []
        page.locator(".lead").evaluate("el => { el.style.color = '#999'; el.style.background = '#fff'; }")
        page.locator("h1").evaluate("el => { el.style.whiteSpace = 'nowrap'; el.textContent = '长'.repeat(99); }")
        squeeze = "el => { el.style.overflow = 'hidden'; el.style.width = '40px'; el.style.whiteSpace = 'nowrap'; }"
        page.locator("h2").first.evaluate(squeeze)
        found = " ".join(page.evaluate(MEASURE))
    assert "contrast 2.85" in found
    assert "the page is" in found
    assert "clipped: 每月第二周" in found


def test_the_pages_print(browser: Browser, site: tuple[str, Story]) -> None:
    url, story = site
    with context_of(browser) as (context, _):
        page = context.new_page()
        log_in(page, url)
        page.goto(f"{url}/visits/{story.stormy}")
        page.emulate_media(media="print")
        expect(page.locator("nav")).to_be_hidden()
        expect(page.get_by_text("打印时间")).to_be_visible()
        assert page.pdf().startswith(b"%PDF")
        clipped = "els => els.filter(el => el.scrollHeight > el.clientHeight + 1).length"
        assert page.locator(".timeline .user").evaluate_all(clipped) == 0
