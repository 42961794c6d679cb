"""The invented county: the same from the same seed and day, whole, and nobody real."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared_models.calendar import Calendar, second_full_week
from shared_models.enterprise import EnterpriseStatus, is_uscc
from shared_models.filing import FilingState
from sync_server.demo.cards import CARDS, GATE_NO
from sync_server.demo.county import ENTERPRISES, OFFICERS, invent_county, working_demo_day
from sync_server.demo.names import TOWNSHIPS
from sync_server.demo.portraits import draw_portrait

DAY = date(2026, 11, 24)
COUNTY = invent_county(1, DAY)


def test_the_same_seed_and_day_give_the_same_county():
    assert invent_county(1, DAY) == COUNTY
    assert invent_county(2, DAY) != COUNTY


def test_it_has_sixty_officers_visitors_without_licence_and_five_hundred_enterprises():
    licensed = [person for person in COUNTY.people if person.licence]
    assert len(licensed) == OFFICERS
    assert len(COUNTY.people) > OFFICERS
    assert len(COUNTY.enterprises) == ENTERPRISES
    assert {enterprise.township for enterprise in COUNTY.enterprises} == set(TOWNSHIPS)


def test_every_code_is_valid_and_none_can_be_a_real_enterprise():
    codes = [enterprise.uscc for enterprise in COUNTY.enterprises]
    assert len(set(codes)) == ENTERPRISES
    assert all(is_uscc(code) and "DEM" in code for code in codes)


def test_names_of_people_and_enterprises_are_all_different():
    assert len({person.name for person in COUNTY.people}) == len(COUNTY.people)
    assert len({enterprise.name for enterprise in COUNTY.enterprises}) == ENTERPRISES


def test_filings_stand_in_every_state_that_the_log_knows():
    states = {planned.state for planned in COUNTY.filings}
    assert states == {FilingState.SUBMITTED, FilingState.ACCEPTED, FilingState.RETURNED, FilingState.WITHDRAWN}


def test_every_card_is_about_an_active_enterprise_with_a_gate():
    by_code = {enterprise.uscc: enterprise for enterprise in COUNTY.enterprises}
    for card in CARDS:
        enterprise = by_code[card.uscc(COUNTY.cast)]
        assert enterprise.status is EnterpriseStatus.ACTIVE
        assert GATE_NO in [gate.no for gate in enterprise.gates if not gate.void]


@given(st.dates(date(2026, 1, 1), date(2035, 12, 31)))
def test_the_story_begins_on_a_weekday_outside_the_service_week(today):
    day = working_demo_day(today)
    assert today <= day <= today + timedelta(days=12)
    assert day.weekday() < 5
    assert not Calendar(protected=(second_full_week(day.year, day.month),)).is_protected(day)


@pytest.mark.parametrize("seed", [1, 77])
def test_a_portrait_is_the_same_picture_each_time(seed):
    assert draw_portrait(seed) == draw_portrait(seed)
    assert draw_portrait(seed) != draw_portrait(seed + 1)
