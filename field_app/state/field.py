"""All states of one screen, and what happens by itself: news of the phone, the shift's end, a change of screen."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

from field_app.errors import UnknownVisitError
from field_app.state.app import App, Devices, Phase
from field_app.state.boundary import log, notice_of, trouble_code
from field_app.state.desk import Screen
from field_app.state.enrolment import Enrolling
from field_app.state.finding import Findings
from field_app.state.gate import Gate
from field_app.state.host import PhoneHost
from field_app.state.joining import Joining
from field_app.state.lettering import Lettering
from field_app.state.lock import Lock
from field_app.state.scan import Scan
from field_app.state.settings import Settings
from field_app.state.showing import Showing
from field_app.state.today import Today
from field_app.state.visiting import Visiting
from shared_models.errors import ZhuqiError

LOOK_EVERY_SECONDS = 20
TICK = frozenset({"reference", "sync"})
LETTER_SCREENS = frozenset({Screen.VISIT, Screen.FINDING, Screen.LENIENCY, Screen.LETTER, Screen.READ, Screen.SIGN})


class Field:
    """Composition only; screens are given the states they draw."""

    def __init__(self, host: PhoneHost, devices: Devices) -> None:
        self.app = App(host, devices)
        self.lock = Lock(self.app)
        self.enrolling = Enrolling(self.app)
        self.gate = Gate(self.app)
        self.joining = Joining(self.app)
        self.scan = Scan(self.app, self.gate, self.joining)
        self.visiting = Visiting(self.app, self.lock)
        self.showing = Showing(self.app, self.visiting)
        self.findings = Findings(self.app, self.visiting)
        self.lettering = Lettering(self.app, self.visiting, self.findings, self.lock)
        self.today = Today(self.app, self.gate)
        self.settings = Settings(self.app, self.lock)
        self._shown: tuple[Phase, Screen | None, bytes | None] | None = None
        self.life: asyncio.Future[None] | None = None
        self._kept: list[object] = []
        self._changed = asyncio.Event()
        self._listener = self._app_changed  # kept here: observables hold their listeners weakly
        self.app.subscribe(self._listener)  # type: ignore[attr-defined]

    def keep(self, listener: object) -> None:
        """Hold on to a listener as long as the screen lives."""
        self._kept.append(listener)

    async def start(self) -> None:
        await self.app.start()

    async def live(self) -> None:
        """Runs as long as the screen does: keeps what is shown true."""
        while True:
            await self._guarded(self.settle())
            news = asyncio.ensure_future(self.app.news())
            changed = asyncio.ensure_future(self._changed.wait())
            tick = asyncio.ensure_future(asyncio.sleep(LOOK_EVERY_SECONDS))
            done, pending = await asyncio.wait({news, changed, tick}, return_when=asyncio.FIRST_COMPLETED)
            for task in pending:
                task.cancel()
            self._changed.clear()
            if news in done or tick in done:
                topics = news.result() if news in done else TICK
                await self._guarded(self._hear(topics))

    def _app_changed(self, _sender: object, name: str | None) -> None:
        if name in ("phase", "desk"):
            self._changed.set()
        if name == "phase" and self.app.phase is not Phase.AWAY:
            self.app.host.is_unlocked = self.app.phase is Phase.OPEN

    async def settle(self) -> None:
        """Fill the screen that has just come up."""
        self.lock.check_shift()
        app = self.app
        shown = (app.phase, app.desk.top if app.phase is Phase.OPEN else None, app.desk.visit)
        if shown == self._shown:
            return
        self._shown = shown
        if app.phase is Phase.OPEN:
            await self._guarded(self._fill(app.desk.top))

    async def _fill(self, screen: Screen) -> None:
        if screen is Screen.TODAY:
            await self.today.refresh()
        elif screen is Screen.SCAN:
            await self.scan.look_up()
        elif screen in (Screen.GATE, Screen.CLAIM, Screen.PEOPLE):
            if self.gate.judgement is None:
                await self.gate.resume()
        elif screen is Screen.HISTORY:
            await self.today.refresh_history()
        elif screen is Screen.OUTBOX:
            await self.today.refresh_outbox()
        elif screen is Screen.SETTINGS:
            await self.settings.refresh()
        else:
            await self._fill_at_door(screen)

    async def _fill_at_door(self, screen: Screen) -> None:
        if screen is Screen.JOIN:
            if self.joining.seen is None:
                await self.joining.resume()
            return
        await self._fill_visit()
        if screen in LETTER_SCREENS and self.visiting.page is not None:
            await self.findings.load()
        elif screen is Screen.COPY and self.lettering.copy is None:
            await self.lettering.resume_copy()

    async def _fill_visit(self) -> None:
        try:
            await self.visiting.refresh()
        except UnknownVisitError:
            self.app.put(self.app.desk.home())

    async def _hear(self, topics: frozenset[str]) -> None:
        app = self.app
        if "enrolment" in topics:
            await app.look_again()
        if app.phase is not Phase.OPEN:
            return
        if "reference" in topics and app.desk.top is Screen.GATE:
            await self.gate.load_lists()
            await self.gate.judge_again()
        if app.desk.top is Screen.TODAY:
            await self.today.refresh()
        elif app.desk.top is Screen.OUTBOX:
            await self.today.refresh_outbox()
        elif app.desk.top is Screen.VISIT and topics & {"records", "reference"}:
            await self._fill_visit()

    async def _guarded(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except ZhuqiError as err:
            self.app.tell(notice_of(err))
        except Exception as err:  # noqa: BLE001 what fills a screen must not end it
            log.error("screen: %s", trouble_code(err))
            self.app.tell_error("error")
