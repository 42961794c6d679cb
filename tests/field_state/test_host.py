from __future__ import annotations

from pathlib import Path

from field_app.state.app import Phase
from field_app.state.desk import Screen
from field_app.state.field import Field
from tests.field_state.rig import Rig, a_rig


def _second(rig: Rig) -> Field:
    return Field(rig.host, rig.field.app.devices)


async def test_a_second_screen_on_one_phone_is_refused_kindly(tmp_path: Path) -> None:
    async with a_rig(tmp_path) as rig:
        second = _second(rig)
        await second.start()
        assert second.app.phase is Phase.AWAY
        assert rig.field.app.phase is Phase.OPEN


async def test_use_here_takes_over_with_what_was_typed_and_asks_for_the_pin(tmp_path: Path) -> None:
    async with a_rig(tmp_path) as rig:
        await rig.field.scan.open()
        rig.field.app.write("scan/typed", "水头")
        second = _second(rig)
        await second.start()
        await second.app.use_here()
        assert rig.field.app.phase is Phase.AWAY
        assert second.app.phase is Phase.LOCKED
        assert second.app.desk.top is Screen.SCAN
        assert second.app.text("scan/typed") == "水头"


async def test_a_screen_that_went_away_leaves_the_phone_to_the_next(tmp_path: Path) -> None:
    async with a_rig(tmp_path) as rig:
        await rig.field.app.leave()
        second = _second(rig)
        await second.start()
        assert second.app.phase is Phase.LOCKED
        await rig.field.app.come_back()
        assert rig.field.app.phase is Phase.AWAY


async def test_the_same_screen_comes_back_unlocked_after_a_cut(tmp_path: Path) -> None:
    async with a_rig(tmp_path) as rig:
        await rig.field.app.leave()
        await rig.field.app.come_back()
        assert rig.field.app.phase is Phase.OPEN


async def test_data_that_cannot_be_opened_is_said_and_not_touched(tmp_path: Path) -> None:
    async with a_rig(tmp_path) as rig:
        await rig.host.close()
        key = rig.folder / "phone.key"
        kept = key.read_bytes()
        key.write_bytes(b"damaged")
        second = _second(rig)
        rig.host.release(rig.field.app)
        await second.start()
        assert second.app.phase is Phase.BROKEN
        key.write_bytes(kept)
        await second.start()
        assert second.app.phase is Phase.LOCKED
