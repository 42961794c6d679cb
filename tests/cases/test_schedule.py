"""A schedule adds up to what is left, its days rise; how each stands is counted from days alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared_models.errors import BadlyFormedError
from shared_models.instalments import (
    LATEST_DAYS,
    MAX_INSTALMENTS,
    Instalment,
    ScheduleError,
    Settling,
    amount_of,
    amount_text,
    check_schedule,
    left_to_pay,
    regranted,
    settle,
    whole_fine,
)
from sync_server.cases.read_case import Standing, standing_of
from sync_server.cases.suggest_schedule import suggest_schedule
from sync_server.cases.typed_case import schedule_typed
from sync_server.registry.desk.typed import Typed
from tests.server.towns import TODAY

AMOUNTS = st.integers(1, 10**12)
DAYS = st.dates(date(2026, 1, 1), date(2030, 12, 31))


@st.composite
def schedules(draw: st.DrawFn) -> tuple[Instalment, ...]:
    gaps = draw(st.lists(st.integers(1, 30), min_size=1, max_size=MAX_INSTALMENTS))
    days = [TODAY + timedelta(days=sum(gaps[: n + 1])) for n in range(len(gaps))]
    return tuple(Instalment(draw(AMOUNTS), day) for day in days)


def total(schedule: tuple[Instalment, ...]) -> int:
    return sum(one.amount for one in schedule)


@given(schedules())
def test_a_sound_schedule_is_taken_and_any_other_sum_refused(schedule: tuple[Instalment, ...]) -> None:
    check_schedule(schedule, total(schedule), TODAY)
    for fine in (total(schedule) + 1, total(schedule) - 1):
        with pytest.raises(ScheduleError) as refused:
            check_schedule(schedule, fine, TODAY)
        assert refused.value.problem == "sum"


@given(schedules().filter(lambda schedule: len(schedule) > 1), st.data())
def test_days_that_do_not_rise_are_refused_with_the_number(
    schedule: tuple[Instalment, ...], data: st.DataObject
) -> None:
    at = data.draw(st.integers(1, len(schedule) - 1))
    swapped = list(schedule)
    swapped[at] = replace(swapped[at], due=data.draw(st.dates(TODAY, schedule[at - 1].due)))
    with pytest.raises(ScheduleError) as refused:
        check_schedule(swapped, total(schedule), TODAY)
    assert (refused.value.problem, refused.value.number) == ("not_rising", at + 1)


@pytest.mark.parametrize(
    ("schedule", "problem"),
    [
        ((), "how_many"),
        (tuple(Instalment(1, TODAY + timedelta(days=n)) for n in range(1, MAX_INSTALMENTS + 2)), "how_many"),
        ((Instalment(0, TODAY + timedelta(days=1)),), "amount"),
        ((Instalment(5, TODAY),), "in_the_past"),
        ((Instalment(5, TODAY + timedelta(days=LATEST_DAYS + 1)),), "too_late"),
    ],
)
def test_what_is_no_schedule_says_why(schedule: tuple[Instalment, ...], problem: str) -> None:
    with pytest.raises(ScheduleError) as refused:
        check_schedule(schedule, 5, TODAY)
    assert refused.value.problem == problem


@given(DAYS, DAYS, st.none() | DAYS)
def test_late_is_counted_from_days_and_a_late_payment_stays_known(due: date, today: date, paid_on: date | None) -> None:
    one = Instalment(100, due)
    if paid_on is None:
        assert standing_of(one, today) is (Standing.LATE if today > due else Standing.OPEN)
        assert one.days_late(today) == max(0, (today - due).days)
        waived = settle((one,), 1, Settling.WAIVED, today)[0]
        assert (standing_of(waived, today), waived.days_late(today)) == (Standing.WAIVED, 0)
    else:
        paid = settle((one,), 1, Settling.PAID, paid_on)[0]
        assert standing_of(paid, today) is (Standing.PAID_LATE if paid_on > due else Standing.PAID)
        assert paid.days_late(today) == max(0, (paid_on - due).days)


@given(schedules(), st.data())
def test_what_was_settled_is_no_longer_owed_and_is_settled_once(
    schedule: tuple[Instalment, ...], data: st.DataObject
) -> None:
    order = data.draw(st.permutations(range(1, len(schedule) + 1)))
    now = schedule
    for number in order:
        before = left_to_pay(now)
        now = settle(now, number, Settling.PAID, TODAY, "0017")
        assert left_to_pay(now) == before - schedule[number - 1].amount
        with pytest.raises(BadlyFormedError):
            settle(now, number, Settling.WAIVED, TODAY)
    assert left_to_pay(now) == 0


@given(schedules(), schedules())
def test_a_new_schedule_keeps_what_was_settled(old: tuple[Instalment, ...], new: tuple[Instalment, ...]) -> None:
    paid = settle(old, 1, Settling.PAID, TODAY)
    made = regranted(paid, new)
    assert made[0] == paid[0]
    assert left_to_pay(made) == total(new)


@given(st.integers(0, 10**13 - 1))
def test_an_amount_reads_as_it_is_written(fen: int) -> None:
    assert amount_of(amount_text(fen)) == fen


@pytest.mark.parametrize(
    ("text", "fen"),
    [("5000", 500_000), ("¥5,000.5", 500_050), ("12,345.60元", 1_234_560), (" 0.01 ", 1), ("1．", None)],
)
def test_amounts_as_people_type_them(text: str, fen: int | None) -> None:
    if fen is None:
        with pytest.raises(BadlyFormedError):
            amount_of(text)
    else:
        assert amount_of(text) == fen


@pytest.mark.parametrize("text", ["", "-5", "1e5", "5.001", "五千", "٣", "5..0", "1" * 12])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(BadlyFormedError):
        amount_of(text)


@given(st.integers(3, 10**12), st.dates(date(2026, 1, 1), date(2030, 1, 1)))
def test_the_schedule_that_the_form_proposes_is_a_sound_one(left: int, today: date) -> None:
    typed = Typed({"s": suggest_schedule(left, today)})
    check_schedule(schedule_typed(typed, "s"), left, today)
    assert not typed.errors


def test_a_whole_fine_is_due_fifteen_days_after_receipt() -> None:
    assert whole_fine(5, date(2026, 12, 20)) == (Instalment(5, date(2027, 1, 4)),)
