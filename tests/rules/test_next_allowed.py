"""On which of the coming 60 days the visit would be allowed."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from shared_models.calendar import SHANGHAI, Calendar
from shared_models.enterprise import Enterprise, EnterpriseStatus
from shared_models.gate import next_allowed
from tests.rules.gate_examples import COMPLAINT, P1, P2, SERVICE_WEEK, day, facts, filing


def days(*texts):
    return tuple(day(text) for text in texts)


def test_the_days_left_of_the_window_outside_the_service_week():
    expected = days("2026-11-16", "2026-11-17", "2026-11-18", "2026-11-19", "2026-11-20")
    assert next_allowed(facts(at="2026-11-10")) == expected


def test_today_is_not_a_coming_day_and_the_sixtieth_is_the_last():
    survey = replace(facts("survey", at="2026-11-17"), calendar=Calendar())
    found = next_allowed(survey)
    assert (found[0], found[-1], len(found)) == (day("2026-11-18"), day("2027-01-16"), 60)


def test_the_claim_does_not_count():
    assert next_allowed(facts(at="2026-11-10", claim=COMPLAINT, filings=())) == ()
    assert next_allowed(facts(at="2026-11-18", claim=replace(COMPLAINT, note=""))) == days("2026-11-19", "2026-11-20")


def test_a_filing_that_carries_an_exception_opens_the_service_week():
    carrying = filing(window="2026-11-09 2026-11-12", carrying="case")
    assert next_allowed(facts(at="2026-11-10", filings=(carrying,))) == days("2026-11-11", "2026-11-12")


def test_visits_count_from_zero_in_the_new_year():
    wide = filing(window="2026-11-01 2027-03-31")
    given = facts(at="2026-12-28", filings=(wide,), calendar=Calendar())
    capped = replace(given, frequency_caps={"market": 1}, visits_this_year={"market": 1})
    assert next_allowed(capped)[0] == day("2027-01-01")
    assert next_allowed(replace(capped, frequency_caps={"market": 0})) == ()


def test_a_licence_that_expires_ends_the_days():
    people = (P1, replace(P2, valid_until=day("2026-11-18")))
    assert next_allowed(facts(people=people)) == days("2026-11-18")


def test_data_four_days_old_is_stale_on_thursdays_and_fridays_only():
    """On every other day a weekend was among the four."""
    given = facts("survey", at="2026-11-17", calendar=Calendar())
    old = replace(given, reference_issued_at=given.now - timedelta(days=4))
    assert {found.weekday() for found in next_allowed(old)} == {0, 1, 2, 5, 6}


def test_the_time_of_day_stays():
    late = datetime(2026, 11, 10, 23, 59, tzinfo=SHANGHAI)
    given = facts(at="2026-11-10", now=late, reference_issued_at=late)
    assert next_allowed(given) == next_allowed(replace(given, now=late.astimezone(UTC)))


def test_the_calendar_ends_the_days():
    given = facts("survey", calendar=Calendar(covers_until=day("2026-11-19")))
    assert next_allowed(given) == days("2026-11-18", "2026-11-19")


def test_a_closed_or_unknown_enterprise_has_none():
    closed = Enterprise("91330326MA2ABCDE1X", EnterpriseStatus.CLOSED)
    assert next_allowed(facts(enterprise=closed)) == next_allowed(facts(enterprise=None)) == ()
    assert len(next_allowed(facts("service", enterprise=None, calendar=Calendar()))) == 60


def test_the_end_of_days_ends_the_days():
    end = datetime(9999, 12, 30, 12, tzinfo=SHANGHAI)
    given = facts("service", now=end, reference_issued_at=datetime(9999, 12, 31, 23, tzinfo=SHANGHAI))
    assert next_allowed(given) == (date.max,)


def test_a_visit_in_the_week_itself_waits_for_its_end():
    given = facts("survey", now=SERVICE_WEEK, reference_issued_at=SERVICE_WEEK)
    assert next_allowed(given)[0] == day("2026-11-16")
