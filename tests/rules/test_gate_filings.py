"""Rows 9-13, which filing is in force, and what lies near it (21, 22)."""

from dataclasses import replace

import pytest

from shared_models.calendar import Calendar
from shared_models.facts import Decision
from shared_models.filing import FilingState, Purpose
from shared_models.policy import Policy
from tests.rules.gate_examples import P1, P2, about, answer, denied, filing, said

LATER = "2026-12-01 2026-12-05"
STAGES = [
    ("not_filed", {"departments": ("fire",)}),
    ("filing_not_accepted", {"state": FilingState.SUBMITTED}),
    ("filing_merged", {"merged_into": "J-1"}),
    ("filing_outside_window", {"window": LATER}),
    ("filing_used_up", {"visits_made": 1}),
]


@pytest.mark.parametrize("purpose", ["inspection", "recheck"])
@pytest.mark.parametrize(("code", "changes"), STAGES)
def test_a_filing_that_does_not_fit_stops_a_check(code, changes, purpose):
    verdict = answer(purpose, filings=(filing(purpose=Purpose(purpose), **changes),))
    assert (denied(verdict), verdict.filing) == ([code], None)


@pytest.mark.parametrize(("code", "changes"), STAGES)
def test_a_survey_needs_no_filing(code, changes):
    verdict = answer("survey", filings=(filing(purpose=Purpose.SURVEY, **changes),))
    assert (verdict.verdict, verdict.filing, said(verdict)) == ("allow", None, {"no_findings": "info"})


def test_only_the_filing_that_came_furthest_down_is_named():
    for furthest in range(len(STAGES)):
        filings = tuple(filing(f"F-{i}", **changes) for i, (_, changes) in enumerate(STAGES[: furthest + 1]))
        assert denied(answer(filings=filings)) == [STAGES[furthest][0]]
        assert denied(answer(filings=filings[::-1])) == [STAGES[furthest][0]]


@pytest.mark.parametrize("state", [state for state in FilingState if state is not FilingState.ACCEPTED])
def test_only_an_accepted_filing_counts(state):
    assert denied(answer(filings=(filing(state=state),))) == ["filing_not_accepted"]


def test_a_filing_for_another_enterprise_or_purpose_is_none():
    assert denied(answer(filings=(filing(enterprises=("914403001922038216",)),))) == ["not_filed"]
    assert denied(answer(filings=(filing(purpose=Purpose.RECHECK),))) == ["not_filed"]


def test_the_department_of_each_person_must_be_listed():
    people = (P1, replace(P2, department="fire"))
    assert denied(answer(people=people)) == ["not_filed"]
    assert denied(answer(people=people, filings=(filing(departments=("market", "fire")),))) == []


def test_merged_filings_name_the_smallest_joint_visit():
    filings = (
        filing("F-1", merged_into="J-2"),
        filing("F-2", merged_into="J-10"),
        filing("F-3", state=FilingState.DRAFT),
    )
    assert about(answer(filings=filings), "filing_merged") == "J-10"


@pytest.mark.parametrize(("at", "inside"), [("2026-11-15", 0), ("2026-11-16", 1), ("2026-11-20", 1), ("2026-11-21", 0)])
def test_a_window_holds_its_first_and_its_last_day(at, inside):
    verdict = answer(at=at, calendar=Calendar(), filings=(filing(window="2026-11-16 2026-11-20"),))
    assert denied(verdict) == ([] if inside else ["filing_outside_window"])


@pytest.mark.parametrize(("planned", "made", "left"), [(1, 0, 1), (1, 1, 0), (2, 1, 1), (2, 3, 0), (0, 0, 0)])
def test_a_filing_is_used_up_by_its_planned_visits(planned, made, left):
    verdict = answer(filings=(filing(planned_visits=planned, visits_made=made),))
    assert denied(verdict) == ([] if left else ["filing_used_up"])


def test_a_survey_filing_that_fits_is_in_force_and_carries_its_exception():
    survey = filing(purpose=Purpose.SURVEY, carrying="superior")
    verdict = answer("survey", at="2026-11-10", filings=(survey,))
    assert (verdict.verdict, verdict.filing) == ("allow_exception", "F-1")


def test_a_service_visit_has_no_filing():
    assert answer("service", filings=(filing(purpose=Purpose.SERVICE),)).filing is None


