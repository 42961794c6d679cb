"""The command line and the oracle, written apart from the same page, give the same answers."""

import datetime as dt
import itertools
import json
import random

import pytest

from shared_models.calendar import Calendar

from .ask import ask, ask_lines
from .days import add_working_days, is_working_day, service_week, working_days_after
from .generate import facts
from .leniency_oracle import spare
from .oracle import decide, next_allowed

CHUNK = 500


def cases(start, number):
    return [facts(random.Random(seed)) for seed in range(start, start + number)]


@pytest.mark.parametrize("start", range(0, 2000, CHUNK))
def test_gate_and_oracle_agree(start):
    given = cases(start, CHUNK)
    for seed, (case, answer) in enumerate(zip(given, ask_lines("gate", given), strict=True), start):
        assert answer == decide(case), f"seed {seed}: {json.dumps(case, ensure_ascii=False)}"


def test_next_and_oracle_agree():
    given = cases(500_000, 200)
    for case, answer in zip(given, ask_lines("next", given), strict=True):
        assert answer == next_allowed(case), json.dumps(case, ensure_ascii=False)


def every_leniency_case():
    keys = ("serious", "minor", "harm", "first_offence", "correction", "fault_disproved")
    values = (
        (False, True),
        (False, True),
        ("none", "slight", "serious"),
        (True, False, None),
        ("on_the_spot", "within_deadline", "pledged", "refused"),
        (False, True),
    )
    return [dict(zip(keys, chosen, strict=True)) for chosen in itertools.product(*values)]


def test_leniency_and_oracle_agree_on_every_possible_input():
    for case in every_leniency_case():
        code, out, err = ask("leniency", "-", stdin=json.dumps(case).encode())
        if case["serious"] and case["minor"]:
            assert (code, out) == (2, ""), case
            assert len(err.strip().splitlines()) == 1
        else:
            assert code == 0, (case, err)
            assert json.loads(out) == spare(case), case


def test_service_weeks_agree_for_thirty_years():
    for year in range(2020, 2050):
        for month in range(1, 13):
            written = f"{year}-{month:02d}"
            assert ask("service-week", written)[:2] == (0, " ".join(service_week(written)) + "\n")


@pytest.mark.parametrize("seed", range(40))
def test_working_days_agree(seed):
    chosen = random.Random(seed)
    start = dt.date(2026, 12, 25) + dt.timedelta(days=chosen.randint(-20, 20))
    near = [start + dt.timedelta(days=n) for n in range(-10, 40)]
    off, extra = chosen.sample(near, 12), chosen.sample(near, 8)
    ours = Calendar(days_off=tuple(off), extra_workdays=tuple(extra))
    plain = {"days_off": [str(day) for day in off], "extra_workdays": [str(day) for day in extra]}
    for day in near:
        assert ours.is_working_day(day) == is_working_day(day, plain)
        assert ours.working_days_between(start, day) == working_days_after(start, day, plain)
    for number in range(15):
        assert ours.add_working_days(start, number) == add_working_days(start, number, plain)
