from __future__ import annotations

import hashlib
import io
from pathlib import Path

from PIL import Image

from field_app.device.decoder import best_decoder
from field_app.device.qr_picture import qr_picture
from field_app.state.desk import Screen
from field_app.sync.run_sync import run_sync
from field_app.visits.own_card import read_own_card
from shared_models.codes import PassCode, read_code
from shared_models.people import Person
from sync_server.registry.register_people import register_people
from tests.field_letters.colleagues import inspection
from tests.field_state.rig import Rig, a_rig, photo
from tests.field_ui.conftest import open_screens
from tests.sync.county import HOST, OFFICE


async def _enter(rig: Rig) -> None:
    visit = await inspection(rig.phone)
    await rig.field.visiting.open(visit)


async def test_the_drawn_code_reads_as_what_is_shown_and_as_a_pass(tmp_path: Path) -> None:
    async with a_rig(tmp_path) as rig:
        await _enter(rig)
        await rig.field.showing.open()
        showing = rig.field.showing
        assert rig.field.app.desk.top is Screen.CODE
        assert showing.picture is not None
        assert await best_decoder().decode(showing.picture) == showing.text
        assert isinstance(read_code(showing.text, HOST), PassCode)
        assert showing.spoken is not None
        assert len(showing.spoken.digits) == 6


def test_a_code_is_drawn_without_a_picture_library_and_any_reader_opens_it() -> None:
    with Image.open(io.BytesIO(qr_picture("https://gate.pingyang.example/v/" + "1234567890" * 150))) as opened:
        opened.load()
        assert opened.size[0] == opened.size[1]
        assert opened.mode in ("1", "L")


async def test_the_code_is_new_every_half_minute_and_after_the_clock_went_back(tmp_path: Path) -> None:
    async with a_rig(tmp_path) as rig:
        await _enter(rig)
        showing = rig.field.showing
        await showing.open()
        first = showing.text
        rig.later(seconds=29)
        await showing.tick()
        assert (showing.text, showing.left) == (first, 1)
        rig.later(seconds=1)
        await showing.tick()
        assert showing.text != first
        second = showing.text
        rig.later(minutes=-5)
        await showing.tick()
        assert showing.text != second


async def test_the_portrait_is_fetched_once_and_kept_without_signal(tmp_path: Path) -> None:
    async with a_rig(tmp_path) as rig:
        picture = photo(64, 80)
        sha256 = hashlib.sha256(picture).digest()
        rig.county.county.blobs.put(sha256, picture)
        me = Person("p1", "market", "A1", "food", name="林一", portrait=sha256)
        register_people(rig.county.county, OFFICE, [me])
        for _ in range(3):
            assert (await run_sync(rig.phone)).is_complete
        asked = [path for _, path in rig.wire.asked if path.startswith("/api/blobs/")]
        assert asked == [f"/api/blobs/{sha256.hex()}"]
        rig.wire.signal = False
        card = await read_own_card(rig.phone)
        assert (card.portrait, card.name, card.department, card.licence) == (picture, "林一", "市场监管局", "A1")
        assert picture[:200] not in (rig.folder / "phone.sqlite").read_bytes()


async def test_a_portrait_that_the_county_lost_does_not_stop_a_sync(tmp_path: Path) -> None:
    async with a_rig(tmp_path) as rig:
        me = Person("p1", "market", "A1", "food", name="林一", portrait=b"\x01" * 32)
        register_people(rig.county.county, OFFICE, [me])
        report = await run_sync(rig.phone)
        assert report.errors == []
        assert (await read_own_card(rig.phone)).portrait is None


async def test_the_code_is_one_tap_from_the_visit_and_goes_away_with_its_screen(tmp_path: Path) -> None:
    async with open_screens(tmp_path) as screens:
        app, rig = screens.app, screens.rig
        visit = await inspection(rig.phone)
        assert visit
        await app.until(lambda: app.has("in-progress"), "in progress", within=30)
        await app.tap("in-progress")
        await app.screen("visit")
        await app.tap("my-code")
        await app.screen("code")
        await app.sees("林一", "执法证号 A1", "执法检查", "报码")
        await app.tap("back")
        await app.screen("visit")
