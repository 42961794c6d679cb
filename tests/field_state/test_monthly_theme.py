"""A service visit's ground may be the month's theme (三.2): chosen on the phone, not typed."""

from __future__ import annotations

from pathlib import Path

from field_app.sync.run_sync import run_sync
from shared_models.acts import Theme
from shared_models.facts import Ground
from shared_models.filing import Purpose
from shared_models.visit import GroundGiven
from sync_server.calendar.publish_theme import publish_theme
from tests.field_state.rig import Rig, a_rig
from tests.sync.county import MILL, OFFICE


async def published(rig: Rig, *themes: tuple[str, str, tuple[str, ...]]) -> None:
    today = rig.county.clock.instant
    for number, month, enterprises in themes:
        shown = month or f"{today:%Y-%m}"
        theme = Theme(shown, number, f"主题 {number}", "market", enterprises=enterprises)
        publish_theme(rig.county.county, OFFICE, theme)
    assert not (await run_sync(rig.phone)).errors
    await rig.field.scan.choose(MILL)
    await rig.field.gate.set_purpose(Purpose.SERVICE)


def ground(rig: Rig) -> GroundGiven | None:
    proposal = rig.field.gate.proposal
    assert proposal is not None
    return proposal.ground


async def test_the_months_themes_are_there_and_what_names_the_enterprise_comes_first(tmp_path: Path) -> None:
    async with a_rig(tmp_path) as rig:
        await published(rig, ("ZT-1", "", ()), ("ZT-2", "", (MILL,)), ("ZT-0", "2020-01", ()))
        assert [one.number for one in rig.field.gate.themes] == ["ZT-2", "ZT-1"]
        await rig.field.gate.set_ground(Ground.THEME)
        assert ground(rig) == GroundGiven(Ground.THEME)
        await rig.field.gate.choose_theme("ZT-1")
        assert ground(rig) == GroundGiven(Ground.THEME, "ZT-1")
        await rig.field.gate.choose_theme("ZT-1")
        assert ground(rig) == GroundGiven(Ground.THEME)


async def test_the_only_theme_is_chosen_by_itself(tmp_path: Path) -> None:
    async with a_rig(tmp_path) as rig:
        await published(rig, ("ZT-1", "", ()))
        await rig.field.gate.set_ground(Ground.THEME)
        assert ground(rig) == GroundGiven(Ground.THEME, "ZT-1")


async def test_without_a_published_theme_its_number_is_typed(tmp_path: Path) -> None:
    async with a_rig(tmp_path) as rig:
        await published(rig)
        assert rig.field.gate.themes == ()
        await rig.field.gate.set_ground(Ground.THEME)
        rig.field.gate.write_ground("ZT-9")
        assert ground(rig) == GroundGiven(Ground.THEME, "ZT-9")
