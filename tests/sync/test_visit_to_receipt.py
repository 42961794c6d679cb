"""One visit from the gate to its receipts, over the real server."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from field_app.errors import EntryNotAllowedError, MissingError, VoidGateError
from field_app.gate.find_enterprise import find_enterprise, search_enterprises
from field_app.gate.judge import VerdictChangedError, judge
from field_app.gate.propose import propose
from field_app.sync.run_sync import run_sync
from field_app.sync.status import sync_status
from field_app.visits.close_visit import close_visit
from field_app.visits.join_visit import join_visit
from field_app.visits.open_visit import open_visit, refuse_visit
from field_app.visits.read_visit import list_visits, read_photo, read_visit, visit_in_progress
from field_app.visits.show_pass import show_pass
from field_app.visits.write_in_visit import add_photo, note_need, teach_law, write_guidance
from shared_models.codes import Trust, gate_text, verify_text
from shared_models.errors import UnknownFormatError, WrongHostError
from shared_models.facts import Decision, ExceptionClaim
from shared_models.filing import Purpose
from shared_models.visit import Companion, Identified
from sync_server.county import County
from sync_server.log.writing import reading
from sync_server.storage.tables import decisions
from tests.sync.county import BAKERY, HOST, MILL, enrol, file_inspection, make_county, open_at

PICTURE = b"\xff\xd8" + b"leather" * 100


async def test_a_filed_visit_is_entered_written_closed_and_receipted(tmp_path: Path) -> None:
    county = make_county(tmp_path / "county")
    number = file_inspection(county.county, MILL)
    wire = county.wire()
    phone = await open_at(tmp_path / "phone", wire, county.clock)
    await enrol(county, phone)
    wire.signal = False

    found = await find_enterprise(phone, gate_text(HOST, MILL, 1), Identified.CAMERA)
    proposal = await propose(phone, found)
    assert proposal.purpose is Purpose.INSPECTION
    assert [one.id for one in proposal.companions] == ["p1", "p2"]
    judgement = await judge(phone, proposal)
    assert judgement.verdict.verdict is Decision.ALLOW
    assert judgement.verdict.filing == number
    opened = await open_visit(phone, proposal, judgement)
    visit = opened.visit
    assert visit is not None
    await write_guidance(phone, visit, "请补齐台账", snippet="s1")
    await note_need(phone, visit, "用电")
    with pytest.raises(MissingError):
        await close_visit(phone, visit)
    await teach_law(phone, visit, "食品安全法", provision="53")
    await add_photo(phone, visit, PICTURE, width=10, height=10)
    progress = await visit_in_progress(phone)
    assert progress is not None
    assert progress.visit == visit
    await close_visit(phone, visit)
    assert await visit_in_progress(phone) is None
    offline = await run_sync(phone)
    assert offline.errors == ["offline"]
    assert (await sync_status(phone)).records_receipted == 0

    wire.signal = True
    report = await run_sync(phone)
    assert report.errors == []
    assert report.is_complete
    status = await sync_status(phone)
    assert (status.records_receipted, status.records_total) == (6, 6)
    assert (status.photos_confirmed, status.photos_total) == (1, 1)
    assert county.county.blobs.has(hashlib.sha256(PICTURE).digest())
    page = await read_visit(phone, visit)
    assert [entry.state for entry in page.entries] == ["receipted"] * 6
    assert await read_photo(phone, hashlib.sha256(PICTURE).digest()) == PICTURE
    await phone.close()
    county.close()


async def test_a_second_visit_on_the_same_filing_is_refused_before_and_after_the_sync(tmp_path: Path) -> None:
    county = make_county(tmp_path / "county")
    number = file_inspection(county.county, MILL)
    phone = await open_at(tmp_path / "phone", county.wire(), county.clock)
    await enrol(county, phone)
    proposal = await propose(phone, await find_enterprise(phone, MILL, Identified.TYPED))
    await open_visit(phone, proposal, await judge(phone, proposal))

    again = await judge(phone, proposal)
    assert [reason.code for reason in again.verdict.reasons if reason.level == "deny"] == ["filing_used_up"]
    assert again.basis.own_entries == {number: 1, "cap:market": 1}
    await run_sync(phone)
    assert second_decisions(county.county) == [(True, False, False)]
    synced = await judge(phone, proposal)
    assert synced.verdict.verdict is Decision.DENY
    assert synced.basis.own_entries == {}
    assert synced.basis.reference_size > again.basis.reference_size
    with pytest.raises(EntryNotAllowedError):
        await open_visit(phone, proposal, synced)
    await phone.close()
    county.close()


async def test_a_refused_visit_is_a_record_too(tmp_path: Path) -> None:
    county = make_county(tmp_path / "county")
    phone = await open_at(tmp_path / "phone", county.wire(), county.clock)
    await enrol(county, phone)
    proposal = await propose(phone, await find_enterprise(phone, BAKERY, Identified.TYPED))
    refused = await judge(phone, proposal)
    assert "not_filed" in [reason.code for reason in refused.verdict.reasons]
    await refuse_visit(phone, proposal, refused)
    assert (await run_sync(phone)).receipted == 1
    assert second_decisions(county.county) == [(True, False, False)]
    (visit,) = await list_visits(phone)
    assert visit.refused
    assert not visit.in_progress
    await phone.close()
    county.close()


async def test_void_foreign_and_hostile_codes_each_say_so(tmp_path: Path) -> None:
    county = make_county(tmp_path / "county")
    phone = await open_at(tmp_path / "phone", county.wire(), county.clock)
    await enrol(county, phone)
    for text, error in (
        (gate_text(HOST, MILL, 2), VoidGateError),
        (gate_text(HOST, MILL, 3), VoidGateError),
        (gate_text("evil.example", MILL, 1), WrongHostError),
        ("https://weixin.qq.com/r/abc", UnknownFormatError),
    ):
        with pytest.raises(error):
            await find_enterprise(phone, text, Identified.CAMERA)
    assert [one.uscc for one in await search_enterprises(phone, "水头 制革")] == [MILL]
    assert [one.uscc for one in await search_enterprises(phone, MILL[:8].lower())] == [MILL]
    await phone.close()
    county.close()


@pytest.mark.parametrize(
    "text",
    [
        MILL.lower(),
        f" {MILL[:4]} {MILL[4:]}\n",
        "".join(chr(ord(mark) + 0xFEE0) for mark in MILL),
        f"\ufeff{MILL}\u200b",
    ],
    ids=["small", "spaces", "full width", "unseen marks"],
)
async def test_a_code_is_found_as_people_type_it(tmp_path: Path, text: str) -> None:
    county = make_county(tmp_path / "county")
    phone = await open_at(tmp_path / "phone", county.wire(), county.clock)
    await enrol(county, phone)
    found = await find_enterprise(phone, text, Identified.TYPED)
    assert (found.uscc, found.enterprise is not None) == (MILL, True)
    await phone.close()
    county.close()


async def test_what_the_phone_decided_offline_the_server_decides_again_alike(tmp_path: Path) -> None:
    """Three visits on one filing for two and a cap of two, none of which the county's data knew of."""
    county = make_county(tmp_path / "county")
    file_inspection(county.county, MILL, planned=2)
    wire = county.wire()
    phone = await open_at(tmp_path / "phone", wire, county.clock)
    await enrol(county, phone)
    wire.signal = False
    proposal = await propose(phone, await find_enterprise(phone, MILL, Identified.TYPED))
    for _ in range(2):
        county.clock.instant += timedelta(minutes=7, microseconds=1234)
        judgement = await judge(phone, proposal)
        await open_visit(phone, proposal, judgement)
    claimed = replace(proposal, claim=ExceptionClaim("complaint", "异味", "12345-881", "p9"))
    third = await judge(phone, claimed)
    assert third.verdict.verdict is Decision.ALLOW_THEN_FILE
    assert sum(third.basis.own_entries.values()) == 4
    await open_visit(phone, claimed, third)
    unlisted = await propose(phone, await find_enterprise(phone, BAKERY, Identified.TYPED))
    unlisted = replace(unlisted, companions=(*unlisted.companions, Companion("x", "无名", "market", listed=False)))
    await refuse_visit(phone, unlisted, await judge(phone, unlisted))
    wire.signal = True
    assert (await run_sync(phone)).is_complete
    assert [reproduced for reproduced, _, _ in second_decisions(county.county)] == [True] * 4
    await phone.close()
    county.close()


