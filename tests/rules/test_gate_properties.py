"""What holds for the gate whatever the facts are."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from shared_models.calendar import day_of
from shared_models.facts import Decision, Level
from shared_models.filing import Purpose
from shared_models.gate import decide, next_allowed
from shared_models.gate_rows import ROWS
from tests.rules.gate_examples import USCC
from tests.rules.gate_strategies import FILINGS, any_facts

ORDER = [row.code for row in ROWS]
CLAUSES = {row.code: row.clause for row in ROWS}


@given(any_facts())
def test_reasons_come_in_row_order_each_once_with_their_clause(facts):
    codes = [reason.code for reason in decide(facts).reasons]
    assert codes == sorted(set(codes), key=ORDER.index)
    assert all(reason.clause == CLAUSES[reason.code] for reason in decide(facts).reasons)


@given(any_facts())
def test_the_verdict_follows_from_the_levels(facts):
    answer = decide(facts)
    levels = {reason.level for reason in answer.reasons}
    assert (answer.verdict is Decision.DENY) == (Level.DENY in levels)
    assert (answer.verdict is Decision.UNVERIFIED) == (Level.UNVERIFIED in levels and Level.DENY not in levels)
    assert (answer.verdict is Decision.ALLOW_THEN_FILE) == (answer.post_filing_due is not None)
    if answer.verdict is Decision.ALLOW_THEN_FILE:
        assert Level.LIFTED in levels
        assert facts.visit.exception is not None


@given(any_facts(), st.randoms(use_true_random=False))
def test_the_order_of_people_and_filings_does_not_matter(facts, random):
    people, filings = list(facts.people), list(facts.filings)
    random.shuffle(people)
    random.shuffle(filings)
    assert decide(replace(facts, people=tuple(people), filings=tuple(filings))) == decide(facts)


@given(any_facts(), FILINGS)
def test_a_filing_for_another_enterprise_or_purpose_changes_nothing(facts, extra):
    elsewhere = replace(extra, number="F-0", enterprises=("911000000000000000",))
    other = Purpose.RECHECK if facts.visit.purpose is not Purpose.RECHECK else Purpose.INSPECTION
    strange = replace(extra, number="F-00", purpose=other)
    assert decide(replace(facts, filings=(elsewhere, *facts.filings, strange))) == decide(facts)


@given(any_facts(), FILINGS)
def test_one_more_filing_never_makes_the_verdict_worse(facts, extra):
    """But for the cap: a filing in force turns the question from anyone's department to its lead's."""
    uncapped = replace(facts, frequency_caps={})
    more = replace(uncapped, filings=(*facts.filings, replace(extra, number="F-0")))
    order = list(Decision)
    without, with_it = decide(uncapped), decide(more)
    assert order.index(with_it.verdict) >= order.index(without.verdict)


@given(any_facts())
def test_a_filing_in_force_covers_everyone_on_that_day(facts):
    answer = decide(facts)
    if answer.filing is None:
        return
    (filing,) = [filing for filing in facts.filings if filing.number == answer.filing]
    assert USCC in filing.enterprises
    assert filing.purpose is facts.visit.purpose
    assert {person.department for person in facts.people} <= set(filing.departments)
    assert filing.window[0] <= day_of(facts.now) <= filing.window[1]


@given(any_facts())
def test_without_a_claim_only_a_filed_exception_lifts_and_only_the_cap(facts):
    answer = decide(replace(facts, visit=replace(facts.visit, exception=None)))
    assert answer.verdict is not Decision.ALLOW_THEN_FILE
    assert {r.code for r in answer.reasons if r.level is Level.LIFTED} <= {"frequency_cap_reached"}


@given(any_facts())
def test_a_service_never_hears_of_filings_officers_or_exceptions(facts):
    answer = decide(replace(facts, visit=replace(facts.visit, purpose=Purpose.SERVICE)))
    heard = {reason.code for reason in answer.reasons}
    assert answer.filing is None
    assert heard <= {
        "enterprise_unknown",
        "enterprise_closed",
        "too_few_people",
        "service_without_ground",
        "reference_stale",
        "clock_behind",
        "calendar_unknown",
        "no_findings",
    }


@given(any_facts())
def test_the_coming_days_are_those_on_which_the_gate_says_so(facts):
    today = day_of(facts.now)
    expected = []
    for ahead in range(1, 61):
        step = timedelta(days=ahead)
        then = replace(
            facts,
            now=facts.now + step,
            reference_issued_at=facts.reference_issued_at + step,
            visit=replace(facts.visit, exception=None),
            visits_this_year=facts.visits_this_year if (today + step).year == today.year else {},
        )
        if decide(then).verdict in {Decision.ALLOW, Decision.ALLOW_EXCEPTION}:
            expected.append(today + step)
    assert next_allowed(facts) == tuple(expected)
