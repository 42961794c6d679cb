from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

from field_app.device.camera import HeldLens, Holder
from field_app.state.desk import Screen
from field_app.state.scan import CameraState
from shared_models.codes import gate_text
from tests.field_state.rig import Rig, a_rig, code_picture, photo
from tests.sync.county import HOST, MILL


async def _until(is_so, within: float = 5.0) -> None:  # type: ignore[no-untyped-def]
    end = asyncio.get_running_loop().time() + within
    while not is_so():
        assert asyncio.get_running_loop().time() < end
        await asyncio.sleep(0.01)


def _told(rig: Rig) -> str:
    return "" if rig.field.app.notice is None else rig.field.app.notice.code


async def test_what_is_held_before_the_camera_is_read_and_leads_to_the_gate(tmp_path: Path) -> None:
    async with a_rig(tmp_path) as rig:
        holder = Holder()
        await rig.field.scan.open()
        watching = asyncio.ensure_future(rig.field.scan.watch(HeldLens(holder)))
        await _until(lambda: rig.field.scan.camera is CameraState.LIVE)
        holder.hold(code_picture(gate_text(HOST, MILL, 1)))
        await _until(lambda: rig.field.app.desk.top is Screen.GATE)
        await watching


async def test_a_foreign_and_a_void_code_are_told_and_scanning_goes_on(tmp_path: Path) -> None:
    async with a_rig(tmp_path) as rig:
        holder = Holder()
        watching = asyncio.ensure_future(rig.field.scan.watch(HeldLens(holder)))
        for text, code in (
            (gate_text("gate.wenzhou.example", MILL, 1), "wrong_host"),
            ("https://weixin.qq.com/r/abc", "unknown_format"),
            (gate_text(HOST, MILL, 2), "void_gate"),
        ):
            holder.hold(code_picture(text))
            await _until(lambda code=code: _told(rig) == code)
        holder.hold(code_picture(gate_text(HOST, MILL, 1)))
        await _until(lambda: rig.field.app.desk.top is Screen.GATE)
        await watching
        assert _told(rig) == ""


class _FailingLens:
    """A camera driver that fails in a way that nobody foresaw."""

    control = None
    is_closed = False

    async def open(self) -> None:
        return None

    async def frames(self) -> AsyncIterator[bytes]:
        raise RuntimeError
        yield b""

    async def still(self) -> bytes:
        raise RuntimeError

    async def close(self) -> None:
        self.is_closed = True


async def test_a_camera_that_fails_is_told_at_the_gate_and_at_enrolment(tmp_path: Path) -> None:
    async with a_rig(tmp_path) as rig:
        scan = rig.field.scan
        for look in (scan.watch, lambda lens: scan.watch_for_enrolment(lens, rig.field.enrolling.saw)):
            lens = _FailingLens()
            await look(lens)
            assert (scan.camera, lens.is_closed) == (CameraState.NONE, True)


async def test_a_refused_code_is_told_once_and_not_at_every_frame(tmp_path: Path) -> None:
    async with a_rig(tmp_path) as rig:
        assert not await rig.field.scan.saw("https://weixin.qq.com/r/abc")
        await rig.field.app.dismiss()
        assert not await rig.field.scan.saw("https://weixin.qq.com/r/abc")
        assert rig.field.app.notice is None


async def test_a_photo_from_a_file_is_read_as_well(tmp_path: Path) -> None:
    async def pick() -> bytes:
        return code_picture(gate_text(HOST, MILL, 1))

    async with a_rig(tmp_path) as rig:
        await rig.field.scan.from_photo(pick)
        assert rig.field.app.desk.top is Screen.GATE


async def test_a_photo_without_a_code_says_so(tmp_path: Path) -> None:
    async def pick() -> bytes:
        return photo(300, 300)

    async with a_rig(tmp_path) as rig:
        await rig.field.scan.from_photo(pick)
        assert _told(rig) == "no_code_in_picture"


async def test_words_are_searched_and_a_code_is_used(tmp_path: Path) -> None:
    async with a_rig(tmp_path) as rig:
        await rig.field.scan.open()
        await rig.field.scan.type("水头")
        assert rig.field.scan.results is not None
        assert [one.uscc for one in rig.field.scan.results] == [MILL]
        await rig.field.scan.type(MILL.lower())
        assert rig.field.scan.is_code
        assert rig.field.scan.results is None
        await rig.field.scan.use_typed()
        assert rig.field.app.desk.top is Screen.GATE


async def test_a_mistyped_code_is_told(tmp_path: Path) -> None:
    async with a_rig(tmp_path) as rig:
        await rig.field.scan.type("91350100M000100Y4Z")
        await rig.field.scan.use_typed()
        assert _told(rig) == "badly_formed"
