"""A phone's first screen: the code from the office, four words to compare, and waiting for the clerk."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

import flet as ft

from field_app.enrolment.enrol import check_enrolment, request_enrolment
from field_app.enrolment.give_up import give_up
from field_app.enrolment.state import EnrolmentState
from field_app.errors import AnswerUnreadableError, OfflineError, ServerRefusedError
from field_app.state.app import App, Phase
from field_app.state.boundary import Boundary, act, notice_of
from shared_models.errors import ZhuqiError

CODE = "enrol/code"
ASK_EVERY_SECONDS = 2.0
_SERVER_FAULT = 500


@ft.observable
@dataclass(eq=False)
class Enrolling:
    app: App
    is_scanning: bool = False
    is_asking: bool = False

    def __post_init__(self) -> None:
        self._refused = ""

    @property
    def boundary(self) -> Boundary:
        return self.app.boundary

    @property
    def is_waiting(self) -> bool:
        standing = self.app.standing
        return standing is not None and standing.state is EnrolmentState.WAITING

    @property
    def words(self) -> tuple[str, ...]:
        return () if self.app.standing is None else self.app.standing.words

    async def scan(self, *, on: bool) -> None:
        self.app.notice = None
        self._refused = ""
        self.is_scanning = on

    @act
    async def send(self) -> None:
        await self._request(self.app.text(CODE))

    async def saw(self, text: str) -> bool:
        """A code before the camera: whether the server took it. A refused one is asked about once, not every frame."""
        if text == self._refused:
            return False
        try:
            await self._request(text)
        except ZhuqiError as err:
            if not _may_pass(err):
                self._refused = text
            self.app.tell(notice_of(err))
            return False
        return True

    async def _request(self, text: str) -> None:
        self.is_asking = True
        try:
            self.app.standing = await request_enrolment(self.app.phone, text)
        finally:
            self.is_asking = False
        self.is_scanning = False
        self.app.notice = None
        self.app.put(self.app.desk.forget("enrol/"))
        await self.app.look_again()

    @act
    async def use_another(self) -> None:
        self.app.standing = await give_up(self.app.phone)
        self.app.notice = None
        await self.app.look_again()

    async def wait(self) -> None:
        """Ask until the clerk has answered; runs as long as the waiting screen is shown."""
        while self.is_waiting and self.app.phase is Phase.ENROL:
            try:
                self.app.standing = await check_enrolment(self.app.phone)
            except ZhuqiError as err:
                if err.code in ("enrolment_refused", "enrolment_expired"):
                    self.app.tell(notice_of(err))
                    await self.app.look_again()
                    return
                self.app.tell(notice_of(err))
            else:
                if not self.is_waiting:
                    self.app.notice = None
                    await self.app.look_again()
                    return
            await asyncio.sleep(ASK_EVERY_SECONDS)


def _may_pass(err: ZhuqiError) -> bool:
    """Whether the trouble is the moment's, and not the code's."""
    if isinstance(err, ServerRefusedError):
        return err.status >= _SERVER_FAULT
    return isinstance(err, OfflineError | AnswerUnreadableError)
