"""What is accepted at once, what waits for a person, and what may be done afterwards (rules 6, 8)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from shared_models.filing import FilingException, FilingPlan, FilingState, Purpose
from sync_server.county import County
from sync_server.errors import InvalidError, NotFoundError, WrongStateError
from sync_server.filings.accept_filing import accept_filing
from sync_server.filings.merge_filings import merge_filings
from sync_server.filings.register import FilingEntry
from sync_server.filings.return_filing import return_filing
from sync_server.filings.submit_filing import submit_filing
from sync_server.filings.withdraw_filing import withdraw_filing
from sync_server.log.writing import reading
from sync_server.storage.facts import current_facts
from tests.server.towns import OTHER_USCC, TODAY, USCC, PhoneInHand, at_gate, enrolled, fetch, file, form, later, send


def entry(county: County, filing: str) -> FilingEntry:
    with reading(county) as connection:
        return current_facts(connection, "filing", [filing])[filing].load(FilingEntry)


def test_a_complete_filing_is_accepted_and_numbered_at_once(town: County) -> None:
    filed = file(town)
    assert (filed.number, filed.for_office) == ("BA3303262026-00001", ())
    found = entry(town, filed.filing)
    assert (found.state, found.by_rule, found.answered_by, found.short_notice) == (
        FilingState.ACCEPTED,
        True,
        "system",
        True,
    )


def test_numbers_start_anew_each_year_and_are_never_given_twice(town: County) -> None:
    first = file(town)
    withdraw_filing(town, "market-desk", first.filing)
    assert file(town).number == "BA3303262026-00002"
    later(town, days=70)
    assert file(town, days=(78, 79), enterprises=(OTHER_USCC,)).number == "BA3303262027-00001"


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"approved_by": " "}, "incomplete"),
        ({"basis": ""}, "incomplete"),
        ({"why_not_off_site": ""}, "incomplete"),
        ({"days": (5, 6)}, "protected_days"),
        ({"days": (9, 9)}, "protected_days"),
        ({"exception": FilingException("complaint", "x", "1", "culture1")}, "protected_days"),
        ({"days": (500, 501)}, "protected_days"),
        ({"departments": ("market", "fire")}, "joint_visit"),
        ({"planned_visits": 3}, "frequency_cap"),
        ({"plan": FilingPlan.AFTERWARDS, "days": (-1, 0)}, "afterwards"),
    ],
)
def test_what_a_person_has_to_judge_waits(town: County, more: dict, why: str) -> None:
    filed = file(town, **more)
    assert filed.number is None
    assert why in filed.for_office
    assert accept_filing(town, "office", filed.filing).startswith("BA330326")


def test_a_second_filing_near_the_first_must_be_merged(town: County) -> None:
    file(town, days=(0, 2))
    assert file(town, days=(15, 16)).for_office == ("must_merge",)
    assert file(town, "fire", days=(15, 16)).number is not None
    assert file(town, days=(50, 51)).number is not None


def test_a_visit_made_counts_towards_the_cap_of_the_next_filing(town: County) -> None:
    file(town, days=(0, 0), planned_visits=1)
    phone: PhoneInHand = enrolled(town)
    fetch(town, phone)
    send(town, phone.write("visit_opened", at_gate(phone), visit=bytes(16)))
    assert "frequency_cap" in file(town, days=(50, 51), planned_visits=2).for_office
    assert file(town, days=(50, 51), planned_visits=1).number is not None


@pytest.mark.parametrize(
    "wrong",
    [
        {"purpose": Purpose.SERVICE},
        {"departments": ()},
        {"departments": ("market", "market")},
        {"departments": ("nobody",)},
        {"enterprises": ()},
        {"enterprises": ("91350100M000100Y4Z",)},
        {"officers": ("fire1",)},
        {"officers": ("nobody",)},
        {"window": (TODAY, TODAY - timedelta(days=1))},
        {"window": (TODAY, TODAY + timedelta(days=31))},
        {"planned_visits": 0},
    ],
)
def test_a_wrong_form_is_refused_and_leaves_nothing(town: County, wrong: dict) -> None:
    with pytest.raises(InvalidError):
        submit_filing(town, "market-desk", replace(form(), **wrong))
    assert file(town).number == "BA3303262026-00001"


def test_a_quarters_plan_may_run_longer_than_a_months(town: County) -> None:
    assert file(town, plan=FilingPlan.QUARTER, days=(0, 91)).filing
    with pytest.raises(InvalidError):
        file(town, plan=FilingPlan.QUARTER, days=(0, 92))


def test_the_office_returns_within_two_working_days_and_says_why(town: County) -> None:
    filed = file(town)
    with pytest.raises(InvalidError):
        return_filing(town, "office", filed.filing, "  ")
    later(town, days=2)
    return_filing(town, "office", filed.filing, "事项不清")
    assert entry(town, filed.filing).comment == "事项不清"
    late = file(town)
    later(town, days=5)
    with pytest.raises(WrongStateError):
        return_filing(town, "office", late.filing, "太迟")


def test_states_follow_one_another_only_as_they_may(town: County) -> None:
    filed = file(town, approved_by="")
    accept_filing(town, "office", filed.filing)
    with pytest.raises(WrongStateError):
        accept_filing(town, "office", filed.filing)
    withdraw_filing(town, "market-desk", filed.filing)
    for act in (accept_filing, withdraw_filing):
        with pytest.raises(WrongStateError):
            act(town, "office", filed.filing)
    with pytest.raises(NotFoundError):
        accept_filing(town, "office", "00" * 8)


def test_only_what_a_joint_visit_covers_is_merged_into_it(town: County) -> None:
    part, joint = file(town), file(town, departments=("fire", "culture"), officers=("fire1", "culture1"))
    accept_filing(town, "office", joint.filing)
    with pytest.raises(InvalidError):
        merge_filings(town, "office", joint.filing, [part.filing])
    with pytest.raises(InvalidError):
        merge_filings(town, "office", joint.filing, [joint.filing])
    elsewhere = file(town, "fire", enterprises=(USCC, OTHER_USCC), days=(0, 1))
    with pytest.raises(InvalidError):
        merge_filings(town, "office", joint.filing, [elsewhere.filing])
    other = file(town, "fire", enterprises=(USCC,), days=(0, 1))
    merge_filings(town, "office", joint.filing, [other.filing])
    with pytest.raises(WrongStateError):
        merge_filings(town, "office", joint.filing, [other.filing])


def test_a_filing_in_good_time_is_not_marked(town: County) -> None:
    assert entry(town, file(town, days=(1, 2)).filing).short_notice is False
    assert entry(town, file(town, "fire", days=(0, 2)).filing).short_notice is True
