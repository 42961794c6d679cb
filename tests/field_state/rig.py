"""A phone of a small county with its states, without any page: what the tests of states and screens share."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import qrcode
from PIL import Image

from field_app.device.camera import HeldLens, Holder
from field_app.device.decoder import best_decoder
from field_app.device.pictures import scale
from field_app.phone import Phone
from field_app.state.app import Devices, Phase
from field_app.state.field import Field
from field_app.state.host import PhoneHost
from field_app.state.pin import set_pin
from shared_models.acts import Snippet, SnippetKind
from sync_server.registry.publish_snippets import publish_snippets
from tests.sync.county import MILL, OFFICE, TestCounty, Wire, enrol, file_inspection, make_county, open_at

PIN = "135790"
LAW = Snippet("s2", SnippetKind.LAW, "进货查验", "应当查验许可证", provision="《食品安全法》第五十条")


@dataclass
class Rig:
    folder: Path
    county: TestCounty
    wire: Wire
    host: PhoneHost
    field: Field

    @property
    def phone(self) -> Phone:
        phone = self.host.opened
        assert phone is not None
        return phone

    def later(self, **span: float) -> None:
        self.county.clock.instant += timedelta(**span)

    async def unlock(self) -> None:
        self.field.lock.type(PIN)
        await self.field.lock.enter()
        assert self.field.app.phase is Phase.OPEN

    async def restart(self) -> None:
        """As after a kill: nothing of the program is left, only the folder."""
        await self.host.close()
        self.host = make_host(self.folder, self.wire, self.county)
        self.field = Field(self.host, self.field.app.devices)
        await self.field.start()


def make_host(folder: Path, wire: Wire, county: TestCounty, holder: Holder | None = None) -> PhoneHost:
    async def opened() -> Phone:
        return await open_at(folder, wire, county.clock)

    async def idle(_: Phone) -> None:
        await asyncio.Event().wait()

    return PhoneHost("phone", opened, idle, holder=holder, version="test")


@asynccontextmanager
async def a_rig(
    tmp_path: Path, *, enrolled: bool = True, filed: bool = True, unlocked: bool = True
) -> AsyncIterator[Rig]:
    county = make_county(tmp_path / "county")
    publish_snippets(county.county, OFFICE, [Snippet("s1", SnippetKind.GUIDANCE, "台账", "请补齐进货台账"), LAW])
    if filed:
        file_inspection(county.county, MILL)
    wire, folder, holder = county.wire(), tmp_path / "phone", Holder()
    host = make_host(folder, wire, county, holder)
    phone = await host.phone()
    if enrolled:
        await enrol(county, phone)
        await set_pin(phone, PIN)
    field = Field(host, Devices(best_decoder(), scale, lens=lambda: HeldLens(holder)))
    await field.start()
    rig = Rig(folder, county, wire, host, field)
    if enrolled and unlocked:
        await rig.unlock()
    try:
        yield rig
    finally:
        await rig.host.close()
        county.close()


def code_picture(text: str) -> bytes:
    out = io.BytesIO()
    qrcode.make(text).convert("RGB").save(out, "PNG")
    return out.getvalue()


def photo(width: int = 2400, height: int = 1800) -> bytes:
    out = io.BytesIO()
    Image.effect_noise((width, height), 40).convert("RGB").save(out, "JPEG", quality=80)
    return out.getvalue()
