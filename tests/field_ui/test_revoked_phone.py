"""What the owner of a revoked phone is told: what is still delivered, and what is taken no more."""

from __future__ import annotations

from pathlib import Path

from field_app.visits.write_in_visit import add_photo
from sync_server.enrolment.revoke_phone import revoke_phone
from tests.field_state.rig import photo
from tests.field_ui.conftest import open_screens
from tests.sync.county import OFFICE, service_visit


async def test_photos_that_are_taken_no_more_are_not_called_waiting(tmp_path: Path) -> None:
    async with open_screens(tmp_path) as screens:
        app, rig = screens.app, screens.rig
        await app.screen("today")
        visit = await service_visit(rig.phone)
        await add_photo(rig.phone, visit, photo(40, 30), width=40, height=30)
        revoke_phone(rig.county.county, OFFICE, rig.phone.signer.kid, "lost")
        await app.tap("sync-now")
        await app.sees("本机的凭证已被撤销", "所附照片不再接收", "照片 0 / 1")
        await app.tap("sync-line")
        await app.screen("outbox")
        await app.sees("照片 1 张不再接收", "导出保存")
        assert app.has("outbox-aside-1")
        assert "等待" not in app.texts()
        rig.wire.signal = False
        await app.tap("sync-now")
        await app.sees("没有信号或服务器不可达")
        assert "等信号" not in app.texts()
