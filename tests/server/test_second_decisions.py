"""The server decides again: the same on the phone's data, perhaps otherwise on its own, perhaps on another day."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from shared_models.county import cap_key
from shared_models.facts import Decision, ExceptionClaim, Verdict
from shared_models.visit import Basis, GateDecision, VisitClosed
from sync_server.county import County
from sync_server.filings.withdraw_filing import withdraw_filing
from sync_server.log.rebuild_views import rebuild_views
from sync_server.log.writing import reading
from sync_server.storage.tables import decisions, visits
from sync_server.visits.answer_exception import answer_exception
from tests.server.towns import (
    NOON,
    USCC,
    PhoneInHand,
    at_gate,
    codes,
    enrolled,
    fetch,
    file,
    later,
    send,
)


def deliver(county: County, phone: PhoneInHand, body: GateDecision, kind: str = "visit_opened", **odd: object) -> bytes:
    visit = secrets.token_bytes(16)
    assert codes(send(county, phone.write(kind, body, visit=visit, **odd))) == [None]
    return visit


def second(county: County, visit: bytes) -> dict[str, bool]:
    with reading(county) as connection:
        row = connection.execute(select(decisions).where(decisions.c.visit == visit)).one()
    return {name: getattr(row, name) for name in ("reproduced", "overtaken", "clock_dependent")}


SOUND = {"reproduced": True, "overtaken": False, "clock_dependent": False}


def test_a_sound_phones_verdict_is_reproduced(town: County, phone: PhoneInHand) -> None:
    file(town)
    fetch(town, phone)
    body = at_gate(phone)
    assert body.verdict.verdict is Decision.ALLOW
    assert second(town, deliver(town, phone, body)) == SOUND


def test_a_refusal_is_decided_again_too(town: County, phone: PhoneInHand) -> None:
    body = at_gate(phone)
    assert body.verdict.verdict is Decision.DENY
    assert second(town, deliver(town, phone, body, "visit_refused")) == SOUND


def test_a_verdict_that_the_data_does_not_give_is_an_alarm(town: County, phone: PhoneInHand) -> None:
    body = replace(at_gate(phone), verdict=Verdict(Decision.ALLOW, None, None, ()))
    assert second(town, deliver(town, phone, body))["reproduced"] is False


def test_a_reason_that_was_left_out_is_an_alarm(town: County, phone: PhoneInHand) -> None:
    body = at_gate(phone)
    body = replace(body, verdict=replace(body.verdict, reasons=body.verdict.reasons[1:]))
    assert second(town, deliver(town, phone, body, "visit_refused"))["reproduced"] is False


def test_data_that_the_phone_cannot_have_seen_is_an_alarm(town: County, phone: PhoneInHand) -> None:
    body = at_gate(phone)
    for size in (phone.seen.size + 1, -1, 2**62):
        odd = replace(body, basis=replace(body.basis, reference_size=size))
        assert second(town, deliver(town, phone, odd, "visit_refused"))["reproduced"] is False


def test_data_older_than_what_was_seen_is_decided_on_as_it_was(town: County, phone: PhoneInHand) -> None:
    body = at_gate(phone)
    file(town)
    fetch(town, phone)
    result = second(town, deliver(town, phone, body, "visit_refused"))
    assert result == {"reproduced": True, "overtaken": True, "clock_dependent": False}


def test_a_filing_withdrawn_meanwhile_overtakes_the_verdict(town: County, phone: PhoneInHand) -> None:
    filed = file(town)
    fetch(town, phone)
    body = at_gate(phone)
    withdraw_filing(town, "market-desk", filed.filing)
    result = second(town, deliver(town, phone, body))
    assert result == {"reproduced": True, "overtaken": True, "clock_dependent": False}


def test_own_entries_that_the_data_did_not_hold_are_counted(town: County, phone: PhoneInHand) -> None:
    filed = file(town, planned_visits=2)
    fetch(town, phone)
    first = phone.write("visit_opened", at_gate(phone), visit=bytes(16))
    own = {filed.number: 1, cap_key("market"): 1}
    second_body = at_gate(phone, own=own)
    assert second_body.verdict.verdict is Decision.ALLOW
    again = phone.write("visit_opened", second_body, visit=b"\x01" * 16)
    own_three = {filed.number: 2, cap_key("market"): 2}
    third = phone.write("visit_refused", at_gate(phone, own=own_three), visit=b"\x02" * 16)
    assert codes(send(town, first, again, third)) == [None] * 3
    for number in range(3):
        assert second(town, bytes([number]) * 16)["reproduced"] is True


@pytest.mark.parametrize("claimed", [{}, {"cap:market": 1}, {"BA3303262026-00001": 5, "cap:market": 1}])
def test_own_entries_that_do_not_fit_the_phones_records_are_an_alarm(
    town: County, phone: PhoneInHand, claimed: dict[str, int]
) -> None:
    file(town, planned_visits=2)
    fetch(town, phone)
    deliver(town, phone, at_gate(phone))
    assert second(town, deliver(town, phone, at_gate(phone, own=claimed)))["reproduced"] is False


def test_entries_that_the_data_holds_are_not_the_phones_own_any_more(town: County, phone: PhoneInHand) -> None:
    file(town, planned_visits=2)
    fetch(town, phone)
    deliver(town, phone, at_gate(phone))
    fetch(town, phone)
    assert second(town, deliver(town, phone, at_gate(phone)))["reproduced"] is True


def test_two_phones_that_use_up_one_filing_overtake_each_other(town: County, phone: PhoneInHand) -> None:
    file(town, planned_visits=1)
    other = enrolled(town, "market2")
    fetch(town, phone)
    fetch(town, other)
    people = at_gate(phone).people
    assert second(town, deliver(town, phone, at_gate(phone)))["overtaken"] is False
    late = at_gate(other, people=people)
    assert second(town, deliver(town, other, late)) == {"reproduced": True, "overtaken": True, "clock_dependent": False}


def test_a_day_of_the_protected_week_between_data_and_receipt_is_told(town: County, phone: PhoneInHand) -> None:
    """The phone says Thursday 5 November; what it sends on the 9th could have happened in the protected week."""
    file(town, days=(0, 5))
    fetch(town, phone)
    at = NOON + timedelta(days=2)
    body = at_gate(phone, at=at)
    assert body.verdict.verdict is Decision.ALLOW
    later(town, days=6)
    assert second(town, deliver(town, phone, body, at=at))["clock_dependent"] is True


def test_sending_late_alone_is_no_information(town: County, phone: PhoneInHand) -> None:
    file(town, days=(0, 5))
    fetch(town, phone)
    body = at_gate(phone)
    later(town, days=2)
    assert second(town, deliver(town, phone, body)) == SOUND


def test_a_visit_entered_on_an_exception_shows_when_it_must_be_filed(town: County, phone: PhoneInHand) -> None:
    claim = ExceptionClaim("emergency", "瓦斯味", approver="culture1")
    body = at_gate(phone, claim=claim)
    assert body.verdict.verdict is Decision.ALLOW_THEN_FILE
    visit = deliver(town, phone, body)
    assert second(town, visit) == SOUND
    with reading(town) as connection:
        row = connection.execute(select(visits).where(visits.c.visit == visit)).one()
    assert row.post_filing_due == "2026-11-05"
    assert (row.exception_reason, row.exception_state, row.cap_department) == ("emergency", "stated", None)


def test_hostile_bodies_are_decided_on_without_a_fault(town: County, phone: PhoneInHand) -> None:
    body = at_gate(phone)
    odd = [
        replace(body, enterprise="\x00" * 5000),
        replace(body, people=()),
        replace(body, people=tuple(replace(one, id="字" * 3000, department="\x00") for one in body.people)),
        replace(body, verdict=replace(body.verdict, filing="\x00" * 300)),
        replace(body, claim=ExceptionClaim("\x00" * 100)),
        replace(body, basis=Basis(0, body.basis.reference_issued_at, {"\x00": -5})),
        replace(body, basis=replace(body.basis, reference_issued_at=NOON.replace(year=1000))),
        replace(body, basis=replace(body.basis, reference_issued_at=NOON.replace(year=9999))),
    ]
    for one in odd:
        deliver(town, phone, one)
    assert rebuild_views(town).differences == {}


def test_results_do_not_depend_on_how_records_came_in_batches(town: County, phone: PhoneInHand) -> None:
    file(town, planned_visits=3)
    fetch(town, phone)
    bodies = [at_gate(phone, own={"BA3303262026-00001": n, "cap:market": n} if n else {}) for n in range(3)]
    first, *rest = [phone.write("visit_opened", body, visit=bytes([n]) * 16) for n, body in enumerate(bodies)]
    send(town, first)
    send(town, *rest)
    assert rebuild_views(town).differences == {}
    assert USCC in bodies[0].enterprise


def test_an_entry_that_arrives_before_an_earlier_one_raises_no_alarm_once_that_is_here(
    town: County, phone: PhoneInHand
) -> None:
    filed = file(town, planned_visits=2)
    fetch(town, phone)
    first = phone.write("visit_opened", at_gate(phone), visit=bytes(16))
    own = {filed.number: 1, cap_key("market"): 1}
    then = phone.write("visit_opened", at_gate(phone, own=own), visit=b"\x01" * 16)
    left = phone.write("visit_refused", at_gate(phone, own={filed.number: 2, cap_key("market"): 2}), visit=b"\x02" * 16)
    send(town, left)
    send(town, then)
    assert second(town, b"\x01" * 16)["reproduced"] is False
    send(town, first)
    for number in range(3):
        assert second(town, bytes([number]) * 16)["reproduced"] is True
    assert rebuild_views(town).differences == {}


@pytest.mark.parametrize("confirmed", [True, False])
def test_the_approvers_word_stands_when_the_views_are_made_again(
    town: County, phone: PhoneInHand, *, confirmed: bool
) -> None:
    body = at_gate(phone, claim=ExceptionClaim("emergency", "瓦斯味", approver="culture1"))
    visit = deliver(town, phone, body)
    send(town, phone.write("visit_closed", VisitClosed("已口头说明"), visit=visit))
    answer_exception(town, "culture1", visit, approver="culture1", confirmed=confirmed, reason="当日无此指令")
    assert rebuild_views(town).differences == {}
    with reading(town) as connection:
        row = connection.execute(select(visits).where(visits.c.visit == visit)).one()
    assert (row.state, row.exception_state) == ("closed", "confirmed" if confirmed else "denied")
