from __future__ import annotations

from pathlib import Path

from field_app.sync.run_sync import run_sync
from field_app.visits.read_visit import list_visits
from shared_models.codes import gate_text
from tests.field_state.rig import code_picture, photo
from tests.field_ui.conftest import open_screens
from tests.sync.county import HOST, MILL


async def test_a_filed_visit_is_made_with_ten_taps(tmp_path: Path) -> None:
    async with open_screens(tmp_path) as screens:
        app, holder = screens.app, screens.holder
        await app.screen("today")
        holder.hold(code_picture(gate_text(HOST, MILL, 1)))
        taps = 0

        async def tap(identifier: str, then: str) -> None:
            nonlocal taps
            await app.until(lambda: app.has(identifier), identifier)
            await app.tap(identifier)
            taps += 1
            await app.until(lambda: app.has(then), then)

        await tap("scan", "verdict-allow")
        await tap("enter", "screen-visit")
        await tap("guide", "snippet-0")
        await tap("snippet-0", "written-0")
        await tap("law", "snippet-0")
        await tap("snippet-0", "written-1")
        holder.hold(photo(400, 300))
        await tap("photo", "shutter")
        await app.until(lambda: app.can_tap("shutter"), "the camera is live")
        await tap("shutter", "written-2")
        await tap("close", "close-confirm")
        await tap("close-confirm", "screen-today")
        assert taps == 10
        (visit,) = await list_visits(screens.rig.phone)
        assert visit.closed_at is not None
        assert visit.records_total == 5
        report = await run_sync(screens.rig.phone)
        assert report.is_complete, report
        await app.sees("全部已回执：记录 5，照片 1")


async def test_a_closed_visit_is_read_only_but_may_be_amended(tmp_path: Path) -> None:
    async with open_screens(tmp_path) as screens:
        app = screens.app
        screens.holder.hold(code_picture(gate_text(HOST, MILL, 1)))
        await app.tap("scan")
        await app.screen("gate")
        await app.tap("enter")
        await app.screen("visit")
        await app.until(lambda: app.has("guide"), "the visit's buttons")
        await app.tap("guide")
        await app.screen("guide")
        await app.type("text", "消防通道保持畅通")
        await app.tap("write")
        await app.sees("消防通道保持畅通")
        await app.tap("close")
        await app.screen("close")
        assert not app.can_tap("close-confirm")
        await app.tap("why-no-law-close_why_b")
        await app.tap("close-confirm")
        await app.screen("today")
        await app.tap("history")
        await app.screen("history")
        await app.until(lambda: app.has("history-0"), "the visit")
        await app.tap("history-0")
        await app.screen("visit")
        await app.sees("没有普法：情况紧急", "已结束")
        assert not app.has("guide")
        assert not app.has("close")
        await app.tap("amend-1")
        await app.screen("amend")
        await app.type("text", "指二号楼")
        await app.tap("write")
        await app.sees("指二号楼")
        await app.tap("back")
        await app.screen("history")


async def test_the_outbox_says_what_waits_and_why(tmp_path: Path) -> None:
    async with open_screens(tmp_path) as screens:
        app = screens.app
        screens.rig.wire.signal = False
        screens.holder.hold(code_picture(gate_text(HOST, MILL, 1)))
        await app.tap("scan")
        await app.screen("gate")
        await app.tap("enter")
        await app.screen("visit")
        await app.tap("back")
        await app.screen("today")
        await app.tap("sync-now")
        await app.sees("没有信号或服务器不可达")
        await app.until(lambda: app.has("in-progress"), "the visit in progress")
        await app.tap("sync-line")
        await app.screen("outbox")
        await app.sees("等待回执", "没有信号")
        assert app.has("outbox-waiting-0")
        screens.rig.wire.signal = True
        await app.tap("sync-now")
        await app.sees("全部已回执")


async def test_a_visit_that_was_not_entered_is_not_called_entered_and_names_people(tmp_path: Path) -> None:
    async with open_screens(tmp_path) as screens:
        app = screens.app
        screens.holder.hold(code_picture(gate_text(HOST, MILL, 1)))
        await app.tap("scan")
        await app.screen("gate")
        await app.tap("people-edit")
        await app.screen("people")
        await app.type("search", "访客")
        await app.tap("person-0")
        await app.tap("people-done")
        await app.screen("gate")
        await app.tap("leave")
        await app.screen("today")
        await app.tap("history")
        await app.until(lambda: app.has("history-0"), "the visit")
        await app.tap("history-0")
        await app.screen("visit")
        await app.sees("核验后离开", "未入企", "访客 没有执法证")
        assert "入企 · 现场扫码" not in app.texts()
