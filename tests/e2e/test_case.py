"""A broken letter's case in a real browser: nothing is decided before its checklist is whole; instalments run late."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from shared_models.case import CaseFacts, DecisionKind
from shared_models.case_acts import HardshipEvidence
from sync_server.app import app_of
from sync_server.cases.answer_deferral import answer_deferral
from sync_server.cases.ask_deferral import ask_deferral
from sync_server.cases.decide_case import decide_case
from sync_server.cases.open_case import open_case
from sync_server.cases.restate_facts import restate_facts
from sync_server.county import County
from tests.browser import context_of, problems_of
from tests.cases.test_paying import LOSS, THREE
from tests.cases.town import (
    CLERK,
    HEAD,
    PASSWORD,
    REVIEWER,
    broken_letter,
    fined,
    grave,
    grave_case,
    new_case,
    staffed_town,
    who,
    whole,
)
from tests.check.serving import Served, free_port
from tests.e2e.measured import faults_in_every_look
from tests.server.towns import TODAY, later

pytestmark = pytest.mark.browser


@pytest.fixture
def county(tmp_path: Path) -> Iterator[County]:
    made = staffed_town(tmp_path / "town")
    yield replace(made, settings=replace(made.settings, secure_cookies=False))
    made.engine.dispose()


@pytest.fixture
def window(county: County, browser: Browser) -> Iterator[Callable[..., Page]]:
    """A window at a width, with somebody logged in; what its console calls an error fails the test."""
    problems: list[list[str]] = []
    with ExitStack() as stack:
        served = stack.enter_context(Served(app_of(county), free_port()))

        def come(account: str, width: int = 1280, **options: object) -> Page:
            wanted = {"viewport": {"width": width, "height": 900}, "base_url": served.url, "permissions": [], **options}
            context, _ = stack.enter_context(context_of(browser, **wanted))
            page = context.new_page()
            problems.append(problems_of(page))
            page.goto("/login")
            page.get_by_label("账号").fill(account)
            page.get_by_label("密码").fill(PASSWORD)
            page.locator("main button").click()
            return page

        yield come
    # the refusals that the story asks for are answers of 404 and 409, which a console notes
    assert [one for found in problems for one in found if "404" not in one and "409" not in one] == []


def fill(page: Page, step: str, **typed: str) -> None:
    """One box, as whoever has it before them fills it."""
    box = page.locator(f"#{step}")
    for name, text in typed.items():
        field = box.locator(f"[name={step}_{name}]")
        if field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(text)
        else:
            field.fill(text)
    box.get_by_role("button", name="记入").click()
    expect(page.locator(f"#{step} .tag").first).to_have_text("已完成")


def decide(page: Page, fine: str) -> None:
    page.locator("[name=decide_fine]").fill(fine)
    page.locator("[name=decide_reason]").fill("承诺期满未整改，通道仍被堵塞")
    page.get_by_role("button", name="作出决定").click()


def test_a_broken_letters_case_is_decided_when_its_checklist_is_whole_and_its_instalments_run_late(
    county: County, window: Callable[..., Page]
) -> None:
    number = open_case(county, CLERK, new_case(county, broken_letter(county)))
    # the inquiry finds it grave: review and collective decision come with it
    restate_facts(county, who(CLERK), number, CaseFacts(grave()), "现场复查：堵塞全部疏散出口")
    clerk, head, law = (window(name) for name in (CLERK, HEAD, REVIEWER))
    for page in (clerk, head):
        page.goto("/cases")
        page.locator(f"a[href='/cases/{number}']").click()
    law.goto(f"/cases/{number}")
    expect(law.locator("main")).to_contain_text("没有找到")

    decide(head, "9000")
    expect(head.get_by_role("alert")).to_contain_text("“裁量基准”还没有完成。《行政处罚法》第三十四条")
    expect(head.locator("[name=decide_fine]")).to_have_value("9000")
    head.locator("[name=reviewer_reviewer]").select_option(REVIEWER)
    head.get_by_role("button", name="指定法制审核人").click()
    fill(clerk, "discretion_standard", standard="浙江省消防救援机构行政处罚裁量基准", provision="第三档")
    decide(head, "9000")
    expect(head.get_by_role("alert")).to_contain_text("“法制审核”还没有完成。《行政处罚法》第五十八条")
    law.goto(f"/cases/{number}")
    fill(law, "legal_review", opinion="事实清楚，程序合法，同意", passed="yes")
    decide(head, "9000")
    expect(head.get_by_role("alert")).to_contain_text("“集体讨论”还没有完成。《行政处罚法》第五十七条第二款")
    clerk.reload()
    fill(clerk, "collective_decision", present="陈一\n林二\n周三", opinion="一致同意按第三档处罚")
    decide(head, "9000")
    expect(head.locator("#decision")).to_contain_text("9,000.00 元")

    clerk.reload()
    clerk.locator("[name=serve_how]").fill("当场交付")
    clerk.get_by_role("button", name="记入送达").click()
    expect(clerk.locator("#payment tbody tr")).to_have_count(1)
    clerk.get_by_text("记入申请").first.click()
    clerk.locator("[name=ask_applicant]").fill("张三（车间主任）")
    clerk.locator("[name=ask_application]").fill("资金周转困难，申请分三期缴纳")
    clerk.locator("[name=ask_evidence]").fill("近三个月财务报表")
    photo = io.BytesIO()
    Image.new("RGB", (640, 480), "white").save(photo, "JPEG")
    clerk.set_input_files("[name=ask_file]", {"name": "表.jpg", "mimeType": "image/jpeg", "buffer": photo.getvalue()})
    clerk.get_by_role("button", name="记入申请").click()
    expect(clerk.locator("#deferral")).to_contain_text("等待单位负责人批复")
    head.reload()
    head.locator("[name=answer_granted]").select_option("yes")
    head.locator("[name=answer_reason]").fill("情况属实")
    head.get_by_role("button", name="记入批复").click()
    expect(head.locator("#payment tbody tr")).to_have_count(3)
    expect(head.locator("#payment")).not_to_contain_text("逾期")

    later(county, days=61)
    late = window(CLERK)
    late.goto("/cases")
    expect(late.locator(".visits .tag.bad")).to_have_text("已逾期")
    late.goto(f"/cases/{number}")
    expect(late.locator("#payment .notice")).to_contain_text("有 1 期逾期未缴，最久已逾期 3 天")
    late.get_by_text("记入缴款或减免").click()
    late.locator("[name=settle_reference]").fill("浙财缴 0017")
    late.get_by_role("button", name="记入", exact=True).click()
    expect(late.locator("#payment tbody tr").first).to_contain_text("已缴，迟 3 天")


def stages(county: County) -> dict[str, str]:
    """A case in each stage that a page shows differently."""
    made = {}
    made["open"] = open_case(county, CLERK, new_case(county, broken_letter(county, visit=b"letter-visit-010")))
    letters = iter(range(11, 20))

    def another() -> str:
        letter = broken_letter(county, visit=b"letter-visit-%03d" % next(letters))
        return open_case(county, CLERK, new_case(county, letter, facts=CaseFacts(grave())))

    made["whole"] = whole(county, another())
    restated = whole(county, another())
    restate_facts(county, who(CLERK), restated, CaseFacts(grave(), complicated=True), "案情复杂，涉及三个厂房")
    made["restated"] = restated
    made["decided"] = whole(county, another())
    decide_case(
        county,
        who(HEAD),
        made["decided"],
        DecisionKind.PENALTY,
        "拒不改正",
        fine=1_234_567_890,
        penalty="警告，责令停产整顿",
    )
    made["paying"] = fined(county)
    evidence = (*LOSS, HardshipEvidence("银行流水" * 30))
    ask_deferral(county, who(CLERK), made["paying"], "王厂长", "资金周转困难" * 20, evidence, THREE)
    answer_deferral(county, who(HEAD), made["paying"], "情况属实", granted=True)
    later(county, days=95)
    return made


def test_no_page_of_cases_clips_a_text_or_is_hard_to_read(county: County, window: Callable[..., Page]) -> None:
    letter = broken_letter(county, visit=b"letter-visit-030")
    paths = ["/cases", f"/cases/new/{letter.hex()}", *(f"/cases/{one}" for one in stages(county).values())]
    found = set()
    for name in (CLERK, HEAD):
        page = window(name)
        for language in ("zh", "en"):
            page.goto(f"/language/{language}")
            for path in paths:
                page.goto(path)
                page.evaluate("() => document.querySelectorAll('details').forEach(one => { one.open = true; })")
                found |= {f"{path} {language}: {problem}" for problem in faults_in_every_look(page)}
    assert found == set()


def test_a_case_is_printed_without_its_forms(county: County, window: Callable[..., Page]) -> None:
    number = grave_case(county)
    page = window(CLERK)
    page.goto(f"/cases/{number}")
    expect(page.locator("[name=discretion_standard_standard]")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator("[name=discretion_standard_standard]")).to_be_hidden()
    expect(page.locator("main")).to_contain_text((TODAY + timedelta(days=90)).isoformat())
