"""What the second decisions found stands on the page and in the list, each in one sentence."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from shared_models.facts import Decision, Verdict
from sync_server.county import County
from sync_server.filings.accept_filing import accept_filing
from sync_server.filings.withdraw_filing import withdraw_filing
from sync_server.supervision.enterprise_names import EnterpriseNames
from sync_server.supervision.list_visits import list_visits
from sync_server.supervision.read_visit import read_visit
from sync_server.supervision.shown_visit import Difference
from sync_server.supervision.visit_filter import Flag, VisitFilter
from tests.server.conftest import phone, town
from tests.server.towns import NOON, PhoneInHand, at_gate, clock_of, fetch, file, later, send

VISIT = b"a visit of sixty"[:16]
__all__ = ["phone", "town"]


def difference_of(town: County) -> Difference:
    listed = list_visits(town, VisitFilter(flag=Flag.DIFFERS), EnterpriseNames())
    assert [one.visit for one in listed.visits] == [VISIT.hex()]
    assert Flag.DIFFERS in listed.visits[0].flags
    return read_visit(town, VISIT).differences[0]


def test_a_filing_withdrawn_in_between_overtakes_the_visit(town: County, phone: PhoneInHand) -> None:
    filing = file(town).filing
    fetch(town, phone)
    later(town, minutes=5)
    withdraw_filing(town, "market-desk", filing)
    at = clock_of(town).instant
    send(town, phone.write("visit_opened", at_gate(phone, at=at), visit=VISIT, at=at))
    found = difference_of(town)
    assert found.reproduced
    assert found.overtaken
    assert found.at_receipt == "deny"


def test_a_verdict_that_the_data_does_not_give_is_an_alarm(town: County, phone: PhoneInHand) -> None:
    forged = replace(at_gate(phone), verdict=Verdict(Decision.ALLOW, None, None, ()))
    send(town, phone.write("visit_opened", forged, visit=VISIT))
    found = difference_of(town)
    assert not found.reproduced
    assert found.again == "deny"


def test_a_visit_received_after_protected_days_depends_on_the_phones_clock(town: County, phone: PhoneInHand) -> None:
    accept_filing(town, "office", file(town, days=(0, 20)).filing)
    fetch(town, phone)
    opened = phone.write("visit_opened", at_gate(phone), visit=VISIT)
    clock_of(town).instant = NOON + timedelta(days=7)
    send(town, opened)
    found = difference_of(town)
    assert found.reproduced
    assert [str(day) for day in found.refused_days] == ["2026-11-09", "2026-11-10"]


@pytest.mark.parametrize("hours", [0, 3])
def test_a_visit_synced_the_same_day_differs_in_nothing(town: County, phone: PhoneInHand, hours: int) -> None:
    file(town)
    fetch(town, phone)
    opened = phone.write("visit_opened", at_gate(phone), visit=VISIT)
    later(town, hours=hours)
    send(town, opened)
    assert not list_visits(town, VisitFilter(flag=Flag.DIFFERS), EnterpriseNames()).visits
    found = read_visit(town, VISIT).differences[0]
    assert (found.reproduced, found.overtaken, found.refused_days) == (True, False, ())
    assert not any(record.is_clock_off for record in read_visit(town, VISIT).records)


@pytest.mark.parametrize("minutes", [-30, 30])
def test_a_phone_whose_clock_is_off_is_told_of(town: County, phone: PhoneInHand, minutes: int) -> None:
    file(town)
    fetch(town, phone)
    opened = phone.write("visit_opened", at_gate(phone), visit=VISIT, at=NOON + timedelta(minutes=minutes))
    send(town, opened)
    assert [record.is_clock_off for record in read_visit(town, VISIT).records] == [True]
