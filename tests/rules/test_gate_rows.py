"""Every row of the gate that does not hang on filings or claims, from both sides."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from shared_models.calendar import CALENDAR_UNKNOWN, Calendar
from shared_models.enterprise import Enterprise, EnterpriseStatus
from shared_models.errors import BadlyFormedError
from shared_models.facts import Decision, Ground
from shared_models.gate import decide
from shared_models.gate_rows import ROWS
from shared_models.people import Person
from shared_models.policy import Policy
from tests.rules.gate_examples import P1, P2, SERVICE_WEEK, USCC, about, answer, day, denied, facts, filing, said

CLOSED = Enterprise(USCC, EnterpriseStatus.CLOSED)
VISITOR = Person(id="v1", department="market")


def test_a_filed_inspection_by_two_officers_may_enter():
    verdict = answer()
    assert (verdict.verdict, verdict.filing, verdict.post_filing_due, verdict.reasons) == ("allow", "F-1", None, ())


def test_the_table_has_the_rows_of_the_page_in_order():
    assert [row.no for row in ROWS] == list(range(1, 24))
    assert len({row.code for row in ROWS}) == 23


@pytest.mark.parametrize(
    ("purpose", "level", "verdict"),
    [
        ("inspection", "unverified", "unverified"),
        ("recheck", "unverified", "unverified"),
        ("survey", "unverified", "unverified"),
        ("service", "info", "allow"),
    ],
)
def test_an_unknown_enterprise_cannot_be_verified_but_a_service_may_go_there(purpose, level, verdict):
    unknown = answer(purpose, enterprise=None)
    assert said(unknown)["enterprise_unknown"] == level
    assert (unknown.verdict, unknown.filing) == (verdict, None)


def test_at_an_unknown_enterprise_nothing_that_hangs_on_it_is_asked():
    verdict = answer(enterprise=None, filings=(), frequency_caps={"market": 0})
    assert said(verdict) == {"enterprise_unknown": "unverified"}


@pytest.mark.parametrize(("purpose", "level"), [("inspection", "deny"), ("survey", "deny"), ("service", "info")])
def test_a_closed_enterprise_is_visited_for_service_only(purpose, level):
    assert said(answer(purpose, enterprise=CLOSED))["enterprise_closed"] == level


@pytest.mark.parametrize("purpose", ["inspection", "recheck"])
def test_a_check_is_made_by_licensed_officers(purpose):
    verdict = answer(purpose, people=(P1, P2, VISITOR, replace(VISITOR, id="a0")))
    assert denied(verdict) == ["officer_unlicensed"]
    assert about(verdict, "officer_unlicensed") == "a0"


@pytest.mark.parametrize("licence", ["", "  "])
def test_a_blank_licence_is_none(licence):
    assert "officer_unlicensed" in denied(answer(people=(P1, P2, replace(P2, id="p3", licence=licence))))


@pytest.mark.parametrize("purpose", ["survey", "service"])
def test_a_survey_or_service_asks_for_no_licence(purpose):
    revoked = replace(VISITOR, revoked=True, valid_until=date(2020, 1, 1))
    assert said(answer(purpose, people=(revoked,))) == {"no_findings": "info"}


def test_a_revoked_licence_is_refused():
    assert denied(answer(people=(P1, replace(P2, revoked=True)))) == ["officer_revoked"]


@pytest.mark.parametrize(
    ("start", "end", "refused"),
    [
        (None, None, False),
        ("2026-11-17", "2026-11-17", False),
        ("2026-11-18", None, True),
        (None, "2026-11-16", True),
    ],
)
def test_a_licence_holds_from_its_first_day_through_its_last(start, end, refused):
    officer = replace(P2, valid_from=start and day(start), valid_until=end and day(end))
    assert denied(answer(people=(P1, officer))) == (["officer_expired"] if refused else [])


def test_one_licence_on_two_phones_is_one_officer():
    assert denied(answer(people=(P1, replace(P2, licence="A1")))) == ["too_few_people"]


def test_two_visitors_of_one_id_are_one_person():
    policy = Policy(min_people={"survey": 2})
    twice = (VISITOR, VISITOR)
    assert denied(answer("survey", people=twice, policy=policy)) == ["too_few_people"]
    assert denied(answer("survey", people=(VISITOR, replace(VISITOR, id="A1"), P1), policy=policy)) == []


def test_an_id_that_reads_like_a_licence_is_another_person():
    policy = Policy(min_people={"survey": 2})
    assert denied(answer("survey", people=(P1, replace(VISITOR, id="A1")), policy=policy)) == []


@pytest.mark.parametrize(("purpose", "least"), [("inspection", 2), ("recheck", 2), ("survey", 1), ("service", 1)])
def test_each_purpose_has_its_least_number_of_people(purpose, least):
    people = (P1, P2)
    assert denied(answer(purpose, people=people[:least])) == []
    assert "too_few_people" in denied(answer(purpose, people=people[: least - 1]))


def test_a_policy_below_the_floor_is_refused():
    with pytest.raises(BadlyFormedError) as refusal:
        Policy(min_people={"recheck": 1})
    assert refusal.value.where == "min_people.recheck"


def test_with_no_people_nothing_about_filings_is_asked():
    verdict = answer(people=(), filings=(), frequency_caps={"market": 0})
    assert denied(verdict) == ["too_few_people"]
    assert answer(people=()).filing is None


@pytest.mark.parametrize("purpose", ["inspection", "recheck", "survey"])
@pytest.mark.parametrize(
    ("at", "protected"), [("2026-11-08", 0), ("2026-11-09", 1), ("2026-11-15", 1), ("2026-11-16", 0)]
)
def test_nothing_but_service_comes_in_the_service_week(purpose, at, protected):
    wide = filing(window="2026-11-01 2026-11-30", purpose=facts(purpose).visit.purpose)
    assert denied(answer(purpose, at=at, filings=(wide,))) == (["service_week"] if protected else [])


def test_the_day_is_the_day_in_shanghai():
    just_before = datetime(2026, 11, 15, 15, 59, tzinfo=UTC)
    assert denied(decide(facts(now=just_before))) == ["service_week"]
    assert denied(decide(facts(now=just_before + timedelta(minutes=1)))) == []


@pytest.mark.parametrize("ground", Ground)
def test_a_service_in_the_service_week_names_its_ground(ground):
    assert answer("service", at="2026-11-10", ground=ground).verdict is Decision.ALLOW
    assert denied(answer("service", at="2026-11-10")) == ["service_without_ground"]
    assert denied(answer("service", at="2026-11-17")) == []


def test_a_department_at_its_cap_inspects_no_more():
    capped = {"frequency_caps": {"market": 2, "fire": 0}}
    assert denied(answer(visits_this_year={"market": 1}, **capped)) == []
    verdict = answer(visits_this_year={"market": 2}, **capped)
    assert denied(verdict) == ["frequency_cap_reached"]
    assert about(verdict, "frequency_cap_reached") == "market"
    assert denied(answer("recheck", visits_this_year={"market": 2}, **capped)) == []


def test_the_cap_is_the_leads_where_a_filing_is_in_force():
    joint = filing(departments=("fire", "market"))
    assert denied(answer(filings=(joint,), frequency_caps={"market": 0})) == []
    assert denied(answer(filings=(joint,), frequency_caps={"fire": 0})) == ["frequency_cap_reached"]


def test_without_a_filing_in_force_the_cap_of_any_department_present_counts():
    people = (P1, replace(P2, department="fire"))
    verdict = answer(people=people, filings=(), frequency_caps={"market": 0, "fire": 0})
    assert about(verdict, "frequency_cap_reached") == "fire"


@pytest.mark.parametrize(("issued", "stale"), [("2026-11-12", False), ("2026-11-11", True)])
def test_data_older_than_three_working_days_is_stale(issued, stale):
    """From Thursday the 12th to Tuesday the 17th lie Friday, Monday and Tuesday."""
    given = facts(reference_issued_at=facts(at=issued).now)
    assert ("reference_stale" in said(decide(given))) is stale


def test_days_off_do_not_make_data_older():
    rest = Calendar(days_off=(day("2026-11-13"), day("2026-11-16")))
    assert said(answer(calendar=rest, reference_issued_at=facts(at="2026-11-10").now)) == {}


@pytest.mark.parametrize(("minutes", "behind"), [(10, False), (10.001, True)])
def test_a_clock_may_be_ten_minutes_behind(minutes, behind):
    given = facts()
    issued = given.now + timedelta(minutes=minutes)
    assert (said(decide(replace(given, reference_issued_at=issued))) == {"clock_behind": "unverified"}) is behind


def test_the_calendar_ends_with_the_day_it_covers():
    assert answer(calendar=Calendar(covers_until=day("2026-11-17"))).verdict is Decision.ALLOW
    verdict = answer(calendar=Calendar(covers_until=day("2026-11-16")))
    assert (verdict.verdict, said(verdict)) == ("unverified", {"calendar_unknown": "unverified"})
    assert said(answer(calendar=CALENDAR_UNKNOWN)) == {"calendar_unknown": "unverified"}


def test_what_a_service_cannot_verify_only_informs():
    far = replace(facts("service"), reference_issued_at=SERVICE_WEEK - timedelta(days=30), calendar=CALENDAR_UNKNOWN)
    verdict = decide(far)
    assert verdict.verdict is Decision.ALLOW
    assert said(verdict) == {"reference_stale": "info", "calendar_unknown": "info", "no_findings": "info"}


@pytest.mark.parametrize(("purpose", "told"), [("inspection", 0), ("recheck", 0), ("survey", 1), ("service", 1)])
def test_survey_and_service_are_told_that_nothing_becomes_a_finding(purpose, told):
    assert ("no_findings" in said(answer(purpose))) == bool(told)


def test_deny_outranks_unverified():
    verdict = answer(people=(P1,), calendar=CALENDAR_UNKNOWN)
    assert verdict.verdict is Decision.DENY
    assert list(said(verdict)) == ["too_few_people", "calendar_unknown"]
