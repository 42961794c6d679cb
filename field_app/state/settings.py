"""Language and look, lock, export, and what this phone is."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import flet as ft

from field_app.enrolment.credential_end import CredentialEnd, credential_end
from field_app.enrolment.start_over import start_over
from field_app.enrolment.state import EnrolmentState
from field_app.export.export_phone import export_phone, note_exported
from field_app.reference.lists import Freshness, list_departments, read_freshness
from field_app.state.app import App
from field_app.state.boundary import Boundary, act
from field_app.state.lock import Lock


@ft.observable
@dataclass(eq=False)
class Settings:
    app: App
    lock: Lock
    freshness: Freshness | None = None
    department: str = ""
    is_exporting: bool = False

    @property
    def boundary(self) -> Boundary:
        return self.app.boundary

    @property
    def is_software(self) -> bool:
        return self.app.phone.keystore == "software"

    @property
    def is_in_browser(self) -> bool:
        return self.app.phone.keystore == "webcrypto"

    @property
    def is_stopped(self) -> bool:
        standing = self.app.standing
        return standing is not None and standing.state is EnrolmentState.STOPPED

    @property
    def may_start_over(self) -> bool:
        return self.is_stopped or credential_end(self.app.standing, self.app.now()) is CredentialEnd.OVER

    async def refresh(self) -> None:
        self.freshness = await read_freshness(self.app.phone)
        me = self.app.standing.me if self.app.standing else None
        if me is not None:
            departments = await list_departments(self.app.phone)
            self.department = next((one.name for one in departments if one.id == me.department), me.department)

    @act
    async def start_over(self) -> None:
        """What the phone held is put aside on it, and its officer enrols it anew."""

        async def now() -> None:
            await self._start_over()

        await self.lock.before_signing(now)

    @act
    async def _start_over(self) -> None:
        await self.app.begin_anew(start_over)

    @act
    async def export(self, save: Callable[[str, bytes], Awaitable[bool]]) -> None:
        """All that this phone holds, in one file; the PIN is asked again, because it is in the clear."""

        async def export_now() -> None:
            await self._export(save)

        await self.lock.before_signing(export_now)

    @act
    async def _export(self, save: Callable[[str, bytes], Awaitable[bool]]) -> None:
        self.is_exporting = True
        try:
            data = await export_phone(self.app.phone)
            name = f"zhuqi-{self.app.phone.signer.kid.hex()}-{self.app.now():%Y%m%d}.zip"
            if await save(name, data):
                await note_exported(self.app.phone)
                self.app.say("export_done")
        finally:
            self.is_exporting = False
