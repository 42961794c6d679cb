"""The filing desk: typed, saved, foretold, sent to the head, approved, numbered; nothing typed is lost."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import datetime

import pytest
import xlsxwriter

from shared_models.facts import Decision, ExceptionClaim
from shared_models.filing import FilingState
from sync_server.county import County
from sync_server.filings.filing_filter import FilingFilter
from sync_server.filings.list_filings import list_filings
from sync_server.filings.read_filing import read_filing
from sync_server.log.rebuild_views import rebuild_views
from sync_server.supervision.enterprise_names import EnterpriseNames
from tests.desks.town import CLOSED, CODES, PASSWORD, begin, press
from tests.pages.visitor import Visitor
from tests.server.towns import at_gate, enrolled, fetch, file, later, send

Logged = Callable[[str], Visitor]


def rows(*lines: str) -> str:
    return "\n".join(lines)


def filed(county: County) -> dict[str, tuple[str, FilingState]]:
    """Number and state by enterprise."""
    found = list_filings(county, FilingFilter(), EnterpriseNames(), None)
    return {one.uscc: (one.number, FilingState(one.state)) for one in found.filings}


def test_thirty_enterprises_by_upload_are_filed_and_the_clean_ones_numbered_at_once(
    town: County, logged_in: Logged
) -> None:
    clerk, head = logged_in("clerk"), logged_in("head")
    draft = begin(clerk)
    lines = ["统一社会信用代码,起,止"]
    lines += [f"{one},2026-11-10,2026-11-12" if n < 3 else f"{one},2026/11/4,2026-11-06" for n, one in enumerate(CODES)]
    answer = press(clerk, draft, "add", pasted=rows(*lines))
    assert answer.status_code == 303, answer.text
    page = clerk.get(draft).text
    assert page.count("当天是执法助企服务周的保护日") == 3
    assert "其中 3 家的日期碰到服务周的保护日" in page
    assert page.count("2026-11-04 至 2026-11-06 都可以入企") == 27
    assert press(clerk, draft, "send").status_code == 303
    assert "待单位负责人批准" in clerk.get(draft).text
    assert press(clerk, draft, "approve").status_code == 404, "a clerk does not approve"
    assert press(head, draft, "approve").status_code == 303
    states = filed(town)
    assert len(states) == 30
    assert {states[one][1] for one in CODES[:3]} == {FilingState.SUBMITTED}
    numbers = [states[one][0] for one in CODES[3:]]
    assert sorted(numbers) == [f"BA3303262026-{n:05}" for n in range(1, 28)]
    assert "已受理 27 份" in head.get(draft).text
    assert rebuild_views(town).differences == {}


def test_who_approved_and_when_stands_in_the_filing(town: County, logged_in: Logged) -> None:
    clerk, head = logged_in("clerk"), logged_in("head")
    draft = begin(clerk)
    press(clerk, draft, "add", pasted=CODES[0], exception_reason="", unit="食品科", method="现场检查")
    press(clerk, draft, "send", unit="食品科", method="现场检查")
    press(head, draft, "approve")
    (found,) = list_filings(town, FilingFilter(), EnterpriseNames(), None).filings
    shown = read_filing(town, found.filing)
    assert (shown.form.approved_by, shown.form.unit, shown.form.method) == ("head的名字", "食品科", "现场检查")
    assert shown.form.approved_at == shown.entry.submitted_at
    assert (shown.form.items, shown.form.officers) == (("消防通道", "用电安全"), ("market1", "market2"))
    assert [act.kind for act in shown.acts] == ["filing_submitted", "filing_accepted"]
    page = clerk.get(f"/filings/{found.filing}")
    assert "系统按规则当场受理" in page.text
    assert "BA3303262026-00001" in page.text


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"why_not_off_site": " "}, "还没有填"),
        ({"last": "2026-11-03"}, "结束早于开始"),
        ({"first": "2026-11-01", "last": "2026-11-06"}, "开始日已经过去"),
        ({"last": "2027-11-03"}, "超过这类备案的最长天数"),
        ({"first": "", "last": ""}, "还没有填"),
        ({"officers": None}, "还没有填"),
        ({"officers": ["fire1"]}, "有人不是本单位的执法人员"),
        ({"planned_visits": "0"}, "要写成数字"),
        ({"assistants": "x"}, "要写成数字"),
        ({"exception_reason": "complaint"}, "还没有填"),
        ({"exception_reason": "bad_mood"}, "不在县里公布的情形之内"),
        ({"purpose": "service"}, "助企服务不用备案"),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_nothing_typed_is_lost(
    town: County, logged_in: Logged, given: dict, said: str
) -> None:
    clerk = logged_in("clerk")
    draft = begin(clerk)
    press(clerk, draft, "add", pasted=CODES[0])
    answer = press(clerk, draft, "send", **{"items": "很长的事项", **given})
    assert answer.status_code == 422
    assert said in answer.text
    assert "很长的事项" in answer.text
    assert "很长的事项" in clerk.get(draft).text
    assert filed(town) == {}


def test_lines_that_cannot_be_read_are_named_and_the_others_taken(logged_in: Logged) -> None:
    clerk = logged_in("clerk")
    draft = begin(clerk)
    answer = press(clerk, draft, "add", pasted=rows(CODES[0], "这行没有代码 12", f"{CODES[1]}\t2026-11-04\t2026-11-05"))
    assert answer.status_code == 200
    assert "第 2 行 这行没有代码 12" in answer.text
    assert "已列 2 家" in answer.text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_table_as_spreadsheets_save_it_is_read(logged_in: Logged, encoding: str) -> None:
    clerk = logged_in("clerk")
    draft = begin(clerk)
    table = f"信用代码,企业名称,起,止\n{CODES[4]},平阳测试04厂,2026-11-04,2026-11-05\n".encode(encoding)
    assert upload(clerk, draft, table).status_code == 303
    assert CODES[4] in clerk.get(draft).text


def upload(visitor: Visitor, path: str, data: bytes) -> object:
    version = re.search(r'name="version" value="(\d+)"', visitor.get(path).text)[1]
    fields = {"form_token": visitor.token_of(path), "version": version, "act": "add"}
    return visitor.client.post(path, data=fields, files={"file": ("list.csv", data)}, follow_redirects=False)


def test_a_workbook_is_read_and_a_broken_file_is_told(logged_in: Logged) -> None:
    clerk = logged_in("clerk")
    draft = begin(clerk)
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["信用代码", "起", "止"])
        sheet.write_string(1, 0, CODES[7])
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_datetime(1, 1, datetime(2026, 11, 5), day)  # noqa: DTZ001 - a cell has no zone
        sheet.write_datetime(1, 2, datetime(2026, 11, 6), day)  # noqa: DTZ001
    assert upload(clerk, draft, out.getvalue()).status_code == 303
    assert f'name="first.{CODES[7]}" value="2026-11-05"' in clerk.get(draft).text
    for broken in (b"PK\x03\x04 no workbook", b"\xff\xfe\x00\x01\x80"):
        answer = upload(clerk, draft, broken)
        assert answer.status_code == 200
        assert "读不了这个文件" in answer.text


def test_enterprises_are_found_by_name_ticked_and_taken_out_again(logged_in: Logged) -> None:
    clerk = logged_in("clerk")
    draft = begin(clerk)
    found = press(clerk, draft, "search", find="测试1")
    assert found.text.count('name="pick"') == 10
    press(clerk, draft, "add", pick=[CODES[10], CODES[11]])
    assert "已列 2 家" in clerk.get(draft).text
    press(clerk, draft, "drop", drop=CODES[10])
    assert "已列 1 家" in clerk.get(draft).text


@pytest.mark.parametrize(
    ("code", "said"), [(CLOSED, "企业已注销或关闭"), ("91330326DEM9999990", "有效的统一社会信用代码")]
)
def test_an_enterprise_that_cannot_be_visited_keeps_the_draft_at_the_desk(
    town: County, logged_in: Logged, code: str, said: str
) -> None:
    clerk = logged_in("clerk")
    draft = begin(clerk)
    press(clerk, draft, "add", pasted=rows(CODES[0], code))
    answer = press(clerk, draft, "send")
    assert answer.status_code == 422
    assert said in answer.text
    assert filed(town) == {}


def test_the_second_of_two_clerks_is_told_and_loses_nothing(logged_in: Logged) -> None:
    first, second = logged_in("clerk"), logged_in("second")
    draft = begin(first)
    version = int(re.search(r'name="version" value="(\d+)"', second.get(draft).text)[1])
    press(first, draft, "save", items="先保存的")
    answer = press(second, draft, "save", version=version, items="后保存的")
    assert answer.status_code == 409
    assert "clerk的名字 在" in answer.text
    assert "后保存的" in answer.text
    assert "先保存的" in first.get(draft).text
    token = re.search(r'name="version" value="(\d+)"', answer.text)[1]
    assert press(second, draft, "save", version=int(token), items="后保存的").status_code == 303
    assert "后保存的" in first.get(draft).text


def test_the_page_saves_by_itself_and_hears_when_it_was_second(logged_in: Logged) -> None:
    clerk = logged_in("clerk")
    draft = begin(clerk)
    data = {
        "form_token": clerk.token_of(draft),
        "version": "1",
        "act": "save",
        "items": "自动",
        "why_not_off_site": "x",
    }
    by_script = {"headers": {"x-zhuqi-autosave": "1"}}
    assert clerk.post(draft, data, **by_script).json()["version"] == 2
    late = clerk.post(draft, data, **by_script)
    assert (late.status_code, late.json()) == (409, {"saved_by": "clerk的名字"})


def test_another_departments_draft_is_not_there(logged_in: Logged) -> None:
    draft = begin(logged_in("clerk"))
    assert logged_in("fireclerk").get(draft).status_code == 404
    assert logged_in("office").get(draft).status_code == 403


def test_the_head_sends_a_draft_back_with_a_comment(logged_in: Logged) -> None:
    clerk, head = logged_in("clerk"), logged_in("head")
    draft = begin(clerk)
    press(clerk, draft, "add", pasted=CODES[0])
    press(clerk, draft, "send")
    assert "退回要写明意见" in press(head, draft, "back").text
    assert press(head, draft, "back", comment="日期再商量").status_code == 303
    page = clerk.get(draft).text
    assert "日期再商量" in page
    assert 'value="send"' in page
    assert press(clerk, draft, "send").status_code == 303


def test_a_draft_is_filed_once_however_often_it_is_approved(town: County, logged_in: Logged) -> None:
    clerk, head = logged_in("clerk"), logged_in("head")
    draft = begin(clerk)
    press(clerk, draft, "add", pasted=CODES[0])
    press(clerk, draft, "send")
    version = int(re.search(r'name="version" value="(\d+)"', head.get(draft).text)[1])
    token = head.token_of(draft)
    sent = {"form_token": token, "version": str(version), "act": "approve"}
    first, second = (head.post(draft, sent) for _ in range(2))
    assert first.status_code == 303
    assert second.status_code == 422
    assert len(filed(town)) == 1


def test_a_new_filing_takes_an_old_ones_place_and_nothing_is_edited(town: County, logged_in: Logged) -> None:
    clerk, head = logged_in("clerk"), logged_in("head")
    old = file(town, enterprises=(CODES[0],), days=(1, 3))
    draft = begin(clerk, replaces=old.filing)
    page = clerk.get(draft).text
    assert old.filing in page
    assert CODES[0] in page
    answer = press(clerk, draft, "send", first="2026-11-05", last="2026-11-06")
    assert answer.status_code == 303, answer.text
    press(head, draft, "approve")
    assert read_filing(town, old.filing).entry.state is FilingState.WITHDRAWN
    listed = list_filings(town, FilingFilter(), EnterpriseNames(), None).filings
    new = next(one for one in listed if one.number == "BA3303262026-00002")
    assert read_filing(town, new.filing).form.replaces == old.filing
    assert f'href="/filings/{new.filing}"' in clerk.get(f"/filings/{old.filing}").text


def test_a_visit_that_entered_first_stands_on_the_desks_until_it_is_filed(town: County, logged_in: Logged) -> None:
    clerk, head, office = logged_in("clerk"), logged_in("head"), logged_in("office")
    phone = enrolled(town)
    fetch(town, phone)
    decision = at_gate(phone, uscc=CODES[2], claim=ExceptionClaim("emergency", "燃气泄漏", "", "culture1"))
    assert decision.verdict.verdict is Decision.ALLOW_THEN_FILE
    send(town, phone.write("visit_opened", decision, visit=bytes(range(16))))
    listed = clerk.get("/filings").text
    assert "2026-11-05 前" in listed
    assert "2026-11-05 前" not in clerk.get("/filings?state=returned").text, "no part of what is searched for"
    assert "待补的事后备案" not in office.get("/office").text
    later(town, days=7)
    for name, visitor in (("clerk", clerk), ("head", head), ("office", office)):
        visitor.log_in(name, PASSWORD)  # a week is longer than a session
    assert "已逾期（2026-11-05）" in clerk.get("/filings").text
    assert "已逾期（2026-11-05）" in office.get("/office").text
    draft = begin(clerk, visit=bytes(range(16)).hex())
    assert begin(clerk, visit=bytes(range(16)).hex()) == draft, "it is opened once"
    shown = clerk.get(draft).text
    assert "为一次已发生的入企补备案" in shown
    assert "燃气泄漏" in shown
    same = dict.fromkeys(("plan", "first", "last", "officers"))
    assert press(clerk, draft, "send", **{**same, "officers": ["market1", "market2"]}).status_code == 303
    press(head, draft, "approve")
    assert "已逾期" not in clerk.get("/filings").text
    (found,) = list_filings(town, FilingFilter(), EnterpriseNames(), None).filings
    shown = read_filing(town, found.filing)
    assert shown.form.opened_by_visit == bytes(range(16))
    assert shown.entry.state is FilingState.SUBMITTED
    assert "afterwards" in [wrong.code for wrong in shown.wrongs]
