"""An off-site check in a real browser: filed at the desk, answered on a phone of 360 pixels, answered back, seen."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from shared_models.county import VisitCount
from shared_models.facts import Decision
from shared_models.offsite import Outcome
from sync_server.offsite.link import token_of
from sync_server.storage.engine import reading
from sync_server.storage.facts import current_of_kind
from tests.browser import context_of, problems_of
from tests.desks.town import CODES
from tests.e2e.measured import axe_findings, faults_in_every_look, runs_over
from tests.e2e.test_check import LIKE_WECHAT
from tests.e2e.test_check_pages_look import loaded_bytes
from tests.e2e.test_desks import Desks, desks, fill_in
from tests.offsite.hands import answered, entry_of, filed, photo, reviewed
from tests.pages.stories import HOSTILE, LONG
from tests.server.towns import USCC, at_gate, enrolled, fetch, file, later

pytestmark = pytest.mark.browser
__all__ = ["desks"]
MOST_BYTES = 100_000
SMALL = {"width": 360, "height": 740}


def file_off_site(desks: Desks) -> str:
    """From the filing's first question to the head's approval; the path of the enterprise's page."""
    clerk, head = desks.window("clerk"), desks.window("head")
    clerk.goto(f"{desks.address}/filings")
    clerk.get_by_role("button", name="新建备案").click()
    fill_in(clerk)
    clerk.locator("[name=pasted]").fill(CODES[0])
    clerk.get_by_role("button", name="加入名单").click()
    clerk.get_by_role("button", name="改做非现场，不上门").click()
    expect(clerk.locator("h1")).to_contain_text("非现场检查")
    expect(clerk.locator("#enterprises")).to_contain_text("平阳测试00厂")
    clerk.locator("[name=title]").fill("消防自查")
    clerk.locator("[name='photo.0']").check()
    expect(clerk.locator("[data-saved]")).to_contain_text("已自动保存")
    clerk.get_by_role("button", name="送单位负责人批准").click()
    expect(clerk.locator(".head-row .tag")).to_have_text("待单位负责人批准")
    head.goto(clerk.url)
    head.get_by_role("button", name="批准并备案").click()
    expect(head.locator("main")).to_contain_text("FX3303262026-00001")
    clerk.goto(f"{desks.address}/offsite?state=open")
    clerk.locator(".visits a.name").first.click()
    link = clerk.get_by_label("链接", exact=True).input_value()
    return link.removeprefix("https://zhuqi.test")


def fill_list(page: Page, shots: list[Path]) -> None:
    page.locator("[name='said.0'][value=yes]").check()
    page.locator("[name='said.1'][value=no]").check()
    page.locator("[name='note.1']").fill("后门堆了纸箱")
    page.locator("[name='photo.0']").set_input_files(shots)
    if page.locator("#item-1 img").count() == 0:  # without a script the button sends them
        page.locator("#item-1 button[value=photo]").click()
    expect(page.locator("#item-1 img")).to_have_count(1)
    expect(page.locator("[name='note.1']")).to_have_value("后门堆了纸箱")


@pytest.mark.parametrize("script", [True, False], ids=["wechat", "no_script"])
def test_a_clerk_files_an_owner_answers_with_a_photo_an_officer_answers_and_no_visit_is_counted(
    desks: Desks, tmp_path: Path, script: bool
) -> None:
    county = desks.county
    file(county, "market", enterprises=(CODES[0],))
    phone = enrolled(county)
    fetch(county, phone)
    before = at_gate(phone, uscc=CODES[0]).verdict
    shot = tmp_path / "灭火器.jpg"
    shot.write_bytes(photo(size=(1200, 900)))

    path = file_off_site(desks)
    with context_of(desks.browser, viewport=SMALL, java_script_enabled=script) as (context, _):
        context.add_init_script(LIKE_WECHAT)
        owner = context.new_page()
        problems = problems_of(owner)
        owner.goto(desks.address + path)
        expect(owner.locator(".answer")).to_contain_text("不算入企检查")
        fill_list(owner, [shot])
        owner.get_by_role("button", name="填好了，送出").click()
        expect(owner.locator("[role=alert]")).to_contain_text("1 处要补")
        owner.get_by_label("姓名").fill("陈师傅")
        owner.get_by_role("button", name="填好了，送出").click()
        expect(owner.locator(".answer")).to_contain_text("已送出，等执法单位答复")

        clerk = desks.window("clerk")
        clerk.reload()
        expect(clerk.locator(".given img")).to_have_count(1)
        clerk.locator("[name='item.1']").select_option("put_right")
        clerk.locator("[name='text.1']").fill("请清走纸箱")
        clerk.get_by_role("radio", name="请改正").check()
        clerk.get_by_role("button", name="送出答复").click()
        expect(clerk.locator(".head-row")).to_contain_text("等改正")

        owner.reload()
        expect(owner.locator("main")).to_contain_text("请清走纸箱")
        owner.locator("[name='said.1'][value=yes]").check()
        owner.locator("[name='note.1']").fill("已清走")
        owner.get_by_role("button", name="填好了，送出").click()
        expect(owner.locator(".answer")).to_contain_text("已送出")
        clerk.reload()
        clerk.get_by_role("radio", name="没有问题，办结").check()
        clerk.get_by_role("button", name="送出答复").click()
        expect(clerk.locator(".head-row")).to_contain_text("没有问题")
        owner.reload()
        expect(owner.locator(".answer")).to_contain_text("没有问题，已办结")
        assert [one for one in problems if "422" not in one] == []

    fetch(county, phone)
    assert at_gate(phone, uscc=CODES[0]).verdict == before
    assert before.verdict is Decision.ALLOW
    with reading(county.engine) as connection:
        assert [fact.load(VisitCount) for fact in current_of_kind(connection, "count")] == []


