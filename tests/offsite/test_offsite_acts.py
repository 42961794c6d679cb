"""What may be done to an off-site check, and when: the same on both engines."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from shared_models.errors import ExpiredError
from shared_models.offsite import ItemAnswer, ItemReview, ListItem, OffsiteAnswered, Outcome, Said
from sync_server.county import County
from sync_server.errors import InvalidError, NotFoundError, WrongStateError
from sync_server.log.rebuild_views import rebuild_views
from sync_server.offsite.answer_list import answer_list
from sync_server.offsite.link import open_link, token_of
from sync_server.offsite.move_due import move_due
from sync_server.offsite.read_told import read_told
from sync_server.offsite.register import LINK_DAYS, CheckState
from sync_server.offsite.review_answer import review_answer
from sync_server.offsite.withdraw_check import withdraw_check
from sync_server.storage.engine import reading
from tests.offsite.hands import ITEMS, answer, answered, entry_of, filed, form, review, reviewed
from tests.server.towns import OTHER_USCC, TODAY, later


def state(county: County, check: str) -> CheckState:
    return entry_of(county, check).state


def test_each_check_has_a_number_of_its_own_beside_the_filings(town: County) -> None:
    numbers = [entry_of(town, filed(town, enterprise=one)).form.number for one in (OTHER_USCC, OTHER_USCC)]
    assert numbers == ["FX3303262026-00001", "FX3303262026-00002"]


def test_it_goes_from_open_over_answered_and_put_right_to_in_order(town: County) -> None:
    check = filed(town)
    assert state(town, check) is CheckState.OPEN
    first = answered(town, check)
    assert state(town, check) is CheckState.ANSWERED
    asked = reviewed(town, check, Outcome.PUT_RIGHT)
    assert (state(town, check), entry_of(town, check).due) == (CheckState.PUT_RIGHT, TODAY + timedelta(days=14))
    answered(town, check, note="已清走")
    entry = entry_of(town, check)
    with reading(town.engine) as connection:
        told = read_told(connection, entry.answers[-1])
    assert isinstance(told, OffsiteAnswered)
    assert (told.after, told.amends) == (asked, None)
    assert entry.answers[0].record == first
    reviewed(town, check)
    assert state(town, check) is CheckState.IN_ORDER
    assert rebuild_views(town).differences == {}


def test_an_answer_may_be_given_anew_until_the_department_has_answered(town: County) -> None:
    check = filed(town)
    first = answered(town, check)
    answered(town, check, note="写错了一处")
    with reading(town.engine) as connection:
        told = read_told(connection, entry_of(town, check).answers[-1])
    assert isinstance(told, OffsiteAnswered)
    assert told.amends == first
    reviewed(town, check)
    with pytest.raises(WrongStateError) as refused:
        answered(town, check, note="再改")
    assert refused.value.state == "in_order"


def test_a_second_click_writes_nothing(town: County) -> None:
    check = filed(town)
    whole = answer(town, check)
    assert answer_list(town, whole, seen=0) is not None
    assert answer_list(town, whole, seen=0) is None
    assert len(entry_of(town, check).answers) == 1


def test_who_has_not_seen_the_other_answer_does_not_write_over_it(town: County) -> None:
    check = filed(town)
    answered(town, check)
    with pytest.raises(WrongStateError) as refused:
        answer_list(town, answer(town, check, note="另一部手机"), seen=0)
    assert refused.value.state == "answered_meanwhile"


def test_an_officer_answers_what_he_has_looked_at(town: County) -> None:
    check = filed(town)
    answered(town, check)
    old = review(town, check)
    answered(town, check, note="改过")
    with pytest.raises(WrongStateError) as refused:
        review_answer(town, "clerk", old)
    assert refused.value.state == "answered_meanwhile"
    reviewed(town, check)
    with pytest.raises(WrongStateError):
        review_answer(town, "head", review(town, check))


def test_who_never_answers_may_be_told_that_a_visit_is_needed_once_the_day_is_over(town: County) -> None:
    check = filed(town)
    with pytest.raises(WrongStateError):
        reviewed(town, check, Outcome.VISIT_NEEDED)
    later(town, days=8)
    assert entry_of(town, check).is_overdue(TODAY + timedelta(days=8))
    with pytest.raises(WrongStateError):
        reviewed(town, check, Outcome.IN_ORDER)
    reviewed(town, check, Outcome.VISIT_NEEDED)
    assert state(town, check) is CheckState.VISIT_NEEDED


def test_a_late_answer_is_still_an_answer(town: County) -> None:
    check = filed(town)
    later(town, days=20)
    answered(town, check)
    assert state(town, check) is CheckState.ANSWERED


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"department": "nowhere"}, "department"),
        ({"officers": ()}, "officers"),
        ({"officers": ("fire1",)}, "officers"),
        ({"enterprise": "91330326MA2ABCDE1X"}, "rows.91330326MA2ABCDE1X"),
        ({"title": " "}, "title"),
        ({"title": "长" * 81}, "title"),
        ({"note": "长" * 5000}, "note"),
        ({"items": ()}, "items"),
        ({"items": ITEMS * 11}, "items"),
        ({"items": (ListItem(""),)}, "items.0"),
        ({"items": (*ITEMS, ListItem("长" * 201))}, "items.3"),
        ({"due": TODAY}, "due"),
        ({"due": TODAY + timedelta(days=93)}, "due"),
    ],
)
def test_what_cannot_be_answered_is_not_filed(here: County, changes: dict[str, object], where: str) -> None:
    with pytest.raises(InvalidError) as refused:
        filed(here, **changes)
    assert refused.value.where == where


def test_the_fullest_check_fits_its_records(town: County) -> None:
    longest = "𠮷" * 200
    items = tuple(ListItem(longest, "𠮷" * 120, wants_photo=True) for _ in range(30))
    check = filed(town, items=items, note="𠮷" * 1000)
    kept = answer(town, check).answers[0].photos[0]
    answers = tuple(ItemAnswer(Said.YES, "𠮷" * 300, (kept,)) for _ in range(30))
    answered(town, check, answers=answers, note="𠮷" * 1000)
    items_reviewed = tuple(ItemReview(number, Outcome.PUT_RIGHT, "𠮷" * 300) for number in range(30))
    reviewed(town, check, Outcome.PUT_RIGHT, items=items_reviewed, text="𠮷" * 1000)
    assert state(town, check) is CheckState.PUT_RIGHT


@pytest.mark.parametrize(
    ("changes", "where", "problem"),
    [
        ({"name": "  "}, "name", "is_missing"),
        ({"name": "长" * 41}, "name", "too_long"),
        ({"note": "长" * 5000}, "note", "too_long"),
        ({"answers": ()}, "answers", "is_missing"),
        ({"answers": (ItemAnswer(Said.YES),) * 3}, "answers.0", "photo_is_missing"),
        ({"answers": (ItemAnswer(Said.YES, photos=(b"x" * 32,)),) * 3}, "answers.0", "too_many_photos"),
        ({"answers": (ItemAnswer(Said.NOT_APPLICABLE, "长" * 301),) * 3}, "answers.0", "too_long"),
    ],
)
def test_what_is_not_complete_is_not_sent(here: County, changes: dict[str, object], where: str, problem: str) -> None:
    check = filed(here)
    with pytest.raises(InvalidError) as refused:
        answered(here, check, **changes)
    assert (refused.value.where, refused.value.problem) == (where, problem)
    assert state(here, check) is CheckState.OPEN


@pytest.mark.parametrize(
    ("outcome", "changes", "where"),
    [
        (Outcome.IN_ORDER, {"officer": "fire1"}, "officer"),
        (Outcome.IN_ORDER, {"items": (ItemReview(0, Outcome.PUT_RIGHT, "x"),)}, "outcome"),
        (Outcome.IN_ORDER, {"items": (ItemReview(3, Outcome.IN_ORDER),)}, "items.3"),
        (Outcome.IN_ORDER, {"items": (ItemReview(0, Outcome.IN_ORDER),) * 2}, "items"),
        (Outcome.IN_ORDER, {"put_right_by": TODAY + timedelta(days=3)}, "put_right_by"),
        (Outcome.PUT_RIGHT, {"put_right_by": None}, "put_right_by"),
        (Outcome.PUT_RIGHT, {"put_right_by": TODAY}, "put_right_by"),
        (Outcome.PUT_RIGHT, {"text": " "}, "text"),
        (Outcome.PUT_RIGHT, {"text": "长" * 5000}, "text"),
        (Outcome.VISIT_NEEDED, {"text": ""}, "text"),
    ],
)
def test_an_answer_that_says_two_things_or_nothing_is_refused(
    here: County, outcome: Outcome, changes: dict[str, object], where: str
) -> None:
    check = filed(here)
    answered(here, check)
    with pytest.raises(InvalidError) as refused:
        reviewed(here, check, outcome, **changes)
    assert refused.value.where == where


def test_withdrawn_is_withdrawn_with_a_word_why(town: County) -> None:
    check = filed(town)
    with pytest.raises(InvalidError):
        withdraw_check(town, "clerk", check, " ")
    withdraw_check(town, "clerk", check, "企业停业")
    assert (state(town, check), entry_of(town, check).comment) == (CheckState.WITHDRAWN, "企业停业")
    for act in (lambda: answered(town, check), lambda: withdraw_check(town, "clerk", check, "again")):
        with pytest.raises(WrongStateError):
            act()
    with pytest.raises(NotFoundError):
        withdraw_check(town, "clerk", "0" * 16, "why")


def test_a_link_is_nobody_elses_and_ends(town: County) -> None:
    check, other = filed(town), filed(town)
    token = token_of(town, entry_of(town, check))
    with reading(town.engine) as connection:
        assert open_link(town, connection, token).check == check
        for wrong in (
            check,
            other + token[16:],
            token[:-1] + ("a" if token[-1] != "a" else "b"),
            token.upper(),
            "é" * 40,
        ):
            with pytest.raises(NotFoundError):
                open_link(town, connection, wrong)
        later(town, days=7 + LINK_DAYS)
        open_link(town, connection, token)
        later(town, days=1)
        with pytest.raises(ExpiredError):
            open_link(town, connection, token)


def test_more_time_keeps_the_link_and_a_new_link_ends_the_old(town: County) -> None:
    check = filed(town)
    old = token_of(town, entry_of(town, check))
    move_due(town, "clerk", check, TODAY + timedelta(days=20), comment="出差")
    assert entry_of(town, check).due == TODAY + timedelta(days=20)
    assert token_of(town, entry_of(town, check)) == old
    move_due(town, "clerk", check, TODAY + timedelta(days=20), new_link=True)
    new = token_of(town, entry_of(town, check))
    with reading(town.engine) as connection:
        assert open_link(town, connection, new).check == check
        with pytest.raises(NotFoundError):
            open_link(town, connection, old)
    for day in (TODAY, TODAY + timedelta(days=93)):
        with pytest.raises(InvalidError):
            move_due(town, "clerk", check, day)


def test_a_form_cannot_bring_its_own_number(town: County) -> None:
    check = filed(town, number="BA3303262026-00001")
    assert entry_of(town, check).form == replace(form(), number="FX3303262026-00001")
