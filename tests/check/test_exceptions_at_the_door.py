"""An exception claimed at the gate, as the enterprise reads it on the page of the pass: stated, confirmed, denied."""

from __future__ import annotations

from dataclasses import replace

import pytest

from field_app.gate.proposal import Proposal
from shared_models.facts import ExceptionClaim
from shared_models.visit import Companion
from sync_server.visits.answer_exception import answer_exception
from tests.check.door import Door, advice_of, digits, open_door
from tests.sync.county import MILL

OTHER = Companion("p2", "陈二", "market", "food", "A2")


def complained(proposal: Proposal) -> Proposal:
    claim = ExceptionClaim("complaint", "群众举报夜间排放", "12345-881", "p9")
    return replace(proposal, companions=(*proposal.companions, OTHER), claim=claim)


@pytest.fixture
def door(tmp_path) -> Door:
    return open_door(tmp_path, filed=False, asked=complained)


def page_of(door: Door):
    with door.client() as client:
        client.get(f"/e/{MILL}-1")
        return client.get(f"/v/{digits(door.fresh())}")


def test_an_exception_that_is_only_stated_is_to_be_verified(door):
    page = page_of(door)
    assert advice_of(page) == "先核实"
    assert "投诉举报" in page.text
    assert '<span class="tag unsure">已声明，待批准人确认</span>' in page.text
    assert "批准人还没有确认" in page.text
    assert "准予先行、事后备案" in page.text


def test_an_exception_that_its_approver_confirmed_may_be_let_in(door):
    answer_exception(door.county.county, "chief", door.visit, approver="p9", confirmed=True)
    page = page_of(door)
    assert advice_of(page) == "可以放行"
    assert '<span class="tag good">批准人已确认</span>' in page.text


def test_an_exception_that_its_approver_denied_may_be_refused(door):
    answer_exception(door.county.county, "chief", door.visit, approver="p9", confirmed=False, reason="没有批准过")
    page = page_of(door)
    assert advice_of(page) == "可以不让进"
    assert '<span class="tag bad">批准人已否认</span>' in page.text
    assert "批准人已经否认" in page.text


def test_before_the_opening_has_arrived_the_page_says_that_nobody_has_been_asked_yet(tmp_path):
    page = page_of(open_door(tmp_path, filed=False, synced=False, asked=complained))
    assert advice_of(page) == "先核实"
    assert "还没有把入企记录传到县里" in page.text
