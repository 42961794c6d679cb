from __future__ import annotations

from datetime import date, timedelta

import pytest

from shared_models.commitment import Finding, Provision
from shared_models.county import Answer, AnswerAbout, Offence
from shared_models.facts import ExceptionClaim
from shared_models.visit import Joined
from sync_server.county import County
from sync_server.errors import InvalidError, NotFoundError, WrongStateError
from sync_server.letters.answer_letter import answer_letter
from sync_server.letters.read_letter import LetterState
from sync_server.log.rebuild_views import rebuild_views
from sync_server.registry.publish_provisions import publish_provisions
from sync_server.supervision.read_visit import read_visit
from sync_server.supervision.shown_visit import Presence
from sync_server.visits.answer_exception import answer_exception
from tests.letters.hands import FIELD, VISIT, finding, write_letter
from tests.server.conftest import bare, engine_url
from tests.server.conftest import phone as phone_of_market
from tests.server.conftest import town as settled_town
from tests.server.towns import NOON, USCC, PhoneInHand, at_gate, enrolled, fetch, file, later, of_kind, send, settle

__all__ = ["bare", "engine_url", "phone_of_market", "settled_town"]


@pytest.fixture
def town(bare: County) -> County:
    settle(bare)
    file(bare)
    return bare


@pytest.fixture
def phone(town: County) -> PhoneInHand:
    phone = enrolled(town)
    fetch(town, phone)
    return phone


def presence_of_second(county: County, visit: bytes = VISIT) -> Presence:
    return read_visit(county, visit).people[1].presence


def test_who_joins_without_knowing_the_visit_is_on_its_page_and_on_the_first_phone(
    town: County, phone: PhoneInHand
) -> None:
    second = enrolled(town, "market2")
    opening, _ = write_letter(town, phone)
    assert presence_of_second(town) is Presence.NAMED
    send(town, second.write("joined", Joined(opening), at=NOON + timedelta(minutes=4)))
    assert presence_of_second(town) is Presence.JOINED
    assert "joined" in [record.kind for record in read_visit(town, VISIT).records]
    fetch(town, phone)
    joined = of_kind(phone, "answer")[f"{opening.hex()}/market2"]
    assert joined == Answer(opening, AnswerAbout.JOINED, "joined", "market2")


def test_joining_before_the_opening_arrives_and_joining_twice_is_one_joining(town: County, phone: PhoneInHand) -> None:
    second = enrolled(town, "market2")
    opened = phone.write("visit_opened", at_gate(phone), visit=VISIT)
    opening = phone.prev or b""
    for minutes in (3, 50):
        send(town, second.write("joined", Joined(opening), at=NOON + timedelta(minutes=minutes)))
    send(town, opened)
    assert presence_of_second(town) is Presence.JOINED
    assert rebuild_views(town).differences == {}


def test_half_an_hour_after_the_opening_is_late(town: County, phone: PhoneInHand) -> None:
    second = enrolled(town, "market2")
    opening, _ = write_letter(town, phone)
    later(town, minutes=20)
    send(town, second.write("joined", Joined(opening), at=NOON + timedelta(minutes=31)))
    assert presence_of_second(town) is Presence.JOINED_LATE
    fetch(town, phone)
    assert of_kind(phone, "answer")[f"{opening.hex()}/market2"].state == "joined_late"


def test_a_finding_is_in_the_register_of_its_field_for_every_department(town: County, phone: PhoneInHand) -> None:
    write_letter(town, phone)
    other = enrolled(town, "fire1")
    fetch(town, other)
    assert of_kind(other, "offence") == {f"{USCC}/{FIELD}": Offence(USCC, FIELD, date(2026, 11, 3), VISIT)}
    before = phone.write("finding_noted", finding(), visit=b"an-earlier-visit", at=NOON - timedelta(days=90))
    odd = phone.write("finding_noted", finding(field="\x00" * 3, enterprise="x" * 900), visit=VISIT)
    none = phone.write("finding_noted", Finding(USCC, "what", "where"), visit=VISIT)
    send(town, before, odd, none)
    fetch(town, other)
    (held,) = of_kind(other, "offence").values()
    assert (held.newest_but_of(VISIT), held.newest_but_of(b"a later visit")) == (date(2026, 8, 5), date(2026, 11, 3))
    assert rebuild_views(town).differences == {}


def test_a_confirmed_letter_may_be_contested_and_a_contested_one_stays_so(town: County, phone: PhoneInHand) -> None:
    _, letter = write_letter(town, phone)
    assert answer_letter(town, letter, confirmed=True).state is LetterState.CONFIRMED
    with pytest.raises(WrongStateError):
        answer_letter(town, letter, confirmed=True)
    assert answer_letter(town, letter, confirmed=False, note="日期不对").state is LetterState.CONTESTED
    for confirmed in (True, False):
        with pytest.raises(WrongStateError):
            answer_letter(town, letter, confirmed=confirmed, note="又")
    fetch(town, phone)
    assert of_kind(phone, "answer")[letter.hex()] == Answer(letter, AnswerAbout.LETTER, "contested", note="日期不对")
    kinds = [record.kind for record in read_visit(town, VISIT).records]
    assert kinds.count("letter_answered") == 2
    assert rebuild_views(town).differences == {}


def test_a_letter_is_answered_within_three_days_and_not_before_it_has_arrived(town: County, phone: PhoneInHand) -> None:
    opening, letter = write_letter(town, phone)
    for unknown in (opening, b"n" * 32):
        with pytest.raises(NotFoundError):
            answer_letter(town, unknown, confirmed=True)
    for note in ("", "  ", "长" * 5000, "\x00"):
        with pytest.raises(InvalidError):
            answer_letter(town, letter, confirmed=False, note=note)
    later(town, days=4)
    with pytest.raises(WrongStateError):
        answer_letter(town, letter, confirmed=True)


def test_an_answer_to_an_exception_reaches_the_officers_phone_and_no_other_department(town: County) -> None:
    phone, other = enrolled(town, "market1"), enrolled(town, "fire1")
    fetch(town, phone)
    claim = ExceptionClaim("emergency", "罐区泄漏", "", "culture1")
    send(town, phone.write("visit_opened", at_gate(phone, claim=claim), visit=VISIT))
    answer_exception(town, "chief", VISIT, approver="culture1", confirmed=False, reason="没有险情")
    fetch(town, phone)
    fetch(town, other)
    answer = of_kind(phone, "answer")[(phone.prev or b"").hex()]
    assert (answer.state, answer.note) == ("denied", "没有险情")
    assert of_kind(other, "answer") == {}


def test_provisions_reach_the_phones_and_replace_those_of_the_same_id(town: County, phone: PhoneInHand) -> None:
    first = Provision("fire-16", "《消防法》", "第十六条", "保障疏散通道畅通", FIELD)
    publish_provisions(town, "office", [first])
    publish_provisions(town, "office", [Provision("fire-16", "《消防法》", "第十六条", "新文本 㙍𠮷", FIELD, "清理")])
    fetch(town, phone)
    assert of_kind(phone, "provision")["fire-16"].text == "新文本 㙍𠮷"
    for wrong in (
        Provision("", "《消防法》", "第十六条", "文本", FIELD),
        Provision("a", "《消防法》", "第十六条", "长" * 5000, FIELD),
        Provision("a", "《消防法》", "第十六条", " ", FIELD),
        Provision("a", "《消防法》", "第十六条", "文本", ""),
    ):
        with pytest.raises(InvalidError):
            publish_provisions(town, "office", [wrong])