async def test_a_verdict_that_changed_since_it_was_shown_is_shown_first(tmp_path: Path) -> None:
    county = make_county(tmp_path / "county")
    file_inspection(county.county, MILL, window=(date(2026, 11, 16), date(2026, 11, 17)))
    phone = await open_at(tmp_path / "phone", county.wire(), county.clock)
    await enrol(county, phone)
    proposal = await propose(phone, await find_enterprise(phone, MILL, Identified.TYPED))
    shown = await judge(phone, proposal)
    county.clock.instant += timedelta(days=1)
    with pytest.raises(VerdictChangedError) as changed:
        await open_visit(phone, proposal, shown)
    assert changed.value.judgement.verdict.verdict is Decision.DENY
    assert await list_visits(phone) == ()
    await phone.close()
    county.close()


async def test_a_survey_that_cannot_be_verified_is_entered_as_such(tmp_path: Path) -> None:
    county = make_county(tmp_path / "county")
    phone = await open_at(tmp_path / "phone", county.wire(), county.clock)
    await enrol(county, phone)
    county.clock.instant += timedelta(days=20)
    proposal = await propose(phone, await find_enterprise(phone, MILL, Identified.TYPED))
    survey = replace(proposal, purpose=Purpose.SURVEY)
    judgement = await judge(phone, survey)
    assert judgement.verdict.verdict is Decision.UNVERIFIED
    with pytest.raises(EntryNotAllowedError):
        check = replace(proposal, purpose=Purpose.INSPECTION, claim=None)
        await open_visit(phone, check, await judge(phone, check))
    await open_visit(phone, survey, judgement)
    (visit,) = await list_visits(phone)
    assert visit.decision.unverified
    await phone.close()
    county.close()


