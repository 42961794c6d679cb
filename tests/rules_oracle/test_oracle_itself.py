"""The oracle answers the page's own examples, and the generator reaches every row at every level."""

import random

from .days import add_working_days, date_of, service_week, working_days_after
from .generate import facts
from .leniency_oracle import spare
from .oracle import decide, next_allowed
from .rows import ROWS

EXAMPLE = {
    "now": "2026-11-10T09:30:00+08:00",
    "reference_issued_at": "2026-11-10T07:00:00+08:00",
    "calendar": {
        "protected": [["2026-11-09", "2026-11-15"]],
        "days_off": [],
        "extra_workdays": [],
        "covers_until": None,
    },
    "policy": {},
    "approvers": None,
    "enterprise": {"uscc": "91330326MA2ABCDE1X", "status": "active"},
    "people": [
        {"id": "p1", "licence": "A1", "department": "market", "valid_from": "2024-01-01", "valid_until": "2027-12-31"},
        {"id": "p2", "licence": "A2", "department": "market", "valid_from": "2024-01-01", "valid_until": None},
    ],
    "visit": {
        "purpose": "inspection",
        "ground": None,
        "exception": {"reason": "complaint", "note": "smell of gas", "proof": "12345-881", "approver": "p9"},
    },
    "filings": [
        {
            "number": "F-1",
            "departments": ["market"],
            "purpose": "inspection",
            "enterprises": ["91330326MA2ABCDE1X"],
            "window": ["2026-11-16", "2026-11-20"],
            "state": "accepted",
        },
    ],
    "visits_this_year": {"market": 1},
    "frequency_caps": {"market": 2},
}


def test_the_oracle_gives_the_answer_printed_in_the_rules():
    assert decide(EXAMPLE) == {
        "verdict": "allow_then_file",
        "filing": None,
        "post_filing_due": "2026-11-12",
        "reasons": [
            {"code": "filing_outside_window", "level": "lifted", "clause": "三.3", "about": None},
            {"code": "service_week", "level": "lifted", "clause": "三.1", "about": None},
        ],
    }


def test_the_example_may_be_made_on_the_days_of_its_filing():
    assert next_allowed(EXAMPLE) == {"allowed": [f"2026-11-{day}" for day in range(16, 21)]}


def test_service_weeks_are_those_printed_in_the_rules():
    assert service_week("2026-11") == ("2026-11-09", "2026-11-15")
    assert service_week("2026-12") == ("2026-12-14", "2026-12-20")
    assert service_week("2027-02") == ("2027-02-08", "2027-02-14")
    assert service_week("2027-03") == ("2027-03-08", "2027-03-14")


def test_extra_workdays_win_over_days_off_and_weekends():
    friday, monday = date_of("2026-11-13"), date_of("2026-11-16")
    assert working_days_after(friday, monday, {}) == 1
    both = {"days_off": ["2026-11-14", "2026-11-16"], "extra_workdays": ["2026-11-14"]}
    assert working_days_after(friday, monday, both) == 1
    assert add_working_days(friday, 1, both).isoformat() == "2026-11-14"


def test_a_pledge_and_an_unknown_first_offence_are_provisional_in_the_listed_order():
    case = {"serious": False, "minor": False, "harm": "slight", "first_offence": None}
    answer = spare({**case, "correction": "pledged", "fault_disproved": False})
    needs = ["commitment_letter", "education", "department_decision", "recheck", "server_confirmation"]
    assert answer == {"outcome": "no_penalty_first", "basis": "处罚法33.1后", "needs": needs, "provisional": True}


def test_the_generator_reaches_every_row_every_level_and_every_verdict():
    seen, verdicts = set(), set()
    for seed in range(4000):
        answer = decide(facts(random.Random(seed)))
        verdicts.add(answer["verdict"])
        seen.update((reason["code"], reason["level"]) for reason in answer["reasons"])
    assert {code for code, _ in seen} == {row[0] for row in ROWS.values()}
    liftable = [1, 2, 9, 10, 11, 12, 13, 14, 16, 17, 18, 19]
    assert {(ROWS[row][0], "lifted") for row in liftable} == {pair for pair in seen if pair[1] == "lifted"}
    assert verdicts == {"deny", "unverified", "allow_then_file", "allow_exception", "allow"}
