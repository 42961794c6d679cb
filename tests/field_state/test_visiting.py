from __future__ import annotations

import io
from pathlib import Path

from PIL import Image

from field_app.state.app import Phase
from field_app.state.desk import Screen
from field_app.state.visiting import NEED, WHY
from field_app.sync.run_sync import run_sync
from field_app.sync.status import sync_status
from field_app.visits.read_visit import list_visits, read_photo
from shared_models.visit import Photo
from tests.field_state.rig import LAW, PIN, Rig, a_rig, photo
from tests.sync.county import MILL


async def _enter(rig: Rig) -> None:
    await rig.field.scan.choose(MILL)
    await rig.field.gate.enter()
    await rig.field.settle()
    assert rig.field.visiting.page is not None


async def test_a_whole_visit_is_written_closed_and_receipted(tmp_path: Path) -> None:
    async def pick() -> bytes:
        return photo()

    async with a_rig(tmp_path) as rig:
        await _enter(rig)
        visiting = rig.field.visiting
        assert [one.title for one in visiting.law] == [LAW.title]
        await visiting.guide("请补齐进货台账", "s1")
        await visiting.teach(LAW.text, LAW.provision, LAW.id)
        await visiting.from_album(pick)
        rig.field.app.write(NEED, "夏季用电")
        await visiting.need()
        assert rig.field.app.text(NEED) == ""
        assert not visiting.needs_reason
        await visiting.close()
        (visit,) = await list_visits(rig.phone)
        assert visit.closed_at is not None
        report = await run_sync(rig.phone)
        assert report.is_complete, report
        assert (await sync_status(rig.phone)).records_receipted == 6


async def test_a_photo_is_kept_small_and_without_the_cameras_metadata(tmp_path: Path) -> None:
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "Camera maker 77"
    Image.open(io.BytesIO(photo())).save(out, "JPEG", exif=exif)

    async def pick() -> bytes:
        return out.getvalue()

    async with a_rig(tmp_path) as rig:
        await _enter(rig)
        await rig.field.visiting.from_album(pick)
        page = rig.field.visiting.page
        assert page is not None
        body = next(entry.body for entry in page.entries if isinstance(entry.body, Photo))
        kept = await read_photo(rig.phone, body.sha256)
        assert kept is not None
        assert (body.width, body.height) == (1600, 1200)
        assert b"Camera maker" not in kept
        with Image.open(io.BytesIO(kept)) as opened:
            assert not opened.getexif()


async def test_what_is_no_picture_is_told(tmp_path: Path) -> None:
    async def pick() -> bytes:
        return b"not a picture"

    async with a_rig(tmp_path) as rig:
        await _enter(rig)
        await rig.field.visiting.from_album(pick)
        assert rig.field.app.notice is not None
        assert rig.field.app.notice.code == "bad_picture"


async def test_closing_without_law_asks_why_and_only_that(tmp_path: Path) -> None:
    async with a_rig(tmp_path) as rig:
        await _enter(rig)
        assert rig.field.visiting.needs_reason
        await rig.field.visiting.close()
        assert rig.field.app.notice is not None
        assert rig.field.app.notice.code == "missing"
        rig.field.app.write(WHY, "情况紧急")
        await rig.field.visiting.close()
        (visit,) = await list_visits(rig.phone)
        assert visit.closed_at is not None


async def test_closing_long_after_the_pin_asks_for_it_and_then_closes(tmp_path: Path) -> None:
    async with a_rig(tmp_path) as rig:
        await _enter(rig)
        rig.field.app.write(WHY, "情况紧急")
        rig.later(minutes=20)
        await rig.field.visiting.close()
        assert rig.field.app.phase is Phase.LOCKED
        assert (await list_visits(rig.phone))[0].in_progress
        rig.field.lock.type(PIN)
        await rig.field.lock.enter()
        assert (await list_visits(rig.phone))[0].closed_at is not None
        assert rig.field.app.phase is Phase.OPEN


async def test_an_amendment_names_the_record_and_both_stay(tmp_path: Path) -> None:
    async with a_rig(tmp_path) as rig:
        await _enter(rig)
        await rig.field.visiting.guide("请补齐出货台账")
        page = rig.field.visiting.page
        assert page is not None
        await rig.field.visiting.begin_amending(page.entries[-1].id)
        assert rig.field.app.desk.top is Screen.AMEND
        rig.field.app.write("visit/amend", "应为进货台账")
        await rig.field.visiting.amend()
        page = rig.field.visiting.page
        assert page is not None
        assert [entry.kind for entry in page.entries] == ["visit_opened", "guidance_given", "amended"]
        assert page.entries[-1].body.amends == page.entries[-2].id


async def test_after_a_kill_the_visit_is_open_on_the_same_screen(tmp_path: Path) -> None:
    async with a_rig(tmp_path) as rig:
        await _enter(rig)
        await rig.field.app.go(Screen.GUIDE)
        rig.field.app.write("visit/guidance", "消防通道")
        await rig.field.app.flush()
        await rig.restart()
        await rig.unlock()
        await rig.field.settle()
        assert rig.field.app.desk.top is Screen.GUIDE
        assert rig.field.app.text("visit/guidance") == "消防通道"
        assert [one.title for one in rig.field.visiting.guidance] == ["台账"]