def test_what_is_typed_is_saved_by_itself_and_found_on_another_phone(desks: Desks) -> None:
    check = filed(desks.county)
    path = f"{desks.address}/o/{token_of(desks.county, entry_of(desks.county, check))}"
    with context_of(desks.browser, viewport=SMALL) as (context, _):
        page = context.new_page()
        page.goto(path)
        page.locator("[name='note.2']").fill("没有燃气")
        expect(page.locator("[data-told]")).to_contain_text("已自动保存")
        page.locator("[name=name]").fill("林")
        page.get_by_role("button", name="先保存").last.click()
        expect(page.locator("[data-told]")).to_contain_text("已保存")
    with context_of(desks.browser, viewport=SMALL) as (context, _):
        other = context.new_page()
        other.goto(path)
        expect(other.locator("[name='note.2']")).to_have_value("没有燃气")
        expect(other.locator("[name=name]")).to_have_value("林")


def owners_pages(desks: Desks) -> dict[str, str]:
    """One in each state, with the longest and the most hostile words."""
    county, made = desks.county, {}
    for name in ("open", "overdue", "answered", "put_right", "in_order", "visit_needed"):
        check = filed(county, title=LONG[:80], note=f"{LONG}{HOSTILE}"[:1000])
        if name not in ("open", "overdue"):
            answered(county, check, note=LONG[:1000])
        if name in ("put_right", "in_order", "visit_needed"):
            reviewed(county, check, Outcome(name))
        made[name] = check
    return made


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_page_has_an_axe_finding_or_runs_over_the_edge(desks: Desks, language: str) -> None:
    checks = owners_pages(desks)
    paths = {name: f"/o/{token_of(desks.county, entry_of(desks.county, one))}" for name, one in checks.items()}
    paths |= {"edit": f"{paths['answered']}?edit=1", "closed": "/o/torn"}
    with context_of(desks.browser, viewport=SMALL) as (context, _):
        page = context.new_page()
        page.goto(f"{desks.address}/language/{language}")
        for name, path in paths.items():
            page.goto(desks.address + path)
            assert axe_findings(page) == [], name
            assert runs_over(page) == [], name


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_page_of_the_desk_clips_a_text_or_is_hard_to_read(desks: Desks, language: str) -> None:
    checks = owners_pages(desks)
    later(desks.county, hours=1)
    clerk = desks.window("clerk")
    clerk.goto(f"{desks.address}/language/{language}")
    found = set()
    for path in ("/offsite", "/offsite/lists", "/offsite/lists/new", *(f"/offsite/{one}" for one in checks.values())):
        clerk.goto(desks.address + path)
        assert clerk.locator("h1").count() == 1, path
        found |= {f"{path}: {problem}" for problem in faults_in_every_look(clerk)}
    clerk.goto(f"{desks.address}/offsite")
    clerk.locator("form[action='/offsite/new'] button").click()
    clerk.locator("[name=pasted]").fill(USCC)
    clerk.locator("button[value=add]").click()
    clerk.locator("button[value=send]").click()
    found |= {f"draft: {problem}" for problem in faults_in_every_look(clerk)}
    assert found == set()


def test_the_owners_page_is_under_100_kilobytes(desks: Desks) -> None:
    check = filed(desks.county)
    path = f"{desks.address}/o/{token_of(desks.county, entry_of(desks.county, check))}"
    with context_of(desks.browser, service_workers="block") as (context, _):
        size = loaded_bytes(context.new_page(), path)
    assert 1_000 < size <= MOST_BYTES
