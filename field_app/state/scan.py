"""Finding the enterprise: camera, photo, typed code, name search. What is not ours is said, and scanning goes on."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

import flet as ft

from field_app.device.camera import CameraDeniedError, HeldLens, Lens
from field_app.gate.find_enterprise import find_enterprise, search_enterprises, typed_uscc
from field_app.state.app import App, Phase
from field_app.state.boundary import Boundary, act, log, notice_of, trouble_code
from field_app.state.desk import Screen
from field_app.state.gate import Gate
from field_app.state.joining import Joining
from shared_models.code_texts import kind_of_text, typed_characters
from shared_models.enterprise import Enterprise
from shared_models.errors import ZhuqiError
from shared_models.visit import Identified

TYPED = "scan/typed"


class CameraState(StrEnum):
    OFF = "off"
    STARTING = "starting"
    LIVE = "live"
    NONE = "none"


@dataclass(eq=False)
class NoCodeInPictureError(ZhuqiError):
    code: ClassVar[str] = "no_code_in_picture"


@ft.observable
@dataclass(eq=False)
class Scan:
    app: App
    gate: Gate
    joining: Joining
    camera: CameraState = CameraState.OFF
    held: bytes | None = None
    results: tuple[Enterprise, ...] | None = None

    def __post_init__(self) -> None:
        self._refused = ""
        self._search = 0

    @property
    def boundary(self) -> Boundary:
        return self.app.boundary

    @property
    def typed(self) -> str:
        return self.app.text(TYPED)

    @property
    def is_code(self) -> bool:
        """Whether what was typed is meant as a code and not as a name."""
        return "://" in typed_characters(self.typed) or typed_uscc(self.typed) is not None

    # -- The camera

    async def watch(self, lens: Lens) -> None:
        """Look through the lens until a gate code is read or the screen goes away (which cancels this)."""
        self._refused = ""
        await self._through(lens, lambda: self._watch(lens, self.saw))

    async def watch_for_enrolment(self, lens: Lens, saw: Callable[[str], Awaitable[bool]]) -> None:
        await self._through(lens, lambda: self._watch(lens, saw))

    async def show(self, lens: Lens) -> None:
        """The live picture alone, for the photo screen."""
        await self._through(lens, lambda: self._stay(lens))

    async def _through(self, lens: Lens, look: Callable[[], Awaitable[None]]) -> None:
        """A camera that fails is told where its picture would be: the other ways remain."""
        self.camera = CameraState.STARTING
        try:
            await lens.open()
            self.camera = CameraState.LIVE
            await look()
        except CameraDeniedError:
            self.camera = CameraState.NONE
        except Exception as err:  # noqa: BLE001 whatever it was, nobody may be left before a picture that stands still
            log.error("camera: %s", trouble_code(err))
            self.camera = CameraState.NONE
        finally:
            await lens.close()

    async def _stay(self, lens: Lens) -> None:
        if isinstance(lens, HeldLens):
            async for _ in self._held(lens):
                pass
        await asyncio.Event().wait()

    async def _held(self, lens: HeldLens) -> AsyncIterator[bytes]:
        """What the cockpit holds before the camera, drawn where the live picture would be."""
        async for picture in lens.pictures():
            self.held = picture
            if picture is not None:
                yield picture

    async def _watch(self, lens: Lens, saw: Callable[[str], Awaitable[bool]]) -> None:
        source = self._held(lens) if isinstance(lens, HeldLens) else lens.frames()
        async with aclosing(source) as frames:  # type: ignore[type-var]
            async for frame in frames:
                text = await self.app.devices.decoder.decode(frame)
                if text is not None and await saw(text):
                    return

    async def saw(self, text: str) -> bool:
        """Whether this was the code that was looked for; a refused one is told once, not at every frame."""
        if text == self._refused:
            return False
        try:
            await self._found(text, Identified.CAMERA)
        except ZhuqiError as err:
            self._refused = text
            self.app.tell(notice_of(err))
            return False
        return True

    # -- The other ways

    @act
    async def from_photo(self, pick: Callable[[], Awaitable[bytes | None]]) -> None:
        picture = await pick()
        if picture is None:
            return
        text = await self.app.devices.decoder.decode(picture)
        if text is None:
            raise NoCodeInPictureError
        await self._found(text, Identified.PHOTO)

    @act
    async def use_typed(self) -> None:
        if self.is_code:
            await self._found(self.typed, Identified.TYPED)

    async def type(self, text: str) -> None:
        self.app.write(TYPED, text)
        await self.look_up()

    async def look_up(self) -> None:
        """Names that fit what is typed so far; an older search never overwrites a newer one."""
        self._search += 1
        mine, words = self._search, self.typed.strip()
        if not words or self.is_code:
            self.results = None
            return
        try:
            found = await search_enterprises(self.app.phone, words)
        except ZhuqiError as err:
            self.app.tell(notice_of(err))
            return
        if mine == self._search and self.app.phase is Phase.OPEN:
            self.results = found

    @act
    async def choose(self, uscc: str) -> None:
        await self._found(uscc, Identified.SEARCH)

    async def open(self) -> None:
        self._refused = ""
        self.results = None
        await self.app.go(Screen.SCAN)
        await self.look_up()

    async def _found(self, text: str, identified: Identified) -> None:
        if kind_of_text(text.strip()) == "pass":
            await self.joining.open(text.strip())
            return
        found = await find_enterprise(self.app.phone, text, identified)
        await self.gate.open(found)
