"""The county office's desk: the queue with what is wrong found, batches after a preview, joint visits in one act."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from shared_models.calendar import day_of
from shared_models.county import VisitCount
from shared_models.facts import Decision
from shared_models.filing import FilingException, FilingState, Purpose
from shared_models.joint_visits import Ground, OpenFiling, joint_purpose, street_of, suggest_joint_visits
from sync_server.county import County
from sync_server.filings.read_filing import read_filing
from sync_server.filings.suggest_joint_visits import suggest_now
from sync_server.filings.tables import filings
from sync_server.log.rebuild_views import rebuild_views
from sync_server.storage.engine import reading
from sync_server.storage.facts import current_of_kind
from tests.desks.town import CODES
from tests.pages.visitor import Visitor
from tests.server.towns import TODAY, at_gate, enrolled, fetch, file, later, send

Logged = Callable[[str], Visitor]


def post(visitor: Visitor, page: str, path: str, **given: object) -> object:
    return visitor.post(path, {"form_token": visitor.token_of(page), **given})


def test_the_queue_says_what_is_wrong_and_a_batch_is_shown_before_it_is_done(town: County, logged_in: Logged) -> None:
    office = logged_in("office")
    bad = [file(town, enterprises=(one,), days=(6, 8)).filing for one in CODES[:3]]
    near = (file(town, enterprises=(CODES[5],)), file(town, enterprises=(CODES[5],), days=(10, 20)))
    page = office.get("/office").text
    assert page.count('name="filing"') == 4
    assert page.count("碰到服务周的保护日") == 4
    assert near[0].number in page, "the filing that it must be merged with is named"
    shown = post(office, "/office", "/office/preview", filing=bad, act="accept")
    assert "将受理 3 份备案" in shown.text
    assert read_filing(town, bad[0]).entry.state is FilingState.SUBMITTED, "a preview does nothing"
    done = post(office, "/office", "/office/decide", filing=bad, act="accept")
    assert "3 份已办理" in done.text
    assert {read_filing(town, one).entry.state for one in bad} == {FilingState.ACCEPTED}
    again = post(office, "/office", "/office/decide", filing=[bad[0], near[1].filing], act="accept")
    assert "1 份没有办成" in again.text
    assert "1 份已办理" in again.text


def test_a_return_needs_a_comment_and_the_department_reads_it(town: County, logged_in: Logged) -> None:
    office, clerk = logged_in("office"), logged_in("clerk")
    waiting = file(town, enterprises=(CODES[0],), basis="").filing
    refused = post(office, "/office", "/office/decide", filing=[waiting], act="return")
    assert (refused.status_code, "退回要写明意见" in refused.text) == (422, True)
    back = post(
        office, f"/filings/{waiting}", "/office/decide", filing=waiting, act="return", comment="补依据", back="filing"
    )
    assert back.headers["location"] == f"/filings/{waiting}?done=1"
    page = clerk.get(f"/filings/{waiting}").text
    assert "补依据" in page
    assert "已退回" in page


def joint_of(office: Visitor, **given: object) -> object:
    shown = post(office, "/office/joint", "/office/joint/preview", filing=given["filing"])
    assert "确认合并" in shown.text, shown.text
    found = dict(re.findall(r'name="(first|last)" value="([\d-]+)"', shown.text))
    officers = re.findall(r'name="officers" value="(\w+)" checked', shown.text)
    lead = re.search(r'<option value="(\w+)" selected', shown.text)[1]
    values = {"lead": lead, "officers": officers, **found, **given}
    return post(office, "/office/joint", "/office/joint", **values)


def test_a_joint_visit_is_one_act_and_both_phones_hear_of_it(town: County, logged_in: Logged) -> None:
    """The gate refuses the merged part and names the joint visit; the joint one is allowed, and counts once."""
    office = logged_in("office")
    ours, theirs = (file(town, one, enterprises=(CODES[0],), days=(0, 4)) for one in ("market", "fire"))
    assert "同一家企业" in office.get("/office/joint").text
    phones = {one: enrolled(town, f"{one}1") for one in ("market", "fire")}
    for phone in phones.values():
        fetch(town, phone)
        assert at_gate(phone, uscc=CODES[0]).verdict.verdict is Decision.ALLOW
    answer = joint_of(office, filing=[ours.filing, theirs.filing], first=str(TODAY + timedelta(days=1)))
    assert answer.status_code == 303, answer.text
    joint = read_filing(town, answer.headers["location"].partition("?")[0].rsplit("/", 1)[1])
    assert (joint.entry.state, joint.form.departments) == (FilingState.ACCEPTED, ("market", "fire"))
    assert {part for part, _ in joint.parts} == {ours.filing, theirs.filing}
    for phone in phones.values():
        fetch(town, phone)
        verdict = at_gate(phone, uscc=CODES[0]).verdict
        assert verdict.verdict is Decision.DENY
        assert [(one.code, one.about) for one in verdict.reasons] == [("filing_outside_window", None)]
    now = later(town, days=1)
    for phone in phones.values():
        fetch(town, phone)
    opened = at_gate(phones["market"], uscc=CODES[0], at=now)
    assert (opened.verdict.verdict, opened.verdict.filing) == (Decision.ALLOW, joint.entry.number)
    send(town, phones["market"].write("visit_opened", opened, visit=bytes(16), at=now))
    fetch(town, phones["fire"])
    after = at_gate(phones["fire"], uscc=CODES[0], at=now).verdict
    assert (after.verdict, after.reasons[0].code) == (Decision.DENY, "filing_used_up")
    with reading(town.engine) as connection:
        counts = [fact.load(VisitCount) for fact in current_of_kind(connection, "count")]
    assert [(one.department, one.entered, one.year) for one in counts] == [("market", 1, day_of(now).year)]
    assert rebuild_views(town).differences == {}


def test_the_gate_refuses_a_merged_recheck_and_names_the_joint_inspection(town: County, logged_in: Logged) -> None:
    plain = file(town, enterprises=(CODES[0],)).filing
    recheck = file(town, "fire", enterprises=(CODES[0],), purpose=Purpose.RECHECK).filing
    answer = joint_of(logged_in("office"), filing=[plain, recheck], officers=["market1", "fire1"])
    joint = read_filing(town, answer.headers["location"].partition("?")[0].rsplit("/", 1)[1]).entry
    assert joint.form.purpose is Purpose.INSPECTION
    phone = enrolled(town, "fire1")
    fetch(town, phone)
    refused = at_gate(phone, uscc=CODES[0], purpose=Purpose.RECHECK).verdict
    assert refused.verdict is Decision.DENY
    assert [(one.code, one.about) for one in refused.reasons] == [("filing_merged", joint.number)]


def test_a_joint_visit_of_parts_that_do_not_fit_is_refused_with_words(town: County, logged_in: Logged) -> None:
    office = logged_in("office")
    plain = file(town, enterprises=(CODES[0],)).filing
    survey = file(town, "fire", enterprises=(CODES[0],), purpose=Purpose.SURVEY).filing
    exception = file(
        town, "fire", enterprises=(CODES[0],), exception=FilingException("complaint", "x", "1", "culture1")
    )
    for other, said in ((survey, "事由不同"), (exception.filing, "有的带例外情形")):
        answer = joint_of(office, filing=[plain, other])
        assert (answer.status_code, said in answer.text) == (422, True), answer.text
    assert joint_of(office, filing=[plain, plain]).status_code == 422
    with reading(town.engine) as connection:
        assert connection.execute(select(filings.c.filing).where(filings.c.is_merged)).all() == []


def test_a_joint_visit_of_nothing_is_asked_for_again(logged_in: Logged) -> None:
    for path in ("/office/joint", "/office/joint/preview"):
        answer = post(logged_in("office"), "/office/joint", path, first="soon")
        assert (answer.status_code, answer.headers.get("location")) == (303, "/office?none=1"), path


def test_suggestions_leave_out_what_is_merged_used_up_or_over(town: County, logged_in: Logged) -> None:
    for one in ("market", "fire"):
        file(town, one, enterprises=(CODES[0],), days=(0, 3))
    (found,) = suggest_now(town)
    assert (found.ground, set(found.departments)) == (Ground.SAME_ENTERPRISE, {"market", "fire"})
    joint_of(logged_in("office"), filing=[one.filing for one in found.filings])
    assert suggest_now(town) == ()
    file(town, "market", enterprises=(CODES[1],), days=(0, 0))
    file(town, "fire", enterprises=(CODES[1],), days=(0, 0))
    assert len(suggest_now(town)) == 1
    later(town, days=1)
    assert suggest_now(town) == ()


def test_enterprises_in_one_street_on_one_day_are_suggested(town: County) -> None:
    file(town, "market", enterprises=(CODES[0],), days=(1, 2))
    file(town, "fire", enterprises=(CODES[2],), days=(2, 4))
    file(town, "culture", enterprises=(CODES[1],), days=(2, 4))
    (found,) = suggest_now(town)
    assert (found.ground, found.place, found.window) == (
        Ground.SAME_STREET,
        "昆阳镇人民路",
        (TODAY + timedelta(days=2), TODAY + timedelta(days=2)),
    )


def test_a_street_is_an_address_without_its_number() -> None:
    assert street_of("昆阳镇", "昆阳镇人民路12号") == "昆阳镇人民路"
    assert street_of("昆阳镇", "人民路12号3幢") == "昆阳镇人民路"
    assert street_of("昆阳镇", "人民路") == ""
    assert street_of("", "") == ""


def open_filing(
    number: int, lead: str, enterprise: str, street: str, purpose: Purpose, first: int, days: int
) -> OpenFiling:
    window = (TODAY + timedelta(days=first), TODAY + timedelta(days=first + days))
    return OpenFiling(f"{number:016x}", f"BA{number}", lead, enterprise, street, purpose, window)


DRAWN = st.tuples(
    st.sampled_from("abc"),
    st.sampled_from("xyz"),
    st.sampled_from(["", "s", "t"]),
    st.sampled_from([Purpose.INSPECTION, Purpose.RECHECK, Purpose.SURVEY]),
    st.integers(0, 60),
    st.integers(0, 20),
)


@given(st.lists(DRAWN, max_size=14))
def test_each_filing_is_suggested_once_with_others_that_could_come_too(drawn: list) -> None:
    made = [open_filing(number, *one) for number, one in enumerate(drawn)]
    found = suggest_joint_visits(made, within_days=30)
    suggested = [one.filing for suggestion in found for one in suggestion.filings]
    assert len(suggested) == len(set(suggested))
    for suggestion in found:
        assert len(suggestion.departments) > 1
        assert joint_purpose(one.purpose for one in suggestion.filings) is not None
        if suggestion.ground is Ground.SAME_ENTERPRISE:
            assert {one.enterprise for one in suggestion.filings} == {suggestion.place}
        else:
            (day, same) = suggestion.window
            assert day == same
            assert all(one.window[0] <= day <= one.window[1] for one in suggestion.filings)
            assert {one.street for one in suggestion.filings} == {suggestion.place}
    left = [one for one in made if one.filing not in suggested]
    for one in left:  # whatever two departments could still do together was suggested
        for other in left:
            fits = joint_purpose((one.purpose, other.purpose)) is not None
            if fits and one.lead != other.lead and one.enterprise == other.enterprise:
                apart = max(0, (other.window[0] - one.window[1]).days, (one.window[0] - other.window[1]).days)
                assert apart > 30