@pytest.mark.parametrize("reason", ["superior", "nobody lists this", ""])
def test_the_exception_of_an_accepted_filing_is_not_judged_again(reason):
    carried = replace(filing(carrying="x"), exception=replace(filing(carrying="x").exception, reason=reason))
    assert answer(at="2026-11-10", filings=(carried,)).verdict is Decision.ALLOW_EXCEPTION
    assert answer(at="2026-11-17", filings=(carried,)).verdict is Decision.ALLOW


def test_a_filings_cap_exempt_exception_lifts_the_cap_on_any_day():
    for at in ("2026-11-10", "2026-11-17"):
        verdict = answer(at=at, filings=(filing(carrying="superior"),), frequency_caps={"market": 0})
        assert (verdict.verdict, said(verdict)) == ("allow_exception", {"frequency_cap_reached": "lifted"})
    capped = answer(filings=(filing(carrying="work_safety"),), frequency_caps={"market": 0})
    assert denied(capped) == ["frequency_cap_reached"]


def test_of_several_filings_the_best_verdict_wins():
    plain, carrying = filing("F-1", window="2026-11-09 2026-11-12"), filing("F-2", carrying="case")
    assert answer(at="2026-11-10", filings=(plain, carrying)).filing == "F-2"
    capped = answer(
        filings=(filing("F-1", departments=("market", "fire")), filing("F-2", departments=("fire", "market"))),
        frequency_caps={"market": 0},
    )
    assert (capped.filing, capped.verdict) == ("F-2", "allow")


def test_then_the_earlier_window_end_then_the_smaller_number_as_text():
    early = filing("F-9", window="2026-11-17 2026-11-18")
    assert answer(filings=(filing("F-1"), early)).filing == "F-9"
    assert answer(filings=(filing("F-2"), filing("F-10"))).filing == "F-10"


@pytest.mark.parametrize("verdict_of", ["inspection", "recheck"])
def test_another_open_filing_of_the_same_lead_must_be_merged(verdict_of):
    purpose = Purpose(verdict_of)
    filings = (
        filing(purpose=purpose),
        filing("F-3", window=LATER, purpose=purpose),
        filing("F-20", window=LATER, purpose=purpose),
    )
    verdict = answer(verdict_of, filings=filings)
    assert (verdict.verdict, said(verdict)) == ("allow", {"merge_same_department": "warn"})
    assert about(verdict, "merge_same_department") == "F-20"


def test_another_lead_asks_for_a_joint_visit():
    other = filing("F-2", window=LATER, departments=("fire", "market"))
    verdict = answer(filings=(filing(), other))
    assert (said(verdict), about(verdict, "merge_across_departments")) == ({"merge_across_departments": "info"}, "F-2")


def test_two_surveys_may_be_joined_but_must_not_be_merged():
    mine, same = filing(purpose=Purpose.SURVEY), filing("F-2", window=LATER, purpose=Purpose.SURVEY)
    other = filing("F-3", window=LATER, purpose=Purpose.SURVEY, departments=("fire",))
    assert list(said(answer("survey", filings=(mine, same, other)))) == ["merge_across_departments", "no_findings"]


@pytest.mark.parametrize(
    "changes",
    [
        {"purpose": Purpose.RECHECK},
        {"enterprises": ("914403001922038216",)},
        {"state": FilingState.SUBMITTED},
        {"merged_into": "J-1"},
        {"visits_made": 1},
        {"window": "2026-11-01 2026-11-16"},
        {"window": "2027-01-01 2027-01-05"},
    ],
)
def test_what_is_not_open_or_not_near_is_not_merged(changes):
    assert said(answer(filings=(filing(), filing("F-2", **{"window": LATER, **changes})))) == {}


@pytest.mark.parametrize(("first", "near"), [("2026-11-23", True), ("2026-11-24", False)])
def test_the_limit_itself_counts(first, near):
    """16-20 and 23-25 are three days apart."""
    filings = (filing(window="2026-11-16 2026-11-20"), filing("F-2", window=f"{first} 2026-11-25"))
    verdict = answer(filings=filings, policy=Policy(merge_window_days=3))
    assert ("merge_same_department" in said(verdict)) is near


def test_a_filing_that_ends_today_is_still_open():
    filings = (filing("F-1", window="2026-11-09 2026-11-17"), filing("F-2"))
    verdict = answer(filings=filings)
    assert (verdict.filing, about(verdict, "merge_same_department")) == ("F-1", "F-2")
