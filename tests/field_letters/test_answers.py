from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from field_app.gate.find_enterprise import find_enterprise
from field_app.gate.judge import judge
from field_app.gate.propose import propose
from field_app.sync.run_sync import run_sync
from field_app.visits.open_visit import open_visit
from shared_models.facts import ExceptionClaim
from shared_models.visit import Identified
from sync_server.visits.answer_exception import answer_exception
from tests.field_ui.conftest import open_screens
from tests.sync.county import MILL


async def test_the_officer_sees_what_the_approver_said_to_the_exception(tmp_path: Path) -> None:
    async with open_screens(tmp_path) as screens:
        phone, app, county = screens.rig.phone, screens.app, screens.rig.county.county
        proposal = await propose(phone, await find_enterprise(phone, MILL, Identified.TYPED))
        proposal = replace(proposal, claim=ExceptionClaim("emergency", "罐区泄漏", "", "p9"))
        written = await open_visit(phone, proposal, await judge(phone, proposal))
        await app.until(lambda: app.has("in-progress"), "in progress", within=30)
        await app.tap("in-progress")
        await app.sees("例外：等批准人答复")
        assert (await run_sync(phone)).is_complete
        visit, reason = written.visit or b"", "没有险情 㙍𠮷"
        answer_exception(county, "chief", visit, approver="p9", confirmed=False, reason=reason)
        await run_sync(phone)
        await app.sees("例外：批准人已否认（没有险情 㙍𠮷）")
