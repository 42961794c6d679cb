"""Another officer's pass was scanned: join the visit, or see what any enterprise would be told."""

from __future__ import annotations

from dataclasses import dataclass, replace

import flet as ft

from field_app.state.app import App
from field_app.state.boundary import Boundary, act
from field_app.state.desk import Screen
from field_app.visits.join_visit import join_visit
from field_app.visits.look_at_pass import SeenPass, look_at_pass

TEXT = "join/text"


@ft.observable
@dataclass(eq=False)
class Joining:
    app: App
    seen: SeenPass | None = None

    @property
    def boundary(self) -> Boundary:
        return self.app.boundary

    async def open(self, text: str) -> None:
        """Raises what `look_at_pass` raises for a text that is no pass of this county."""
        self.seen = await look_at_pass(self.app.phone, text)
        self.app.notice = None
        self.app.put(replace(self.app.desk.home(Screen.JOIN).write(TEXT, text)))

    async def resume(self) -> None:
        """After a restart: judged anew, for a pass grows old."""
        text = self.app.text(TEXT)
        if text:
            self.seen = await look_at_pass(self.app.phone, text)
        else:
            self.app.put(self.app.desk.home())

    @act
    async def join(self) -> None:
        text = self.app.text(TEXT)
        await join_visit(self.app.phone, text)
        self.seen = await look_at_pass(self.app.phone, text)
        self.app.say("join_done")
