from __future__ import annotations

from pathlib import Path

import pytest

from field_app.errors import AlreadyJoinedError, OwnPassError
from field_app.state.desk import Screen
from field_app.sync.run_sync import run_sync
from field_app.visits.join_visit import join_visit
from field_app.visits.look_at_pass import look_at_pass
from field_app.visits.read_answers import read_answers
from field_app.visits.read_visit import read_visit
from field_app.visits.show_pass import show_pass
from shared_models.errors import ExpiredError, UnknownFormatError, WrongHostError
from sync_server.supervision.read_visit import read_visit as page_of_supervisor
from sync_server.supervision.shown_visit import Presence
from tests.field_letters.colleagues import a_colleague, pass_of
from tests.field_state.rig import a_rig, code_picture
from tests.field_ui.conftest import open_screens


async def test_two_phones_without_signal_join_and_the_county_sees_both(tmp_path: Path) -> None:
    async with a_rig(tmp_path) as rig, a_colleague(rig) as first:
        await run_sync(rig.phone)
        rig.wire.signal = False
        visit, text = await pass_of(first)
        assert await rig.field.scan.saw(text)
        assert rig.field.app.desk.top is Screen.JOIN
        seen = rig.field.joining.seen
        assert seen is not None
        assert (seen.is_colleague, seen.has_joined, seen.enterprise_name) == (True, False, "平阳水头制革厂")
        await rig.field.joining.join()
        assert rig.field.joining.seen is not None
        assert rig.field.joining.seen.has_joined
        rig.wire.signal = True
        assert (await run_sync(rig.phone)).is_complete  # the joining comes before the opening
        assert (await run_sync(first)).is_complete
        shown = page_of_supervisor(rig.county.county, visit)
        assert [one.presence for one in shown.people] == [Presence.AUTHOR, Presence.JOINED]
        answers = await read_answers(first, await read_visit(first, visit))
        assert answers.joined["p1"].state == "joined"


async def test_joining_twice_says_so_and_writes_one_record(tmp_path: Path) -> None:
    async with a_rig(tmp_path) as rig, a_colleague(rig) as first:
        await run_sync(rig.phone)
        visit, text = await pass_of(first)
        await join_visit(rig.phone, text)
        rig.later(seconds=40)
        with pytest.raises(AlreadyJoinedError):
            await join_visit(rig.phone, await show_pass(first, visit))
        assert await rig.field.scan.saw(text)
        await rig.field.joining.join()
        assert rig.field.app.notice is not None
        assert rig.field.app.notice.code == "already_joined"
        report = await run_sync(rig.phone)
        assert report.sent == 1


async def test_nobody_joins_their_own_visit(tmp_path: Path) -> None:
    async with a_rig(tmp_path) as rig:
        _, text = await pass_of(rig.phone)
        with pytest.raises(OwnPassError):
            await join_visit(rig.phone, text)
        assert (await look_at_pass(rig.phone, text)).is_own


async def test_half_an_hour_late_is_shown_as_late(tmp_path: Path) -> None:
    async with a_rig(tmp_path) as rig, a_colleague(rig) as first:
        await run_sync(rig.phone)
        visit, _ = await pass_of(first)
        rig.later(minutes=31)
        await join_visit(rig.phone, await show_pass(first, visit))
        await run_sync(first)
        await run_sync(rig.phone)
        await run_sync(first)
        assert page_of_supervisor(rig.county.county, visit).people[1].presence is Presence.JOINED_LATE
        assert (await read_answers(first, await read_visit(first, visit))).joined["p1"].state == "joined_late"


async def test_a_stranger_gets_the_enterprises_answer_and_not_the_visit(tmp_path: Path) -> None:
    async with open_screens(tmp_path) as screens, a_colleague(screens.rig, "p3") as stranger:
        await run_sync(screens.rig.phone)
        _, text = await pass_of(stranger, service=True)
        screens.holder.hold(code_picture(text))
        app = screens.app
        await app.tap("scan")
        await app.screen("join")
        await app.sees("企业看到的回答", "先核实", "黄三", "消防大队")
        assert not app.has("join")


async def test_a_photographed_pass_and_foreign_codes_are_not_joined(tmp_path: Path) -> None:
    async with a_rig(tmp_path) as rig, a_colleague(rig) as first:
        await run_sync(rig.phone)
        _, text = await pass_of(first)
        rig.later(minutes=6)
        assert (await look_at_pass(rig.phone, text)).status == "expired"
        with pytest.raises(ExpiredError):
            await join_visit(rig.phone, text)
        with pytest.raises(WrongHostError):
            await look_at_pass(rig.phone, text.replace("gate.pingyang", "gate.pingyang1"))
        with pytest.raises(UnknownFormatError):
            await join_visit(rig.phone, f"https://{'gate.pingyang.example'}/e/91350100M000100Y43-1")
        forged = text[:-1] + ("1" if text[-1] != "1" else "2")
        assert (await look_at_pass(rig.phone, forged)).status in ("signature_mismatch", "badly_formed")


async def test_joining_takes_two_taps_and_survives_a_kill(tmp_path: Path) -> None:
    async with open_screens(tmp_path) as screens, a_colleague(screens.rig) as first:
        await run_sync(screens.rig.phone)
        _, text = await pass_of(first)
        screens.holder.hold(code_picture(text))
        app = screens.app
        await app.tap("scan")
        await app.screen("join")
        await app.sees("陈二的入企", "执法检查")
        await app.tap("join")
        await app.until(lambda: app.has("joined"), "joined")


async def test_after_a_kill_the_scanned_pass_is_judged_anew(tmp_path: Path) -> None:
    async with a_rig(tmp_path) as rig, a_colleague(rig) as first:
        await run_sync(rig.phone)
        _, text = await pass_of(first)
        assert await rig.field.scan.saw(text)
        await rig.field.app.flush()
        rig.later(minutes=10)
        await rig.restart()
        await rig.unlock()
        await rig.field.settle()
        assert rig.field.joining.seen is not None
        assert rig.field.joining.seen.status == "expired"
