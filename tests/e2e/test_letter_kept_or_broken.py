"""A letter signed at the door is kept by photos without a visit; another breaks, becomes a case, and pays late."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from shared_models.corrections import CorrectionWord
from sync_server.app import app_of
from sync_server.county import County
from sync_server.demo.accounts import PASSWORD as DEMO_PASSWORD
from sync_server.letters.answer_correction import answer_correction
from sync_server.letters.answer_letter import answer_letter
from sync_server.letters.matter_filter import Stage
from sync_server.letters.show_correction import show_correction
from sync_server.storage.engine import reading
from sync_server.storage.tables import visits
from tests.browser import context_of, problems_of
from tests.cases.town import CLERK, HEAD, PASSWORD, staffed_town
from tests.check.serving import Served, free_port
from tests.e2e.conftest import Story
from tests.e2e.door_steps import enrol, enter, letter
from tests.e2e.hands import sees_screen, unlock
from tests.e2e.measured import faults_in_every_look
from tests.e2e.processes import FieldApp, a_free_port, wait_until
from tests.e2e.serve_county import HOST, opened
from tests.e2e.test_case import decide, fill
from tests.e2e.test_screens import OUT, Walk
from tests.flet_page import FletPage
from tests.letters.promises import BASIS_OF_SLIGHT, SLIGHT, copy_path, find_something, picture, promise
from tests.pages.stories import HOSTILE, LONG
from tests.server.towns import USCC, PhoneInHand, enrolled, file, later

pytestmark = pytest.mark.browser
AFTER = {"name": "整改后.jpg", "mimeType": "image/jpeg"}


def log_in(page: Page, account: str, password: str) -> None:
    page.goto("/login")
    page.get_by_label("账号").fill(account)
    page.get_by_label("密码").fill(password)
    page.get_by_role("main").get_by_role("button", name="登录").click()


def show(owner: Page, address: str, *photos: bytes) -> None:
    """From the copy, on any phone, without a script."""
    owner.goto(address)
    owner.get_by_label("整改后的照片").set_input_files([{**AFTER, "buffer": one} for one in photos])
    owner.get_by_label("说明（可不填）").fill("通道已清空，划了线")
    owner.get_by_role("button", name="交照片").click()


@pytest.fixture
def phones(story: Story, tmp_path: Path) -> Iterator[FieldApp]:
    app = FieldApp(tmp_path / "held", a_free_port(), story.server, story.folder / "clock.json", "--cockpit")
    app.start()
    yield app
    app.stop()


@pytest.mark.slow
def test_a_letter_signed_at_the_door_is_kept_by_photos_without_a_visit(
    story: Story, phones: FieldApp, browser: Browser
) -> None:
    enrol(story, phones, 1, story.cast.inspector)
    with (
        context_of(browser) as (context, _),
        context_of(browser, java_script_enabled=False) as (owners, _),
        context_of(browser, base_url=story.server.url, viewport={"width": 1280, "height": 900}) as (desk, _),
    ):
        walk = Walk(FletPage(context), "kept")
        walk.page.open(phones.phone(1))
        unlock(walk.page)
        sees_screen(walk.page, "today")
        enter(walk, phones, story)
        text = letter(walk, "张三")
        owner, clerk = owners.new_page(), desk.new_page()
        copy = text.replace(f"https://{HOST}", story.server.url)
        wait_until(lambda: _has_arrived(owner, copy), "the letter on the server", 120)
        before = visits_of(story)
        show(owner, copy, picture("#2b8a3e"), picture("#1a4b86"))
        expect(owner.get_by_text("照片已交，记入县里的存证。")).to_be_visible()
        owner.screenshot(path=OUT / "kept-owner.png", full_page=True)
        log_in(clerk, "market-clerk", DEMO_PASSWORD)
        clerk.goto(f"/letters?stage=shown&words={story.cast.filed}")
        clerk.locator(".visits a.name").click()
        expect(clerk.get_by_alt_text("企业交的整改照片 2")).to_be_visible()
        clerk.get_by_role("button", name="整改到位，了结").click()
        expect(clerk.locator("p.tags")).to_contain_text("已兑现")
        clerk.screenshot(path=OUT / "kept-desk.png", full_page=True)
        owner.goto(copy)
        expect(owner.get_by_text("整改到位，事情已了结。")).to_be_visible()
        assert visits_of(story) == before, "nobody came again"


def _has_arrived(owner: Page, copy: str) -> bool:
    owner.goto(copy)
    return owner.get_by_label("整改后的照片").count() == 1


def visits_of(story: Story) -> int:
    county = opened(story.folder)
    try:
        with reading(county.engine) as connection:
            return len(connection.execute(select(visits.c.visit).where(visits.c.uscc == story.cast.filed)).all())
    finally:
        county.engine.dispose()


@pytest.fixture
def county(tmp_path: Path) -> Iterator[County]:
    made = staffed_town(tmp_path / "town")
    file(made, days=(0, 30), planned_visits=9)
    yield replace(made, settings=replace(made.settings, secure_cookies=False))
    made.engine.dispose()


@pytest.fixture
def window(county: County, browser: Browser) -> Iterator[Callable[..., Page]]:
    """A window at a width; with an account's name, that account is logged in."""
    problems: list[list[str]] = []
    with ExitStack() as stack:
        served = stack.enter_context(Served(app_of(county), free_port()))

        def come(account: str = "", width: int = 1280, **options: object) -> Page:
            wanted = {"viewport": {"width": width, "height": 900}, "base_url": served.url, "permissions": [], **options}
            context, _ = stack.enter_context(context_of(browser, **wanted))
            page = context.new_page()
            problems.append(problems_of(page))
            if account:
                log_in(page, account, PASSWORD)
            return page

        yield come
    # a decision that is asked for too early is refused with 409, which a console notes
    assert [one for found in problems for one in found if "409" not in one] == []


