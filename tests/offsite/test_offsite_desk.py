"""The department's desk: from the filing's first question to the answer, and nothing typed is lost on the way."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from shared_models.filing import Purpose
from sync_server.county import County
from sync_server.drafts.draft import DraftState
from sync_server.filings.drafts import filing_drafts
from sync_server.offsite.drafts import check_drafts
from sync_server.offsite.register import CheckState
from tests.desks.conftest import logged_in, town
from tests.desks.town import CLOSED, CODES, FORM, begin
from tests.offsite.hands import answered, entry_of, filed
from tests.pages.visitor import Visitor
from tests.server.towns import USCC

Logged = Callable[[str], Visitor]
__all__ = ["logged_in", "town"]

CHECK = {
    "title": "用火用电自查",
    "due": "2026-11-13",
    "note": "请在开门营业前看一遍",
    "officers": ["market1", "market2"],
    "lines": "4",
    "text.0": "灭火器在有效期内",
    "provision.0": "《消防法》第十六条",
    "photo.0": "yes",
    "text.2": "安全出口没有上锁",
    "pasted": f"{CODES[0]}\n{CODES[1]}",
}


def new(visitor: Visitor, **given: str) -> str:
    answer = visitor.post("/offsite/new", {"form_token": visitor.token_of("/offsite"), **given})
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def press(visitor: Visitor, path: str, act: str, *, version: int | None = None, **given: Any) -> httpx.Response:
    page = visitor.get(path).text
    shown = int(page.split('name="version" value="')[1].split('"')[0])
    data = {"form_token": visitor.token_of(path), "version": str(version or shown), "act": act, **given}
    return visitor.post(path, data)


def filed_by_hand(logged_in: Logged) -> list[str]:
    clerk, head = logged_in("clerk"), logged_in("head")
    path = new(clerk)
    press(clerk, path, "save", **CHECK)
    assert press(clerk, path, "send", **CHECK, pasted_again="").status_code == 303
    assert press(head, path, "approve").status_code == 303
    return re.findall(r'href="/offsite/([0-9a-f]{16})"', head.get(path).text)


def test_a_clerk_writes_the_head_approves_and_each_enterprise_has_a_number(town: County, logged_in: Logged) -> None:
    checks = filed_by_hand(logged_in)
    entries = [entry_of(town, one) for one in checks]
    assert [one.form.number for one in entries] == ["FX3303262026-00001", "FX3303262026-00002"]
    assert [one.form.enterprise for one in entries] == list(CODES[:2])
    assert (entries[0].form.approved_by, entries[0].filed_by) == ("head的名字", "head")
    assert [item.wants_photo for item in entries[0].form.items] == [True, False]
    page = logged_in("clerk").get(f"/offsite/{checks[0]}").text
    assert "https://zhuqi.test/o/" in page
    assert "<svg" in page
    pdf = logged_in("clerk").get(f"/offsite/{checks[0]}/list.pdf")
    assert pdf.content.startswith(b"%PDF")
    assert check_drafts.list_open(town, {"market"}) == ()


def test_a_clerk_cannot_approve_and_a_sent_draft_is_not_written_on(logged_in: Logged) -> None:
    clerk, head = logged_in("clerk"), logged_in("head")
    path = new(clerk)
    press(clerk, path, "send", **CHECK)
    assert press(clerk, path, "approve").status_code == 404
    assert press(clerk, path, "save", **{**CHECK, "title": "别的"}).status_code == 409
    assert press(head, path, "back").status_code == 422
    press(head, path, "back", comment="请写依据")
    page = clerk.get(path).text
    assert "请写依据" in page
    assert "用火用电自查" in page


def test_from_the_filings_first_question_all_goes_along_and_the_filing_is_dropped(
    town: County, logged_in: Logged
) -> None:
    clerk, head = logged_in("clerk"), logged_in("head")
    filing = begin(clerk)
    data = {**FORM, "pasted": CODES[3], "form_token": clerk.token_of(filing), "version": "1", "act": "add"}
    clerk.post(filing, data)
    page = clerk.get(filing).text
    assert "改做非现场，不上门" in page
    draft = filing.rsplit("/", 1)[1]
    sent = {**FORM, "form_token": clerk.token_of(filing), "version": "2", "from_filing": draft, "basis": "办法第九条"}
    answer = clerk.post("/offsite/new", sent)
    path = answer.headers["location"]
    page = clerk.get(path).text
    for words in ("消防通道", "用电安全", "办法第九条", "平阳测试03厂"):
        assert words in page
    assert filing_drafts.read(town, draft, {"market"}).typed.basis == "办法第九条"
    again = clerk.post("/offsite/new", {**sent, "form_token": clerk.token_of(filing), "version": "3"})
    assert again.headers["location"] == path
    given = {key: value for key, value in CHECK.items() if key in ("title", "due")}
    items = {"lines": "2", "text.0": "消防通道畅通", "officers": ["market1"]}
    assert press(clerk, path, "send", **given, **items).status_code == 303
    assert filing_drafts.read(town, draft, {"market"}).state is DraftState.WRITING
    press(head, path, "approve")
    assert filing_drafts.read(town, draft, {"market"}).state is DraftState.DROPPED


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"title": ""}, "还没有填"),
        ({"title": "长" * 5000}, "太长"),
        ({"note": "长" * 5000}, "太长"),
        ({"text.2": "长" * 5000}, "太长"),
        ({"due": "2026-11-03"}, "最早是明天"),
        ({"due": "2027-11-03"}, "92 天"),
        ({"due": "11月"}, "这样的日期"),
        ({"officers": ["fire1"]}, "不是本单位"),
        ({"officers": []}, "还没有填"),
        ({"text.0": "", "text.2": "", "provision.0": ""}, "还没有填"),
        ({"pasted": CLOSED}, "名册里没有"),
        ({"pasted": "91330326MA2ABCDE1X"}, "不是有效的统一社会信用代码"),
        ({"pasted": "没有代码 12"}, "没有 18 位信用代码"),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_nothing_is_lost(
    logged_in: Logged, given: dict[str, Any], words: str
) -> None:
    clerk = logged_in("clerk")
    path = new(clerk)
    page = press(clerk, path, "send", **{**CHECK, **given})
    assert page.status_code == 422, page.text
    assert words in page.text
    kept = clerk.get(path).text
    typed = {"title": "用火用电自查", "note": "请在开门营业前看一遍", "provision.0": "《消防法》第十六条", **given}
    assert all(str(typed[name]) in kept for name in ("title", "note", "provision.0"))


def test_a_list_in_gbk_is_taken_and_a_picture_is_not(logged_in: Logged) -> None:
    clerk = logged_in("clerk")
    path = new(clerk)
    token = clerk.token_of(path)
    data = {**CHECK, "pasted": "", "form_token": token, "version": "1", "act": "add"}
    table = f"企业名称,代码\n平阳某厂,{CODES[4]}\n".encode("gbk")
    assert clerk.post(path, data, files={"file": ("名单.csv", table, "text/csv")}).status_code in (200, 303)
    assert "平阳测试04厂" in clerk.get(path).text
    data["version"] = "2"
    page = clerk.post(path, data, files={"file": ("x.xlsx", b"PK\x03\x04 no", "application/zip")})
    assert "读不了这个文件" in page.text
    assert "平阳测试04厂" in page.text


def test_two_clerks_at_one_draft_lose_nothing(logged_in: Logged) -> None:
    first, second = logged_in("clerk"), logged_in("second")
    path = new(first)
    press(first, path, "save", **CHECK)
    page = press(second, path, "save", version=1, **{**CHECK, "title": "我写的题目"})
    assert page.status_code == 409
    assert "我写的题目" in page.text
    assert "clerk" in page.text


def test_another_departments_desk_sees_neither_drafts_nor_checks(town: County, logged_in: Logged) -> None:
    check = filed(town)
    path = new(logged_in("clerk"))
    fire = logged_in("fireclerk")
    assert fire.get(path).status_code == 404
    assert fire.get(f"/offsite/{check}").status_code == 404
    assert fire.get(f"/offsite/{check}/list.pdf").status_code == 404
    assert "FX3303262026" not in fire.get("/offsite").text
    token = fire.token_of("/offsite")
    for act in ("review", "withdraw", "due", "filing"):
        assert fire.post(f"/offsite/{check}/{act}", {"form_token": token}).status_code == 404, act


def test_the_office_sees_all_and_answers_none_and_holds_no_link(town: County, logged_in: Logged) -> None:
    check = filed(town)
    office = logged_in("office")
    page = office.get(f"/offsite/{check}")
    assert page.status_code == 200
    assert "/o/" not in page.text
    assert office.post(f"/offsite/{check}/review", {"form_token": office.token_of("/offsite")}).status_code == 403


def review(visitor: Visitor, town: County, check: str, **given: str) -> httpx.Response:
    last = entry_of(town, check).answers[-1].record.hex()
    data = {"form_token": visitor.token_of("/offsite"), "answer": last, "officer": "market1", **given}
    return visitor.post(f"/offsite/{check}/review", data)


def test_the_officer_answers_an_item_and_the_whole(town: County, logged_in: Logged) -> None:
    check = filed(town)
    answered(town, check)
    clerk = logged_in("clerk")
    given = {"outcome": "put_right", "put_right_by": "2026-11-20", "item.1": "put_right", "text.1": "清走纸箱"}
    wrong = review(clerk, town, check, **{**given, "put_right_by": "2026-11-01", "text": "写了很多" * 40})
    assert wrong.status_code == 422
    assert "最早是明天" in wrong.text
    assert "写了很多" * 40 in wrong.text
    assert "清走纸箱" in wrong.text
    assert review(clerk, town, check, **given).status_code == 303
    assert entry_of(town, check).state is CheckState.PUT_RIGHT
    assert "清走纸箱" in clerk.get(f"/offsite/{check}").text
    late = review(clerk, town, check, outcome="in_order", text="我也看过了")
    assert late.status_code == 409
    assert "我也看过了" in late.text


def test_a_visit_is_needed_prepares_a_filing_with_its_reason(town: County, logged_in: Logged) -> None:
    check = filed(town)
    answered(town, check)
    clerk = logged_in("clerk")
    assert review(clerk, town, check, outcome="visit_needed").status_code == 422
    answer = review(clerk, town, check, outcome="visit_needed", text="照片看不清配电箱")
    path = answer.headers["location"]
    assert path.startswith("/filings/drafts/")
    drafts = filing_drafts.list_open(town, {"market"})
    assert len(drafts) == 1
    typed = drafts[0].typed
    assert "FX3303262026-00001" in typed.why_not_off_site
    assert "照片看不清配电箱" in typed.why_not_off_site
    assert (typed.purpose, [row.uscc for row in typed.rows]) == (Purpose.INSPECTION.value, [USCC])
    again = clerk.post(f"/offsite/{check}/filing", {"form_token": clerk.token_of("/offsite")})
    assert again.headers["location"] == path
    assert clerk.get(path).status_code == 200


def test_more_time_is_given_and_a_wrong_day_is_said(town: County, logged_in: Logged) -> None:
    check = filed(town)
    clerk = logged_in("clerk")
    token = clerk.token_of("/offsite")
    path = f"/offsite/{check}/due"
    assert "最早是明天" in clerk.post(path, {"form_token": token, "due": "2026-11-01"}).text
    assert clerk.post(path, {"form_token": token, "due": "2026-11-30", "new_link": "yes"}).status_code == 303
    assert (str(entry_of(town, check).due), entry_of(town, check).link) == ("2026-11-30", 1)
