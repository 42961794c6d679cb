from __future__ import annotations

import asyncio
from pathlib import Path

from field_app.enrolment.state import companion_of
from field_app.state.desk import Screen
from field_app.visits.read_visit import list_visits
from shared_models.codes import gate_text
from shared_models.facts import Decision, Ground
from shared_models.filing import Purpose
from shared_models.visit import Companion, Entry, GateDecision
from tests.field_state.rig import Rig, a_rig
from tests.sync.county import BAKERY, HOST, MILL


def _decision(rig: Rig) -> Decision:
    judgement = rig.field.gate.judgement
    assert judgement is not None
    return judgement.verdict.verdict


async def test_the_card_of_a_filed_enterprise_is_filled_in_and_allowed(tmp_path: Path) -> None:
    async with a_rig(tmp_path) as rig:
        assert await rig.field.scan.saw(gate_text(HOST, MILL, 1))
        proposal = rig.field.gate.proposal
        assert proposal is not None
        assert proposal.purpose is Purpose.INSPECTION
        assert [one.id for one in proposal.companions] == ["p1", "p2"]
        assert _decision(rig) is Decision.ALLOW
        assert rig.field.app.desk.top is Screen.GATE


async def test_the_verdict_follows_every_change_of_the_card(tmp_path: Path) -> None:
    async with a_rig(tmp_path) as rig:
        await rig.field.scan.choose(MILL)
        await rig.field.gate.remove("p2")
        assert _decision(rig) is Decision.DENY
        await rig.field.gate.set_purpose(Purpose.SERVICE)
        assert _decision(rig) is Decision.ALLOW
        await rig.field.gate.set_ground(Ground.INVITED)
        assert rig.field.gate.proposal is not None
        assert rig.field.gate.proposal.ground is not None
        await rig.field.gate.set_purpose(Purpose.INSPECTION)
        assert rig.field.gate.proposal.ground is None


async def test_the_phones_own_officer_cannot_be_removed(tmp_path: Path) -> None:
    async with a_rig(tmp_path) as rig:
        await rig.field.scan.choose(MILL)
        await rig.field.gate.remove("p1")
        assert rig.field.gate.proposal is not None
        assert rig.field.gate.proposal.companions[0].id == "p1"


async def test_an_exception_is_claimed_and_withdrawn(tmp_path: Path) -> None:
    async with a_rig(tmp_path) as rig:
        await rig.field.scan.choose(BAKERY)
        await rig.field.gate.add(_colleague(rig))
        assert _decision(rig) is Decision.DENY
        await rig.field.app.go(Screen.CLAIM)
        for key, value in (("reason", "emergency"), ("note", "管道泄漏"), ("approver", "p9")):
            rig.field.app.write(f"claim/{key}", value)
        await rig.field.gate.claim()
        assert _decision(rig) is Decision.ALLOW_THEN_FILE
        assert rig.field.app.desk.top is Screen.GATE
        await rig.field.gate.withdraw_claim()
        assert _decision(rig) is Decision.DENY


def _colleague(rig: Rig) -> Companion:
    return companion_of(next(one for one in rig.field.gate.people if one.id == "p2"))


async def test_entering_opens_one_visit_even_when_tapped_twice(tmp_path: Path) -> None:
    async with a_rig(tmp_path) as rig:
        await rig.field.scan.choose(MILL)
        await asyncio.gather(rig.field.gate.enter(), rig.field.gate.enter())
        visits = await list_visits(rig.phone)
        assert len(visits) == 1
        assert visits[0].in_progress
        assert rig.field.app.desk.visit == visits[0].visit
        assert rig.field.app.desk.top is Screen.VISIT
        assert rig.field.gate.proposal is None


async def test_leaving_is_a_record_too(tmp_path: Path) -> None:
    async with a_rig(tmp_path) as rig:
        await rig.field.scan.choose(BAKERY)
        await rig.field.gate.leave()
        (visit,) = await list_visits(rig.phone)
        assert visit.refused
        assert rig.field.app.desk.top is Screen.TODAY


async def test_an_entry_afterwards_asks_for_its_reason(tmp_path: Path) -> None:
    async with a_rig(tmp_path) as rig:
        await rig.field.scan.choose(MILL)
        await rig.field.gate.set_entry(Entry.AFTERWARDS)
        await rig.field.gate.enter()
        assert rig.field.app.notice is not None
        assert rig.field.app.notice.code == "missing"
        assert await list_visits(rig.phone) == ()
        rig.field.gate.write_entry_reason("手机没电")
        await rig.field.gate.enter()
        (visit,) = await list_visits(rig.phone)
        decision = visit.decision
        assert isinstance(decision, GateDecision)
        assert (decision.entry, decision.entry_reason) == (Entry.AFTERWARDS, "手机没电")


async def test_a_verdict_that_changed_meanwhile_is_shown_before_anybody_enters(tmp_path: Path) -> None:
    async with a_rig(tmp_path) as rig:
        await rig.field.scan.choose(MILL)
        rig.later(days=10)
        await rig.field.gate.enter()
        assert rig.field.app.notice is not None
        assert rig.field.app.notice.code == "verdict_changed"
        assert not _decision(rig).may_enter
        assert await list_visits(rig.phone) == ()


async def test_an_enterprise_that_nobody_knows_cannot_be_verified_but_a_survey_enters_marked(tmp_path: Path) -> None:
    async with a_rig(tmp_path) as rig:
        assert await rig.field.scan.saw("91330100799655058B")
        await rig.field.gate.add(_colleague(rig))
        assert _decision(rig) is Decision.UNVERIFIED
        await rig.field.gate.enter()
        assert await list_visits(rig.phone) == ()
        await rig.field.gate.set_purpose(Purpose.SURVEY)
        await rig.field.gate.enter()
        (visit,) = await list_visits(rig.phone)
        assert visit.decision.unverified