def test_a_broken_letter_becomes_a_case_that_is_decided_by_its_checklist_and_paid_late(
    county: County, window: Callable[..., Page]
) -> None:
    record = promise(county, enrolled(county), photo=picture(), due=date(2026, 11, 6))
    early = window(HEAD)
    early.goto(f"/letters/{record.hex()}")
    expect(early.get_by_role("button", name="认定未兑现，转为立案")).to_have_count(0)
    later(county, days=4)
    head = window(HEAD)
    head.goto("/letters?stage=overdue")
    head.locator(".visits a.name").click()
    breaking = head.locator("form[action$='/break']")
    breaking.get_by_label("理由").fill("期限已过，没有整改，也没有交照片")
    breaking.get_by_role("button").click()
    head.wait_for_url("**/cases/AJ*")
    expect(head.locator("main")).to_contain_text("二号车间疏散通道堆放原料")
    case = head.url
    decide(head, "900")
    expect(head.get_by_role("alert")).to_contain_text("“裁量基准”还没有完成。《行政处罚法》第三十四条")
    clerk = window(CLERK)
    clerk.goto(case)
    fill(clerk, "discretion_standard", standard="浙江省消防救援机构行政处罚裁量基准", provision="第一档")
    decide(head, "900")
    expect(head.locator("#decision")).to_contain_text("900.00 元")
    clerk.reload()
    clerk.locator("[name=serve_how]").fill("当场交付")
    clerk.get_by_role("button", name="记入送达").click()
    ask_for_instalments(clerk)
    head.reload()
    head.locator("[name=answer_granted]").select_option("yes")
    head.locator("[name=answer_reason]").fill("情况属实")
    head.get_by_role("button", name="记入批复").click()
    expect(head.locator("#payment tbody tr")).to_have_count(3)
    later(county, days=61)
    late = window(CLERK)
    late.goto(case)
    expect(late.locator("#payment .notice")).to_contain_text("有 1 期逾期未缴")
    owner = window(width=390, java_script_enabled=False)
    owner.goto(copy_path(county, record))
    expect(owner.locator("#progress")).to_contain_text("已转由单位按程序办理")
    expect(owner.get_by_label("整改后的照片")).to_have_count(0)


def ask_for_instalments(clerk: Page) -> None:
    clerk.get_by_text("记入申请").first.click()
    clerk.locator("[name=ask_applicant]").fill("张三（车间主任）")
    clerk.locator("[name=ask_application]").fill("资金周转困难，申请分三期缴纳")
    clerk.locator("[name=ask_evidence]").fill("近三个月财务报表")
    clerk.get_by_role("button", name="记入申请").click()
    expect(clerk.locator("#deferral")).to_contain_text("等待单位负责人批复")


def test_no_page_of_letters_clips_a_text_or_is_hard_to_read(county: County, window: Callable[..., Page]) -> None:
    paths = letters_in_states(county, enrolled(county))
    head = window(HEAD)
    found: set[str] = set()
    for language in ("zh", "en"):
        head.goto(f"/language/{language}")
        for path in paths:
            head.goto(path)
            assert head.locator("h1").count() == 1, path
            found |= {f"{path} {language}: {problem}" for problem in faults_in_every_look(head)}
    assert found == set()


def letters_in_states(county: County, phone: PhoneInHand) -> list[str]:
    """The list in its stages, and the page of a letter or finding in each of its states."""
    names = ("shown", "back", "kept", "overdue")
    made = {name: promise(county, phone, n, photo=picture(), due=date(2026, 11, 6)) for n, name in enumerate(names)}
    unsure = promise(county, phone, 8, leniency=SLIGHT, basis=BASIS_OF_SLIGHT)
    alone = find_something(county, phone, 9, what=f"{LONG}{HOSTILE}", where=LONG)
    for name in ("shown", "back", "kept"):
        show_correction(county, made[name], [picture("#2b8a3e"), picture("#1a4b86")], f"{LONG[:300]}{HOSTILE}")
    answer_correction(county, CLERK, made["back"], CorrectionWord.NOT_YET, comment=LONG[:400])
    answer_correction(county, CLERK, made["kept"], CorrectionWord.KEPT)
    answer_letter(county, unsure, confirmed=False, note=LONG[:400])
    later(county, days=4)
    records = (*made.values(), unsure, alone)
    lists = ["/letters", "/letters?words=nothing", *(f"/letters?stage={one}" for one in Stage)]
    register = f"/registry/enterprises/{USCC}/offences"
    return [*lists, register, *(f"/letters/{one.hex()}" for one in records), copy_path(county, made["back"])]
