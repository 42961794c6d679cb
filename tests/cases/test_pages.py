"""The desk of cases: who sees what, what a form that is refused says, and that nothing typed is lost."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from PIL import Image

from shared_models.case import CaseFacts, DecisionKind
from sync_server.accounts.access import ACCESS
from sync_server.cases.ask_deferral import ask_deferral
from sync_server.cases.decide_case import decide_case
from sync_server.cases.list_cases import PAGE_SIZE
from sync_server.cases.open_case import open_case
from sync_server.cases.register import CaseState
from sync_server.county import County
from tests.cases.test_paying import LOSS, THREE
from tests.cases.town import (
    CLERK,
    HEAD,
    OTHER,
    PEOPLE,
    REVIEWER,
    broken_letter,
    entry_of,
    fined,
    grave,
    grave_case,
    new_case,
    who,
    whole,
)
from tests.pages.visitor import Visitor
from tests.registry_desk.desk_hands import send, size
from tests.server.towns import TODAY, later

Visit = Callable[[str], Visitor]


def test_each_role_sees_the_list_or_one_case_or_nothing(county: County, visit: Visit) -> None:
    number = whole(county, grave_case(county))
    seen = {name: (visit(name).get("/cases"), visit(name).get(f"/cases/{number}").status_code) for name in PEOPLE}
    statuses = {name: (listed.status_code, number in listed.text, one) for name, (listed, one) in seen.items()}
    assert statuses == {
        CLERK: (200, True, 200),
        HEAD: (200, True, 200),
        REVIEWER: (200, True, 200),
        "both": (200, True, 200),
        OTHER: (200, False, 404),
        "super": (403, False, 403),
        "office": (403, False, 403),
        "watch": (200, False, 200),
    }


def test_no_act_on_a_case_is_open_to_whoever_only_reads_it(county: County, visit: Visit) -> None:
    number = grave_case(county)
    before = size(county)
    for name in ("watch", "super", "office"):
        token = visit(name).token_of("/account")
        assert visit(name).post(f"/cases/{number}/facts", {"form_token": token}).status_code == 403
    answer = send(
        visit(OTHER), f"/cases/{number}/discretion_standard", page="/account", discretion_standard_standard="x"
    )
    assert answer.status_code in (404, 422)
    assert number not in answer.text or answer.status_code == 404
    assert size(county) == before


def test_a_case_goes_from_the_desk_to_its_decision_and_its_last_instalment(county: County, visit: Visit) -> None:
    number = grave_case(county)
    clerk, head, law = visit(CLERK), visit(HEAD), visit(REVIEWER)
    place = f"/cases/{number}"
    early = send(
        head, f"{place}/decide", page=place, decide_kind="penalty", decide_fine="9000", decide_reason="拒不改正"
    )
    assert early.status_code == 409
    assert "第三十四条" in early.text
    assert 'value="9000"' in early.text
    steps = [
        (head, "reviewer", {"reviewer_reviewer": REVIEWER}),
        (
            clerk,
            "discretion_standard",
            {"discretion_standard_standard": "消防裁量基准", "discretion_standard_provision": "第三档"},
        ),
        (law, "legal_review", {"legal_review_opinion": "同意", "legal_review_passed": "yes"}),
        (
            clerk,
            "collective_decision",
            {
                "collective_decision_present": "甲\r\n乙\r\n丙",
                "collective_decision_on": TODAY.isoformat(),
                "collective_decision_opinion": "同意",
            },
        ),
        (head, "decide", {"decide_kind": "penalty", "decide_fine": "9,000", "decide_reason": "拒不改正"}),
        (clerk, "serve", {"serve_on": TODAY.isoformat(), "serve_how": "当场交付"}),
        (
            clerk,
            "ask",
            {
                "ask_applicant": "王厂长",
                "ask_application": "分三期",
                "ask_evidence": "报表",
                "ask_schedule": "2026-12-10 3000\r\n2027-01-10 3,000.00\r\n2027-02-10，3000",
            },
        ),
        (head, "answer", {"answer_granted": "yes", "answer_reason": "属实"}),
    ]
    for somebody, form, typed in steps:
        answer = send(somebody, f"{place}/{form}", page=place, **typed)
        assert answer.status_code == 303, (form, re.findall(r'class="wrong"[^>]*>([^<]+)', answer.text))
    later(county, days=40)
    shown = visit(CLERK).get(place).text
    assert "逾期 3 天" in shown
    assert "尚未缴清 9,000.00 元" in shown
    assert "已逾期" in visit(CLERK).get("/cases").text


@pytest.mark.parametrize(
    ("schedule", "problem"),
    [
        ("2026-12-10 3000", "合计应等于"),
        ("2026-12-10 3000\n2026-12-01 6000", "日期应依次往后"),
        ("2026-11-03 9000", "第一期应晚于今天"),
        ("2031-01-01 9000", "三年以内"),
        ("2026-12-10 0\n2026-12-11 9000", "至少一分"),
        ("2026-12-10", "每行应是"),
        ("很快 9000", "每行应是"),
        ("2026-12-10 9000.001", "每行应是"),
        ("", "不能空着"),
        ("\n".join(f"2027-01-{day:02} 1" for day in range(1, 32)) + "\n2027-02-01 1\n" * 9, "1–36"),
    ],
)
def test_a_bad_schedule_says_what_is_wrong_and_keeps_what_was_typed(
    county: County, visit: Visit, schedule: str, problem: str
) -> None:
    number = fined(county)
    answer = send(
        visit(CLERK),
        f"/cases/{number}/ask",
        page=f"/cases/{number}",
        ask_applicant="王厂长",
        ask_application="分期",
        ask_evidence="报表",
        ask_schedule=schedule,
    )
    assert answer.status_code == 422
    assert problem in answer.text
    assert 'value="王厂长"' in answer.text
    assert not entry_of(county, number).deferrals


def test_evidence_is_kept_without_its_metadata_and_shown_to_who_sees_the_case(county: County, visit: Visit) -> None:
    number = fined(county)
    picture = io.BytesIO()
    photo = Image.new("RGB", (900, 600), "white")
    exif = photo.getexif()
    exif[0x010E] = "where it was taken"
    photo.save(picture, "JPEG", exif=exif)
    typed = {
        "ask_applicant": "王厂长",
        "ask_application": "分期",
        "ask_evidence": "报表",
        "ask_schedule": "2027-01-10 9000",
    }
    clerk, place = visit(CLERK), f"/cases/{number}"
    for bad in (b"MZ not a picture", b""):
        files = {"ask_file": ("x.jpg", bad, "image/jpeg")}
        answer = send(clerk, f"{place}/ask", page=place, files=files, **{**typed, "ask_schedule": "2027-01-10 1"})
        assert answer.status_code == 422
    files = {"ask_file": ("x.jpg", picture.getvalue(), "image/jpeg")}
    assert send(clerk, f"{place}/ask", page=place, files=files, **typed).status_code == 303
    found = re.search(rf"{place}/evidence/([0-9a-f]{{64}})", clerk.get(place).text)
    assert found
    answer = clerk.get(found[0])
    assert answer.headers["content-type"] == "image/jpeg"
    assert b"where it was taken" not in answer.content
    assert visit(OTHER).get(found[0]).status_code == 404
    assert clerk.get(f"{place}/evidence/{'0' * 64}").status_code == 404


def test_two_at_one_case_are_told_and_lose_nothing(county: County, visit: Visit) -> None:
    number = whole(county, grave_case(county))
    head, place = visit(HEAD), f"/cases/{number}"
    token = head.token_of(place)
    decide_case(county, who(HEAD), number, DecisionKind.PENALTY, "先到", fine=1)
    typed = {"decide_kind": "penalty", "decide_fine": "2", "decide_reason": "后到", "form_token": token}
    answer = head.post(f"{place}/decide", typed)
    assert answer.status_code == 409
    assert "已有别人办过" in answer.text
    decided = entry_of(county, number).decided
    assert decided is not None
    assert decided.decision.reason == "先到"


def test_an_account_of_two_departments_sees_one_of_them_at_a_time(county: County, visit: Visit) -> None:
    number = grave_case(county)
    for path in ("/cases?department=fire", "/cases?department=culture", "/cases?state=closed"):
        assert number not in visit(OTHER).get(path).text
    assert number not in visit(CLERK).get("/cases?state=closed").text
    assert number in visit(CLERK).get("/cases?department=fire&state=open&after=%00").text


def test_a_list_goes_on_page_by_page_without_saying_how_many(county: County, visit: Visit) -> None:
    for n in range(PAGE_SIZE + 1):
        letter = broken_letter(county, visit=b"letter-visit-%03d" % n)
        open_case(county, CLERK, new_case(county, letter, facts=CaseFacts(grave())))
    clerk = visit(CLERK)
    first = clerk.get("/cases").text
    link = re.search(r'href="(/cases\?[^"]*after=[^"]+)"', first)
    assert link
    second = clerk.get(link[1].replace("&amp;", "&")).text
    numbers = [set(re.findall(r"/cases/(AJ[0-9-]+)", text)) for text in (first, second)]
    assert (len(numbers[0]), len(numbers[1])) == (PAGE_SIZE, 1)
    assert not numbers[0] & numbers[1]
    assert not re.search(rf"(?<![0-9:-]){PAGE_SIZE + 1}(?![0-9:-])", re.sub(r"<[^>]*>|AJ[0-9]+-[0-9]+", " ", first))


def test_by_number_leads_to_the_case_and_what_is_no_number_says_so(county: County, visit: Visit) -> None:
    number = grave_case(county)
    found = visit("watch").get(f"/cases?number={number.lower()}")
    assert (found.status_code, found.headers["location"]) == (303, f"/cases/{number}")
    assert "案号应像" in visit("watch").get("/cases?number=12").text
    assert visit("watch").get("/cases/AJ3303262026-99999").status_code == 404
    assert visit("watch").get("/cases/%00").status_code == 404


def test_a_finding_is_opened_from_its_form_once(county: County, visit: Visit) -> None:
    letter = broken_letter(county)
    clerk, path = visit(CLERK), f"/cases/new/{letter.hex()}"
    page = clerk.get(path)
    assert page.status_code == 200
    assert visit(OTHER).get(path).status_code == 404
    typed = {
        "field": "消防安全",
        "what": "通道堆放",
        "handler_market1": "1",
        "handler_market2": "1",
        "facts_gravity": "serious",
        "facts_harm": "serious",
        "facts_correction": "refused",
        "facts_first": "no",
        "facts_ended": "",
    }
    for missing in ("facts_gravity", "handler_market2", "what"):
        answer = send(
            clerk, path, **{**typed, missing: ""} if missing != "handler_market2" else _without(typed, missing)
        )
        assert answer.status_code == 422, missing
    for _ in range(2):  # a second click leads to the same case
        answer = send(clerk, path, **typed)
        assert answer.headers["location"] == "/cases/AJ3303262026-00001?done=1"
    assert entry_of(county, "AJ3303262026-00001").state is CaseState.OPEN


def _without(typed: dict[str, str], name: str) -> dict[str, str]:
    return {key: value for key, value in typed.items() if key != name}


@pytest.mark.parametrize("name", [CLERK, HEAD, REVIEWER, "watch"])
def test_every_stage_is_shown_in_both_languages(county: County, visit: Visit, name: str) -> None:
    somebody = visit(name)
    number = grave_case(county)
    stages: list[Callable[[], object]] = [
        lambda: whole(county, number),
        lambda: decide_case(county, who(HEAD), number, DecisionKind.PENALTY, "理由", fine=900_000, penalty="警告"),
    ]
    for stage in (lambda: None, *stages):
        stage()
        for language in ("zh", "en"):
            somebody.get(f"/language/{language}")
            answer = somebody.get(f"/cases/{number}")
            # a reviewer sees the case from when they are named
            assert answer.status_code == (404 if name == REVIEWER and not entry_of(county, number).reviewer else 200)


def test_an_open_application_waits_for_the_head_on_every_page(county: County, visit: Visit) -> None:
    number = fined(county)
    ask_deferral(county, who(CLERK), number, "王厂长", "分期", LOSS, THREE)
    later(county, days=1)
    assert "answer_granted" in visit(HEAD).get(f"/cases/{number}").text
    assert "answer_granted" not in visit(CLERK).get(f"/cases/{number}").text
    assert (TODAY + timedelta(days=30)).isoformat() in visit("watch").get(f"/cases/{number}").text


def test_the_table_opens_cases_to_no_overseer_but_discipline() -> None:
    routes = {route: roles for route, roles in ACCESS.items() if "/cases" in route}
    assert len(routes) == 6
    for route, roles in routes.items():
        assert "supervisor" not in roles, route
        assert "county_office" not in roles, route
        assert ("discipline" in roles) == (
            route in ("GET /cases", "GET /cases/{case}", "GET /cases/{case}/evidence/{file}")
        )