async def test_the_pass_on_the_screen_is_good_for_whoever_checks_it(tmp_path: Path) -> None:
    county = make_county(tmp_path / "county")
    number = file_inspection(county.county, MILL)
    first = await open_at(tmp_path / "first", county.wire(), county.clock)
    second = await open_at(tmp_path / "second", county.wire(), county.clock)
    await enrol(county, first)
    await enrol(county, second, "p2")
    proposal = await propose(first, await find_enterprise(first, MILL, Identified.TYPED))
    opened = await open_visit(first, proposal, await judge(first, proposal))
    assert opened.visit is not None
    text = await show_pass(first, opened.visit)
    trust = Trust(county.county.keys.root_public, HOST, frozenset(), county.clock.instant)
    verified = verify_text(text, trust, county.clock.instant)
    assert verified.claims["slip"]["filing"] == number
    assert verified.claims["record"] == opened.id.hex()
    _, seen = await join_visit(second, text)
    assert seen.credential.officer == "p1"
    assert (await run_sync(second)).is_complete
    await first.close()
    await second.close()
    county.close()


def second_decisions(county: County) -> list[tuple[bool, bool, bool]]:
    with reading(county) as connection:
        rows = connection.execute(select(decisions).order_by(decisions.c.index))
        return [(row.reproduced, row.overtaken, row.clock_dependent) for row in rows]
