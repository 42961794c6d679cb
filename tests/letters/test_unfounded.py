"""An objection that is right: what was found was no violation, so nothing rests on it any more (rules 5)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from shared_models.case import CaseFacts
from shared_models.case_acts import CaseGround
from shared_models.commitment import LetterSigned
from shared_models.corrections import CorrectionWord, ObjectionAnswered, ObjectionWord
from shared_models.county import Offence
from shared_models.errors import BadlyFormedError
from sync_server.cases.open_case import NewCase, open_case
from sync_server.county import County
from sync_server.errors import InvalidError, WrongStateError
from sync_server.letters.answer_correction import answer_correction
from sync_server.letters.answer_letter import answer_letter
from sync_server.letters.answer_objection import answer_objection
from sync_server.letters.break_promise import CaseWish, break_promise, decide_sparing
from sync_server.letters.list_matters import due_follow_ups
from sync_server.letters.matter_filter import Stage
from sync_server.letters.matter_states import DecisionState, First, FollowUp, MatterState
from sync_server.letters.read_register import read_register
from sync_server.letters.show_correction import show_correction
from sync_server.log.rebuild_views import rebuild_views
from tests.core.test_letter import hand, letter
from tests.letters.hands import FIELD, finding
from tests.letters.promises import (
    BASIS_OF_SLIGHT,
    OFFICERS,
    SLIGHT,
    find_something,
    picture,
    promise,
    visit_id,
)
from tests.letters.test_promise_ends import DUE, GRAVE, WISH, phone, read, stage, town
from tests.server.conftest import bare, engine_url
from tests.server.towns import TODAY, USCC, PhoneInHand, at_gate, clock_of, enrolled, fetch, later, of_kind, send

__all__ = ["bare", "engine_url", "phone", "town"]
WHY = "现场复核：堆放的是消防器材，通道没有被占用"


def contest(county: County, record: bytes) -> None:
    answer_letter(county, record, confirmed=False, note="堆的是消防器材")


def fall(county: County, record: bytes) -> None:
    answer_objection(county, "head", record, ObjectionWord.UNFOUNDED, comment=WHY)


def counted(county: County) -> list[bool]:
    return [line.counts for line in read_register(county, USCC, ("market",)).lines]


def test_what_did_not_hold_counts_no_more_against_the_next_first(town: County, phone: PhoneInHand) -> None:
    wrong = promise(town, phone, 1, leniency=SLIGHT, basis=BASIS_OF_SLIGHT)
    contest(town, wrong)
    later(town, days=1)
    other = enrolled(town, "fire1")
    next_one = promise(town, phone, 2, leniency=SLIGHT, basis=BASIS_OF_SLIGHT)
    assert read(town, next_one).first is First.NOT_FIRST
    fetch(town, other)
    on = TODAY + timedelta(days=1)
    assert of_kind(other, "offence")[f"{USCC}/{FIELD}"] == Offence(USCC, FIELD, on, visit_id(2), earlier=TODAY)
    fall(town, wrong)
    assert counted(town) == [True, False]
    assert read(town, next_one).first is First.FIRST
    assert decide_sparing(town, "head", next_one, spared=True, wish=CaseWish("")) is None
    fetch(town, other)
    assert of_kind(other, "offence")[f"{USCC}/{FIELD}"] == Offence(USCC, FIELD, on, visit_id(2))
    assert rebuild_views(town).differences == {}


def test_the_only_finding_of_a_field_leaves_the_phones_altogether(town: County, phone: PhoneInHand) -> None:
    record = promise(town, phone)
    fetch(town, phone)
    assert f"{USCC}/{FIELD}" in of_kind(phone, "offence")
    contest(town, record)
    fall(town, record)
    fetch(town, phone)
    assert of_kind(phone, "offence") == {}
    heard = of_kind(phone, "answer")[f"{record.hex()}/promise"]
    assert (heard.state, heard.note) == ("unfounded", WHY)


def test_nothing_is_due_or_decided_or_asked_on_it(town: County, phone: PhoneInHand) -> None:
    record = promise(town, phone, due=DUE, leniency=SLIGHT, basis=BASIS_OF_SLIGHT)
    contest(town, record)
    fall(town, record)
    fallen = read(town, record)
    assert (fallen.state, fallen.decision, fallen.is_over) == (MatterState.UNFOUNDED, DecisionState.NONE, True)
    later(town, days=9)
    assert (stage(town, None), stage(town, Stage.OVERDUE), stage(town, Stage.CONTESTED)) == ([], [], [])
    assert stage(town, Stage.UNFOUNDED) == stage(town, Stage.UNFOUNDED, within=None) == [record]
    for act in (
        lambda: show_correction(town, record, [picture()], ""),
        lambda: answer_correction(town, "clerk", record, CorrectionWord.ON_SITE),
        lambda: break_promise(town, "head", record, WISH),
        lambda: decide_sparing(town, "head", record, spared=True, wish=WISH),
        lambda: open_case(town, "head", case_on(CaseGround.LETTER, record)),
        lambda: open_case(town, "head", case_on(CaseGround.FINDING, fallen.finding_id)),
        lambda: fall(town, record),
    ):
        with pytest.raises(WrongStateError):
            act()
    assert rebuild_views(town).differences == {}


def case_on(ground: CaseGround, record: bytes) -> NewCase:
    return NewCase("market", USCC, FIELD, ground, record, "堆放原料", CaseFacts(GRAVE), ("market1", "market2"))


def test_who_was_spared_for_nothing_needs_no_follow_up(town: County, phone: PhoneInHand) -> None:
    record = promise(town, phone, due=DUE)
    contest(town, record)
    answer_correction(town, "clerk", record, CorrectionWord.KEPT, comment="现场看到已改好")
    assert len(due_follow_ups(town, ("market",), TODAY)) == 1
    fall(town, record)
    assert (read(town, record).state, read(town, record).follow_up) == (MatterState.UNFOUNDED, FollowUp.NONE)
    assert due_follow_ups(town, ("market",), TODAY) == ()
    assert rebuild_views(town).differences == {}


def test_an_accepted_objection_that_moves_the_day_leaves_the_finding_standing(town: County, phone: PhoneInHand) -> None:
    record = promise(town, phone, due=DUE)
    contest(town, record)
    answer_objection(town, "head", record, ObjectionWord.ACCEPTED, comment="设备在路上", due=date(2026, 11, 12))
    assert (read(town, record).state, read(town, record).due) == (MatterState.OPEN, date(2026, 11, 12))
    assert counted(town) == [True]
    assert rebuild_views(town).differences == {}


def test_an_objection_is_heard_before_its_letter_becomes_a_case(town: County, phone: PhoneInHand) -> None:
    record = promise(town, phone, due=DUE, leniency=SLIGHT, basis=BASIS_OF_SLIGHT)
    contest(town, record)
    later(town, days=9)
    for act in (
        lambda: break_promise(town, "head", record, WISH),
        lambda: decide_sparing(town, "head", record, spared=False, wish=WISH),
        lambda: open_case(town, "head", case_on(CaseGround.LETTER, record)),
    ):
        with pytest.raises(WrongStateError):
            act()
    answer_objection(town, "head", record, ObjectionWord.STANDS, comment="现场复核，内容属实")
    assert break_promise(town, "head", record, WISH).startswith("AJ")


def test_what_is_a_case_already_is_dropped_there_and_nowhere_else(town: County, phone: PhoneInHand) -> None:
    record = promise(town, phone, leniency=SLIGHT, basis=BASIS_OF_SLIGHT)
    decide_sparing(town, "head", record, spared=False, wish=WISH)
    contest(town, record)
    with pytest.raises(InvalidError) as refused:
        fall(town, record)
    assert refused.value.problem == "is_a_case"
    assert counted(town) == [True]
    answer_objection(town, "head", record, ObjectionWord.STANDS, comment="在案件里调查")


def test_one_finding_becomes_one_case(town: County, phone: PhoneInHand) -> None:
    record = promise(town, phone, due=DUE)
    number = open_case(town, "head", case_on(CaseGround.FINDING, read(town, record).finding_id))
    assert (read(town, record).state, read(town, record).case_number) == (MatterState.CASE, number)
    later(town, days=9)
    for act in (
        lambda: open_case(town, "head", case_on(CaseGround.LETTER, record)),
        lambda: break_promise(town, "head", record, WISH),
    ):
        with pytest.raises(WrongStateError):
            act()
    assert rebuild_views(town).differences == {}


def test_a_finding_that_arrives_after_its_letter_has_fallen_does_not_count(town: County, phone: PhoneInHand) -> None:
    fetch(town, phone)
    visit, at = visit_id(1), clock_of(town).instant
    opened = phone.write("visit_opened", at_gate(phone, at=at), visit=visit, at=at)
    late = enrolled(town, "market2")
    noted = late.write("finding_noted", finding(), visit=visit, at=at)
    body = LetterSigned(letter(finding=late.prev or b"", enterprise=USCC), hand("张三"), OFFICERS)
    signed = phone.write("letter_signed", body, visit=visit, at=at)
    record = phone.prev or b""
    send(town, opened, signed)
    contest(town, record)
    fall(town, record)
    send(town, noted)
    assert counted(town) == [False]
    fetch(town, phone)
    assert of_kind(phone, "offence") == {}
    assert find_something(town, phone, 2)
    assert counted(town).count(True) == 1
    assert rebuild_views(town).differences == {}


def test_what_was_no_violation_gets_no_new_day() -> None:
    with pytest.raises(BadlyFormedError):
        ObjectionAnswered(b"l" * 32, ObjectionWord.UNFOUNDED, WHY, date(2026, 11, 15))
