from __future__ import annotations

import asyncio
from pathlib import Path

from field_app.state.desk import Desk, Screen
from field_app.state.scan import TYPED
from field_app.storage.drafts import load_draft, save_draft
from tests.field_state.rig import a_rig
from tests.sync.county import BAKERY, MILL

A_THIRD_OF_A_SECOND = 0.3


async def test_what_was_typed_is_on_the_screen_after_a_kill_a_third_of_a_second_later(tmp_path: Path) -> None:
    async with a_rig(tmp_path) as rig:
        await rig.field.scan.open()
        for i in range(1, len("平阳水头") + 1):
            rig.field.app.write(TYPED, "平阳水头"[:i])
            await asyncio.sleep(0.02)
        await asyncio.sleep(A_THIRD_OF_A_SECOND)
        await rig.restart()
        await rig.unlock()
        assert rig.field.app.desk.top is Screen.SCAN
        assert rig.field.app.text(TYPED) == "平阳水头"


async def test_a_gate_card_is_laid_out_again_with_its_purpose(tmp_path: Path) -> None:
    async with a_rig(tmp_path) as rig:
        await rig.field.scan.choose(BAKERY)
        proposal = rig.field.gate.proposal
        assert proposal is not None
        await rig.field.gate.set_assistants(2)
        await asyncio.sleep(A_THIRD_OF_A_SECOND)
        await rig.restart()
        await rig.unlock()
        await rig.field.settle()
        assert rig.field.gate.proposal is not None
        assert rig.field.gate.proposal.assistants == 2
        assert rig.field.gate.judgement is not None


async def test_a_desk_of_a_newer_app_gives_way_to_an_empty_one(tmp_path: Path) -> None:
    async with a_rig(tmp_path) as rig:
        await save_draft(rig.phone, "desk", {"screens": ["hologram"], "something": 1})
        await rig.restart()
        assert rig.field.app.desk == Desk()


async def test_what_was_typed_into_a_newer_app_is_there_in_this_one(tmp_path: Path) -> None:
    async with a_rig(tmp_path) as rig:
        await rig.field.scan.open()
        rig.field.app.write(TYPED, "平阳水头")
        await rig.field.app.flush()
        await save_draft(rig.phone, "desk", {**await load_draft(rig.phone, "desk"), "hologram": True})
        await rig.restart()
        await rig.unlock()
        assert rig.field.app.text(TYPED) == "平阳水头"


async def test_with_a_full_disk_the_desk_stays_in_memory_is_told_and_saved_later(tmp_path: Path) -> None:
    async with a_rig(tmp_path) as rig:
        await rig.field.scan.choose(MILL)
        await rig.field.app.flush()
        rig.phone.database.limit_pages(1)
        long = "台账不全，" * 40_000
        rig.field.app.write("visit/guidance", long)
        await asyncio.sleep(A_THIRD_OF_A_SECOND)
        assert rig.field.app.notice is not None
        assert rig.field.app.notice.code == "disk_full"
        assert rig.field.app.text("visit/guidance") == long
        rig.phone.database.limit_pages(0)
        await rig.field.app.flush()
        kept = await load_draft(rig.phone, "desk")
        assert kept["typed"]["visit/guidance"] == long


async def test_going_back_ends_at_the_first_screen() -> None:
    desk = Desk().go(Screen.SCAN).go(Screen.SETTINGS)
    assert desk.back().top is Screen.SCAN
    assert desk.back().back().back().top is Screen.TODAY


async def test_going_to_a_screen_below_does_not_stack_it_twice() -> None:
    desk = Desk().go(Screen.VISIT).go(Screen.GUIDE).go(Screen.VISIT)
    assert desk.screens == (Screen.TODAY, Screen.VISIT)
