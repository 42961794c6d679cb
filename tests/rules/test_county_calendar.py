"""The protected week and the working days."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared_models.calendar import SHANGHAI, Calendar, day_of, second_full_week
from shared_models.errors import BadlyFormedError
from shared_models.shape import from_plain

DAYS = st.dates(date(2026, 1, 1), date(2026, 3, 31))
SOME_DAYS = st.lists(DAYS, max_size=8).map(tuple)
CALENDARS = st.builds(Calendar, days_off=SOME_DAYS, extra_workdays=SOME_DAYS)


@pytest.mark.parametrize(
    ("year", "month", "first", "last"),
    [
        (2026, 11, "2026-11-09", "2026-11-15"),
        (2026, 12, "2026-12-14", "2026-12-20"),
        (2027, 2, "2027-02-08", "2027-02-14"),
        (2027, 3, "2027-03-08", "2027-03-14"),
        (2026, 6, "2026-06-08", "2026-06-14"),
    ],
)
def test_the_default_week_starts_on_the_second_monday(year, month, first, last):
    assert second_full_week(year, month) == (date.fromisoformat(first), date.fromisoformat(last))


@given(st.integers(1, 9999), st.integers(1, 12))
def test_the_default_week_lies_within_its_month_after_one_full_week(year, month):
    first, last = second_full_week(year, month)
    assert (first.weekday(), last.weekday(), first.month, last.month) == (0, 6, month, month)
    assert 8 <= first.day <= 14


@pytest.mark.parametrize(("year", "month"), [(0, 1), (10_000, 1), (2026, 0), (2026, 13)])
def test_no_such_month_has_a_week(year, month):
    with pytest.raises(BadlyFormedError):
        second_full_week(year, month)


@given(CALENDARS, DAYS, DAYS)
def test_counting_by_arithmetic_agrees_with_counting_day_by_day(calendar, after, until):
    counted = sum(calendar.is_working_day(after + timedelta(days=i)) for i in range(1, (until - after).days + 1))
    assert calendar.working_days_between(after, until) == counted


@given(CALENDARS, DAYS, st.integers(1, 40))
def test_the_nth_working_day_is_a_working_day_with_n_of_them_behind(calendar, day, n):
    found = calendar.add_working_days(day, n)
    assert calendar.is_working_day(found)
    assert calendar.working_days_between(day, found) == n


def test_an_extra_workday_wins_over_a_day_off_and_over_the_weekend():
    saturday = date(2026, 11, 14)
    calendar = Calendar(days_off=(saturday,), extra_workdays=(saturday, saturday))
    assert calendar.is_working_day(saturday)
    assert calendar.working_days_between(date(2026, 11, 13), date(2026, 11, 15)) == 1


def test_far_away_days_are_counted_at_once_and_the_end_of_days_is_refused():
    calendar = Calendar()
    assert calendar.working_days_between(date.min, date.max) == 2_608_614
    assert calendar.add_working_days(date.min, 2_000_000).year > 7000
    for day, n in [(date.max, 1), (date(9999, 12, 30), 2), (date(2026, 1, 1), 10**30), (date(2026, 1, 1), -1)]:
        with pytest.raises(BadlyFormedError):
            calendar.add_working_days(day, n)


def test_zero_working_days_after_a_sunday_is_the_sunday():
    assert Calendar().add_working_days(date(2026, 11, 15), 0) == date(2026, 11, 15)


def test_the_day_is_shanghais():
    assert day_of(datetime(2026, 11, 9, 15, 59, 59, tzinfo=UTC)) == date(2026, 11, 9)
    assert day_of(datetime(2026, 11, 9, 16, tzinfo=UTC)) == date(2026, 11, 10)
    assert day_of(datetime(2026, 11, 10, tzinfo=SHANGHAI)) == date(2026, 11, 10)


@pytest.mark.parametrize("instant", [datetime(2026, 11, 9), datetime(9999, 12, 31, 23, tzinfo=UTC)])  # noqa: DTZ001 (naive is the point)
def test_an_instant_without_a_day_is_refused(instant):
    with pytest.raises(BadlyFormedError):
        day_of(instant)


def test_a_reversed_week_is_refused_with_its_place():
    plain = {"protected": [["2026-11-09", "2026-11-15"], ["2026-12-20", "2026-12-14"]]}
    with pytest.raises(BadlyFormedError) as refusal:
        from_plain(Calendar, plain, "calendar")
    assert refusal.value.where == "calendar.protected[1]"


def test_a_week_number_is_no_day():
    with pytest.raises(BadlyFormedError):
        from_plain(Calendar, {"days_off": ["2026-W46-2"]})
