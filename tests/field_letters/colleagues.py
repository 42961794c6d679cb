"""A second phone beside the rig's, and how it comes to show a pass."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from field_app.gate.find_enterprise import find_enterprise
from field_app.gate.judge import judge
from field_app.gate.propose import propose
from field_app.phone import Phone
from field_app.visits.open_visit import open_visit
from field_app.visits.show_pass import show_pass
from shared_models.commitment import Provision
from shared_models.visit import Identified
from sync_server.registry.publish_provisions import publish_provisions
from tests.field_state.rig import Rig
from tests.sync.county import MILL, OFFICE, enrol, open_at, service_visit

FIRE = Provision(
    "fire-16",
    "《消防法》",
    "第十六条",
    "保障疏散通道、安全出口、消防车通道畅通。",
    "消防安全",
    fact="疏散通道堆放原料",
    measure="当日清理，划线标明，每周自查",
)
LABEL = Provision(
    "label-67", "《食品安全法》", "第六十七条", "预包装食品应当有标签。", "标签标识", fact="标签缺生产日期"
)


@asynccontextmanager
async def a_colleague(rig: Rig, officer: str = "p2") -> AsyncIterator[Phone]:
    phone = await open_at(rig.folder.parent / f"phone-{officer}", rig.county.wire(), rig.county.clock)
    await enrol(rig.county, phone, officer)
    try:
        yield phone
    finally:
        await phone.close()


async def inspection(phone: Phone, uscc: str = MILL) -> bytes:
    proposal = await propose(phone, await find_enterprise(phone, uscc, Identified.TYPED))
    written = await open_visit(phone, proposal, await judge(phone, proposal))
    assert written.visit is not None
    return written.visit


async def pass_of(phone: Phone, *, service: bool = False) -> tuple[bytes, str]:
    """The visit, and the text of its pass."""
    visit = await (service_visit(phone) if service else inspection(phone))
    return visit, await show_pass(phone, visit)


def publish(rig: Rig) -> None:
    publish_provisions(rig.county.county, OFFICE, [FIRE, LABEL])
