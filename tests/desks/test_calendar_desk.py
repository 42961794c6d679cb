"""Calendar, themes and policy: published by the office, refused with the clause where the plan forbids it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest

from shared_models.acts import Theme
from shared_models.calendar import second_full_week
from shared_models.policy import Policy, PublishedPolicy
from shared_models.policy_limits import forbidden_in
from sync_server.calendar.days_off import days_off_of
from sync_server.calendar.put_in_force import put_in_force
from sync_server.calendar.read_policy import read_policy
from sync_server.calendar.read_year import read_year
from sync_server.county import County
from sync_server.log.rebuild_views import rebuild_views
from tests.pages.visitor import Visitor
from tests.server.towns import USCC, enrolled, fetch, later, of_kind

Logged = Callable[[str], Visitor]


def post(visitor: Visitor, path: str, page: str = "/calendar", **given: object) -> object:
    return visitor.post(path, {"form_token": visitor.token_of(page), **given})


def test_the_year_shows_the_rules_weeks_and_one_is_moved_with_a_note(town: County, logged_in: Logged) -> None:
    office = logged_in("office")
    before = read_year(town, 2027)
    assert [month.days for month in before.months] == [second_full_week(2027, n) for n in range(1, 13)]
    week = {"month": "2027-02", "first": "2027-02-22", "last": "2027-02-28"}
    refused = post(office, "/calendar/weeks", act="move", note=" ", **week)
    assert (refused.status_code, "请写明由谁移动" in refused.text, 'value="2027-02-22"' in refused.text) == (
        422,
        True,
        True,
    )
    moved = post(office, "/calendar/weeks", act="move", note="春节顺延，专班会议定", **week)
    assert moved.headers["location"] == "/calendar?year=2027&done=1"
    page = office.get(moved.headers["location"]).text
    assert "已移动：春节顺延，专班会议定" in page
    assert "规则日期：2027-02-08 至 2027-02-14" in page
    phone = enrolled(town)
    fetch(town, phone)
    calendar = of_kind(phone, "calendar")["calendar"].as_calendar()
    assert calendar.is_protected(date(2027, 2, 22))
    assert not calendar.is_protected(date(2027, 2, 8))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"first": "2027-02-28", "last": "2027-02-22"}, "日期不对"),
        ({"first": "2027-02-01", "last": "2027-02-28"}, "日期不对"),
        ({"first": "2027-04-05", "last": "2027-04-11"}, "这几天不在该月"),
        ({"first": "soon", "last": "2027-02-11"}, "要写成 2026-11-09 这样的日期"),
        ({"month": "0202-11", "first": "0202-11-08", "last": "0202-11-14"}, "要写成 2026-11-09 这样的日期"),
        ({"month": "2206-11", "first": "2206-11-10", "last": "2206-11-16"}, "要写成 2026-11-09 这样的日期"),
        ({"month": "²026-11", "first": "2026-11-09", "last": "2026-11-15"}, "日期不对"),
    ],
)
def test_days_that_are_no_week_are_refused_with_what_was_typed(logged_in: Logged, given: dict, said: str) -> None:
    answer = post(
        logged_in("office"), "/calendar/weeks", **{"act": "move", "month": "2027-02", "note": "原因", **given}
    )
    assert (answer.status_code, said in answer.text, 'value="原因"' in answer.text) == (422, True, True)


@pytest.mark.parametrize("year", ["20261", "1999", "²026", "-1", "2026" + "0" * 5_000])
def test_a_year_that_no_calendar_has_shows_the_present_one(logged_in: Logged, year: str) -> None:
    office = logged_in("office")
    shown = office.get("/calendar", params={"year": year})
    assert (shown.status_code, "2026-11-09" in shown.text) == (200, True)
    assert post(office, "/calendar/days", year=year, off="2026-10-01", extra="").status_code == 422


def test_days_off_are_proposed_and_published_by_hand(town: County, logged_in: Logged) -> None:
    office = logged_in("office")
    known = days_off_of(2026)
    assert known is not None
    assert read_year(town, 2026).is_proposal
    off, extra = ("\n".join(str(day) for day in some) for some in known)
    assert post(office, "/calendar/days", year="2026", off=off, extra=extra).status_code == 303
    shown = read_year(town, 2026)
    assert (shown.days_off, shown.extra_workdays, shown.is_proposal) == (*known, False)
    bad = post(office, "/calendar/days", year="2026", off="2026-10-01\nsoon", extra="")
    assert (bad.status_code, "有一行不是日期：soon" in bad.text) == (422, True)
    assert days_off_of(2090) is None
    assert "按周一至周五为工作日" in office.get("/calendar?year=2090").text


def test_who_does_not_belong_to_the_office_reads_and_changes_nothing(logged_in: Logged) -> None:
    clerk = logged_in("clerk")
    assert 'action="/calendar/weeks"' not in clerk.get("/calendar").text
    for path in ("/calendar/weeks", "/calendar/days", "/calendar/themes", "/policy"):
        assert post(clerk, path).status_code == 403


def test_a_theme_reaches_the_phones_under_its_number(town: County, logged_in: Logged) -> None:
    office = logged_in("office")
    theme = {
        "month": "2026-11",
        "number": "2026-11",
        "title": "安全用电",
        "lead": "market",
        "departments": ["fire"],
        "activity": "培训",
        "enterprises": USCC,
    }
    wrong = post(office, "/calendar/themes", "/calendar/themes", **{**theme, "enterprises": "91350100M000100Y4Z"})
    assert (wrong.status_code, "名册里没有" in wrong.text, "安全用电" in wrong.text) == (422, True, True)
    assert post(office, "/calendar/themes", "/calendar/themes", **theme).status_code == 303
    phone = enrolled(town)
    fetch(town, phone)
    wanted = Theme("2026-11", "2026-11", "安全用电", "market", ("fire",), "培训", (USCC,))
    assert of_kind(phone, "theme") == {"2026-11": wanted}
    assert "安全用电" in logged_in("clerk").get("/calendar/themes").text
    assert rebuild_views(town).differences == {}


def policy_form(office: Visitor) -> dict[str, object]:
    page = office.get("/policy").text
    texts = dict(re.findall(r'name="([\w.]+)" inputmode="numeric" maxlength="4" value="(\d*)"', page))
    form: dict[str, object] = {**texts}
    for name, value in re.findall(r'name="([\w]+)" value="(\w+)"[^>]*? checked', page):
        form.setdefault(name, []).append(value)  # type: ignore[union-attr]
    return form


def test_a_cap_is_published_and_the_history_says_from_when_and_by_whom(town: County, logged_in: Logged) -> None:
    office = logged_in("office")
    form = policy_form(office)
    assert form["cap.market"] == "2"
    assert post(office, "/policy", "/policy", **{**form, "cap.market": "3", "cap.fire": "1"}).status_code == 303
    shown = read_policy(town)
    assert shown.published == PublishedPolicy(Policy(), ("culture1",), {"market": 3, "fire": 1})
    assert [(one.account, one.until is None) for one in shown.versions] == [("office", True), ("office", False)]
    assert ("frequency_caps.market", "2", "3") in shown.versions[0].changes
    page = office.get("/policy").text
    assert "：2 → 3" in page
    assert "frequency_caps" not in page, "words, not the names of fields"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"min_people.inspection": "1"}, "行政处罚法"),
        ({"listed_reasons": ["work_safety"]}, "实施方案三.1"),
        ({"max_window_days_month": "60"}, "实施方案三.3"),
        ({"cap.market": "many"}, "要写成数字"),
        ({"expost_working_days": ""}, "要写成数字"),
    ],
)
def test_what_the_plan_forbids_is_refused_at_its_field_with_its_clause(
    town: County, logged_in: Logged, given: dict, said: str
) -> None:
    office = logged_in("office")
    answer = post(office, "/policy", "/policy", **{**policy_form(office), **given})
    assert (answer.status_code, said in answer.text) == (422, True), answer.text
    assert len(read_policy(town).versions) == 1


def test_other_is_a_reason_only_where_it_is_listed_and_never_enters_first() -> None:
    assert forbidden_in(PublishedPolicy(Policy(), ())) == ()
    listed = (*Policy().listed_reasons, "other")
    assert forbidden_in(PublishedPolicy(Policy(listed_reasons=listed), ())) == ()
    first = forbidden_in(PublishedPolicy(Policy(listed_reasons=listed, expost_reasons=("other",)), ()))
    assert [(one.field, one.clause) for one in first] == [("expost_reasons", "三.3")]
    mood = Policy(listed_reasons=("mood",), expost_reasons=(), cap_exempt_reasons=(), proof_required=())
    invented = forbidden_in(PublishedPolicy(mood, ()))
    assert [(one.field, one.clause) for one in invented] == [("listed_reasons", "三.1")]


def test_a_policy_announced_for_a_later_day_comes_into_force_on_that_day(town: County, logged_in: Logged) -> None:
    office = logged_in("office")
    form = {**policy_form(office), "cap.market": "5"}
    back = post(office, "/policy", "/policy", **{**form, "effective_on": "2026-11-02"})
    assert (back.status_code, "不能倒填日期" in back.text) == (422, True)
    assert post(office, "/policy", "/policy", **{**form, "effective_on": "2026-11-05"}).status_code == 303
    assert read_policy(town).published.frequency_caps == {"market": 2}
    assert "2026-11-05 起生效" in office.get("/policy").text
    assert put_in_force(town) == 0
    later(town, days=2)
    assert [put_in_force(town), put_in_force(town)] == [1, 0]
    shown = read_policy(town)
    assert (shown.published.frequency_caps, shown.planned) == ({"market": 5}, ())
    assert shown.versions[0].account == "system"
    assert rebuild_views(town).differences == {}
