"""A filing's way in a real browser: upload, foretelling, the head, the office, a joint visit, two phones at a gate."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, expect

from shared_models.county import VisitCount
from shared_models.facts import Decision, Level
from shared_models.filing import Purpose
from sync_server.accounts.add_account import add_account
from sync_server.app import app_of
from sync_server.county import County
from sync_server.storage.engine import reading
from sync_server.storage.facts import current_of_kind
from tests.browser import context_of, problems_of
from tests.desks.conftest import ACCOUNTS
from tests.desks.town import CODES, FORM, PASSWORD, settle_more
from tests.e2e.measured import faults_in_every_look
from tests.server.towns import TODAY, at_gate, enrolled, fetch, file, later, open_town, send, settle

pytestmark = pytest.mark.browser


@dataclass
class Desks:
    """A served town, and a window for each account that is asked for."""

    county: County
    address: str
    browser: Browser
    stack: ExitStack
    windows: dict[tuple[str, int], Page] = field(default_factory=dict)
    problems: list[list[str]] = field(default_factory=list)
    """What each window's console calls an error."""

    def window(self, account: str, width: int = 1280, **options: object) -> Page:
        if (account, width) not in self.windows:
            wanted = {"viewport": {"width": width, "height": 900}, "permissions": [], **options}
            context, _ = self.stack.enter_context(context_of(self.browser, **wanted))
            page = context.new_page()
            self.problems.append(problems_of(page))
            page.goto(f"{self.address}/login")
            page.get_by_label("账号").fill(account)
            page.get_by_label("密码").fill(PASSWORD)
            page.locator("main button").click()
            self.windows[account, width] = page
        return self.windows[account, width]


@pytest.fixture
def desks(browser: Browser, tmp_path: Path) -> Iterator[Desks]:
    county = open_town(tmp_path / "town")
    county = replace(county, settings=replace(county.settings, secure_cookies=False))
    settle(county)
    settle_more(county)
    for name, grants in ACCOUNTS.items():
        add_account(county, name, PASSWORD, grants, name)
    server = uvicorn.Server(uvicorn.Config(app_of(county), port=0, log_level="warning", access_log=False))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        with ExitStack() as stack:
            yield Desks(county, f"http://127.0.0.1:{port}", browser, stack)
    finally:
        server.should_exit = True
        thread.join()


def fill_in(page: Page) -> None:
    for name in ("why_not_off_site", "items", "basis", "first", "last"):
        page.locator(f"[name={name}]").fill(str(FORM[name]))
    for officer in FORM["officers"]:
        page.locator(f"[name=officers][value={officer}]").check()


