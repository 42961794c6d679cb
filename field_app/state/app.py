"""The app of one screen: where it stands, what lies on the desk, and the ways from one screen to the next."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

import flet as ft

from field_app.device.brightness import Shine, no_shine
from field_app.device.camera import Lens
from field_app.device.position import Locate, nowhere
from field_app.enrolment.state import EnrolmentState, Standing, read_standing
from field_app.errors import PhoneBusyError
from field_app.phone import Phone
from field_app.ports import Decoder, Scale
from field_app.state.boundary import Boundary, Notice, act, trouble_code
from field_app.state.desk import Desk, Screen
from field_app.state.desk_keeper import DeskKeeper, load_desk
from field_app.state.host import PhoneHost, log
from field_app.state.pin import has_pin
from field_app.state.preferences import Preferences, Theme, load_preferences, save_preferences
from field_app.texts import Language, Texts


class Phase(StrEnum):
    STARTING = "starting"
    BROKEN = "broken"
    AWAY = "away"
    ENROL = "enrol"
    PIN = "pin"
    LOCKED = "locked"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Devices:
    """What this screen's device can do."""

    decoder: Decoder
    scale: Scale
    lens: Callable[[], Lens] | None = None
    locate: Locate = nowhere
    shine: Shine = no_shine
    """Full brightness while a code is shown."""


@ft.observable
@dataclass(eq=False)
class App:
    host: PhoneHost
    devices: Devices
    phase: Phase = Phase.STARTING
    notice: Notice | None = None
    desk: Desk = field(default_factory=Desk)
    preferences: Preferences = field(default_factory=Preferences)
    system_is_dark: bool = False
    standing: Standing | None = None
    trouble: str = ""

    def __post_init__(self) -> None:
        self.boundary = Boundary(self.tell)
        self._phone: Phone | None = None
        self._keeper: DeskKeeper | None = None
        self._news = asyncio.Event()
        self._topics: set[str] = set()
        self._end: Callable[[], None] | None = None

    # -- What everybody asks

    @property
    def phone(self) -> Phone:
        if self._phone is None:
            raise RuntimeError("the phone is not open")
        return self._phone

    @property
    def texts(self) -> Texts:
        return Texts(self.preferences.language)

    @property
    def is_dark(self) -> bool:
        theme = self.preferences.theme
        return self.system_is_dark if theme is Theme.SYSTEM else theme is Theme.DARK

    def now(self) -> datetime:
        return self.phone.clock.now()

    # -- Coming and going

    async def start(self, *, take_over: bool = False) -> None:
        """Open the phone and lay out what lay on the desk; never raises."""
        if not await self.host.hold(self, self._evicted, take_over=take_over):
            self.phase = Phase.AWAY
            return
        try:
            self._phone = await self.host.phone()
            self.preferences = await load_preferences(self._phone)
            self.desk = await load_desk(self._phone)
            self._keeper = DeskKeeper(self._phone, self.tell_error)
            self._listen(self._phone)
            await self.look_again()
        except PhoneBusyError:
            self.host.release(self)
            self.phase = Phase.AWAY
        except Exception as err:  # noqa: BLE001 the last resort of the start: say so, change nothing
            self.trouble = getattr(err, "code", None) or trouble_code(err)
            log.error("start: %s", trouble_code(err))
            self.host.release(self)
            self.phase = Phase.BROKEN

    async def look_again(self) -> None:
        """Which of enrolment, PIN or lock comes next."""
        self.standing = await read_standing(self.phone)
        if self.standing.state in (EnrolmentState.NONE, EnrolmentState.WAITING):
            self.phase = Phase.ENROL
        elif not await has_pin(self.phone):
            self.phase = Phase.PIN
        elif self.phase is not Phase.OPEN:
            self.phase = Phase.LOCKED

    @act
    async def use_here(self) -> None:
        self.phase = Phase.STARTING
        await self.start(take_over=True)

    async def begin_anew(self, put_aside: Callable[[Phone], Awaitable[object]]) -> None:
        """With a new phone in the old one's place. Raises what `put_aside` does, and then nothing has changed."""
        await self.flush()
        await self.host.replace(put_aside)
        self._stop_listening()
        self._phone, self._keeper, self.standing = None, None, None
        self.phase, self.notice, self.desk = Phase.STARTING, None, Desk()
        await self.start()

    async def leave(self) -> None:
        """The tab or window went away; it may come back, or another may have the phone."""
        self.host.release(self)
        self._stop_listening()
        await self.flush()

    async def come_back(self) -> None:
        """The same tab again, after a cut or a reload."""
        if self.phase in (Phase.AWAY, Phase.BROKEN, Phase.STARTING):
            await self.start()
        elif await self.host.hold(self, self._evicted):
            self._listen(self.phone)
            self._topics |= {"enrolment", "reference", "records", "sync"}
            self._news.set()
        else:
            self.phase = Phase.AWAY

    async def _evicted(self) -> None:
        self.phase = Phase.AWAY
        self._stop_listening()
        await self.flush()

    def _stop_listening(self) -> None:
        if self._end is not None:
            self._end()
            self._end = None

    # -- News of the phone, told by its own background

    def _listen(self, phone: Phone) -> None:
        if self._end is None:
            self._end = phone.notices.subscribe(self._hear)

    def _hear(self, topic: str) -> None:
        self._topics.add(topic)
        self._news.set()

    async def news(self) -> frozenset[str]:
        """The topics of what changed since the last call; waits for the first."""
        await self._news.wait()
        topics, self._topics = frozenset(self._topics), set()
        self._news.clear()
        return topics

    # -- Notices

    def tell(self, notice: Notice) -> None:
        self.notice = notice

    def tell_error(self, code: str) -> None:
        self.notice = Notice(code)

    def say(self, key: str, **values: object) -> None:
        self.notice = Notice(key, is_error=False, values=values)

    async def dismiss(self) -> None:
        self.notice = None

    # -- The desk

    def put(self, desk: Desk) -> None:
        if desk != self.desk:
            self.desk = desk
            if self._keeper is not None:
                self._keeper.keep(desk)

    def write(self, key: str, value: str) -> None:
        """What was typed, saved within a third of a second."""
        self.put(self.desk.write(key, value))

    def text(self, key: str) -> str:
        return self.desk.text(key)

    async def go(self, screen: Screen) -> None:
        self.notice = None
        self.put(self.desk.go(screen))

    async def home(self) -> None:
        self.notice = None
        self.put(self.desk.home())

    async def back(self) -> None:
        self.notice = None
        self.put(self.desk.back())

    async def flush(self) -> None:
        if self._keeper is not None:
            await self._keeper.flush()

    # -- Preferences

    @act
    async def speak(self, language: Language) -> None:
        await self._prefer(Preferences(language, self.preferences.theme))

    @act
    async def look(self, theme: Theme) -> None:
        await self._prefer(Preferences(self.preferences.language, theme))

    async def _prefer(self, preferences: Preferences) -> None:
        self.preferences = preferences
        if self._phone is not None:
            await save_preferences(self._phone, preferences)
