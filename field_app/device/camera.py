"""One way to the camera: `frames()` to scan, `still()` to photograph, whatever the platform can do.

A browser has no image stream, so pictures are taken one after the other; a phone streams, because taking a picture
is a full capture there. In the cockpit, what is held before the camera takes the camera's place.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from typing import ClassVar, Protocol

import flet as ft
import flet_camera as fc

from field_app.ports import FrameSource
from shared_models.errors import ZhuqiError

PAUSE_SECONDS = 0.08
START_SECONDS = 15.0
STILL_SECONDS = 10.0
CLOSE_SECONDS = 1.0


@dataclass(eq=False)
class CameraDeniedError(ZhuqiError):
    """No camera, or nobody may use it."""

    code: ClassVar[str] = "camera_denied"


class Lens(FrameSource, Protocol):
    @property
    def control(self) -> ft.Control | None:
        """What shows the live picture; null where the caller draws `held` itself."""
        ...

    async def open(self) -> None:
        """Raises CameraDeniedError."""
        ...

    async def still(self) -> bytes:
        """One picture at the best quality. Raises CameraDeniedError."""
        ...

    async def close(self) -> None: ...


class DeviceLens:
    def __init__(self, *, is_web: bool) -> None:
        self._is_web = is_web
        self._newest: asyncio.Queue[bytes] = asyncio.Queue(1)
        self._streams = False
        self.control: fc.Camera = fc.Camera(expand=True, on_stream_image=self._on_frame)

    async def open(self) -> None:
        try:
            async with asyncio.timeout(START_SECONDS):
                cameras = await self.control.get_available_cameras()
                back = [one for one in cameras if one.lens_direction == fc.CameraLensDirection.BACK]
                preset = fc.ResolutionPreset.HIGH
                lens = (back or cameras)[0]  # none: IndexError, told below like every other refusal
                await self.control.initialize(lens, preset, enable_audio=False)
                self._streams = not self._is_web and await self.control.supports_image_streaming()
        except Exception as err:
            raise CameraDeniedError from err

    async def frames(self) -> AsyncIterator[bytes]:
        if not self._streams:
            while True:
                yield await self.still()
                await asyncio.sleep(PAUSE_SECONDS)
        try:
            await self.control.start_image_stream()
            while True:
                yield await self._newest.get()
        finally:
            with suppress(Exception):
                await self.control.stop_image_stream()

    async def still(self) -> bytes:
        try:
            async with asyncio.timeout(STILL_SECONDS):
                return bytes(await self.control.take_picture())
        except Exception as err:
            raise CameraDeniedError from err

    async def close(self) -> None:
        with suppress(Exception):
            async with asyncio.timeout(CLOSE_SECONDS):
                await self.control.pause_preview()

    def _on_frame(self, event: fc.CameraImageEvent) -> None:
        # Only the newest frame is worth reading.
        with suppress(asyncio.QueueEmpty):
            self._newest.get_nowait()
        self._newest.put_nowait(event.bytes)


class Holder:
    """A picture that the cockpit holds before a phone's camera, until it is replaced or taken away."""

    def __init__(self) -> None:
        self.picture: bytes | None = None
        self._turn = 0
        self._changed = asyncio.Event()

    def hold(self, picture: bytes | None) -> None:
        self.picture = picture
        self._turn += 1
        self._changed.set()
        self._changed = asyncio.Event()

    async def pictures(self) -> AsyncIterator[bytes | None]:
        """What is held now, and after every change; null where nothing is."""
        seen = -1
        while True:
            while seen == self._turn:
                await self._changed.wait()
            seen = self._turn
            yield self.picture


class HeldLens:
    """What the cockpit holds before the camera; an empty view is nothing to read and nothing to photograph."""

    control = None

    def __init__(self, holder: Holder) -> None:
        self._holder = holder

    async def open(self) -> None:
        return None

    def pictures(self) -> AsyncIterator[bytes | None]:
        return self._holder.pictures()

    async def frames(self) -> AsyncIterator[bytes]:
        async for picture in self._holder.pictures():
            if picture is not None:
                yield picture

    async def still(self) -> bytes:
        if self._holder.picture is None:
            raise CameraDeniedError
        return self._holder.picture

    async def close(self) -> None:
        return None