def test_thirty_enterprises_from_upload_to_a_joint_visit_that_counts_once(desks: Desks, tmp_path: Path) -> None:
    county = desks.county
    file(county, "fire", enterprises=(CODES[7],), days=(1, 4), purpose=Purpose.RECHECK)
    file(county, "fire", enterprises=(CODES[8],), days=(1, 4))
    phones = {one: enrolled(county, f"{one}1") for one in ("market", "fire")}
    clerk = desks.window("clerk")
    clerk.goto(f"{desks.address}/filings")
    clerk.get_by_role("button", name="新建备案").click()
    fill_in(clerk)
    expect(clerk.locator("[data-saved]")).to_contain_text("已自动保存")
    table = tmp_path / "企业.csv"
    lines = [f"{one},2026-11-10,2026-11-12" if n < 3 else one for n, one in enumerate(CODES)]
    table.write_text("信用代码,起,止\n" + "\n".join(lines), "gb18030")
    clerk.locator("[name=file]").set_input_files(table)
    clerk.get_by_role("button", name="加入名单").click()
    expect(clerk.locator("#enterprises")).to_contain_text("其中 3 家的日期碰到服务周的保护日")
    expect(clerk.locator(".says .bad", has_text="当天是执法助企服务周的保护日")).to_have_count(3)
    expect(clerk.locator(".says", has_text="可以联合：消防救援局")).to_have_count(1)
    clerk.get_by_role("button", name="送单位负责人批准").click()
    expect(clerk.locator(".head-row .tag")).to_have_text("? 待单位负责人批准".removeprefix("? "))

    head = desks.window("head")
    head.goto(clerk.url)
    head.get_by_role("button", name="批准并提交备案").click()
    expect(head.locator("main")).to_contain_text("已受理 27 份 · 3 份待县专班审核")

    office = desks.window("office")
    office.goto(f"{desks.address}/office")
    expect(office.locator("[name=filing]")).to_have_count(3)
    office.goto(f"{desks.address}/office/joint")
    suggestion = office.locator("form.card", has_text="平阳测试07厂")
    suggestion.get_by_role("button", name="办理联合入企").click()
    tomorrow = TODAY + timedelta(days=1)
    office.get_by_label("牵头单位").select_option("market")
    office.locator("[name=first]").fill(str(tomorrow))
    office.get_by_role("button", name="确认合并").click()
    expect(office.locator("h1")).to_contain_text("BA3303262026-00030")

    now = later(county, days=1)
    for phone in phones.values():
        fetch(county, phone)
    merged = [one for one in phones["fire"].items.values() if getattr(one, "merged_into", None)]
    assert [one.merged_into for one in merged] == ["BA3303262026-00030"]
    part = at_gate(phones["fire"], uscc=CODES[7], at=now, purpose=Purpose.RECHECK)
    assert part.verdict.verdict is Decision.DENY
    assert [(one.code, one.about) for one in part.verdict.reasons if one.level is Level.DENY] == [
        ("filing_merged", "BA3303262026-00030")
    ]
    opened = at_gate(phones["market"], uscc=CODES[7], at=now)
    assert (opened.verdict.verdict, opened.verdict.filing) == (Decision.ALLOW, "BA3303262026-00030")
    send(county, phones["market"].write("visit_opened", opened, visit=bytes(16), at=now))
    with reading(county.engine) as connection:
        counts = [fact.load(VisitCount) for fact in current_of_kind(connection, "count")]
    assert [(one.department, one.entered) for one in counts] == [("market", 1)]
    assert [problem for window in desks.problems for problem in window] == []


def test_a_draft_is_filled_in_and_sent_without_a_script(desks: Desks) -> None:
    clerk = desks.window("clerk", java_script_enabled=False)
    clerk.goto(f"{desks.address}/filings")
    clerk.get_by_role("button", name="新建备案").click()
    fill_in(clerk)
    clerk.locator("[name=pasted]").fill(CODES[0])
    clerk.get_by_role("button", name="加入名单").click()
    expect(clerk.locator("#enterprises")).to_contain_text("2026-11-04 至 2026-11-06 都可以入企")
    clerk.get_by_role("button", name="送单位负责人批准").click()
    expect(clerk.locator(".head-row .tag")).to_have_text("待单位负责人批准")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_desk_clips_a_text_or_is_hard_to_read(desks: Desks, language: str) -> None:
    file(desks.county, "market", enterprises=(CODES[0],), days=(0, 8))
    made = [file(desks.county, one, enterprises=(CODES[1],)).filing for one in ("market", "fire")]
    office = desks.window("office")
    clerk = desks.window("clerk")
    for page in (office, clerk):
        page.goto(f"{desks.address}/language/{language}")
    clerk.goto(f"{desks.address}/filings")
    clerk.locator("form[action='/filings/new'] button").click()
    fill_in(clerk)
    clerk.locator("[name=pasted]").fill("\n".join(f"{one} 2026-11-06 2026-11-13" for one in CODES[:3]) + "\nno code 12")
    clerk.locator("button[value=add]").click()
    found = {f"draft: {problem}" for problem in faults_in_every_look(clerk)}
    paths = ["/filings", "/office", "/office/joint", "/calendar", "/calendar/themes", "/policy", f"/filings/{made[0]}"]
    for path in paths:
        office.goto(desks.address + path)
        found |= {f"{path}: {problem}" for problem in faults_in_every_look(office)}
    office.goto(f"{desks.address}/office/joint")
    office.locator("main form button").first.click()
    found |= {f"joint: {problem}" for problem in faults_in_every_look(office)}
    assert found == set()
