"""What a phone that was revoked still does for its photos: those of accepted records arrive, of the others it tells."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from field_app.enrolment.start_over import start_over
from field_app.errors import ExportFirstError, OfflineError, UnsentError
from field_app.export.export_phone import export_phone, note_exported
from field_app.phone import Phone
from field_app.ports import Reply
from field_app.sync.run_sync import run_sync
from field_app.sync.status import read_outbox, sync_status
from field_app.visits.write_in_visit import add_photo
from sync_server.enrolment.revoke_phone import revoke_phone
from tests.sync.county import TestCounty, Wire, enrol, make_county, open_at, service_visit

IN_TIME, TOO_LATE, TOO_LATE_TOO = b"\xff\xd8in time", b"\xff\xd8too late", b"\xff\xd8too late too"


@dataclass(slots=True)
class Rig:
    county: TestCounty
    wire: Wire
    phone: Phone
    visit: bytes

    async def take(self, picture: bytes) -> None:
        await add_photo(self.phone, self.visit, picture, width=1, height=1)

    def revoke(self) -> None:
        revoke_phone(self.county.county, "office", self.phone.signer.kid, "lost")

    def has_arrived(self, picture: bytes) -> bool:
        return self.county.county.blobs.has(hashlib.sha256(picture).digest())

    @property
    def puts(self) -> int:
        return sum(method == "PUT" for method, _ in self.wire.asked)


@asynccontextmanager
async def a_visit(folder: Path) -> AsyncIterator[Rig]:
    county = make_county(folder / "county")
    wire = county.wire()
    phone = await open_at(folder / "phone", wire, county.clock)
    await enrol(county, phone)
    yield Rig(county, wire, phone, await service_visit(phone))
    await phone.close()
    county.close()


async def cut_before_photos(wire: Wire, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Reply:
    if method == "PUT":
        raise OfflineError
    return await wire.deliver(method, path, body, headers)


async def records_only(rig: Rig) -> None:
    """The signal is lost when the records are there and the photos are not."""
    rig.wire.fault = cut_before_photos
    await run_sync(rig.phone)
    rig.wire.fault = None
    assert (await sync_status(rig.phone)).photos_confirmed == 0


async def test_photos_of_records_that_came_in_time_are_sent_by_a_phone_that_was_revoked_since(tmp_path: Path) -> None:
    async with a_visit(tmp_path) as rig:
        await rig.take(IN_TIME)
        await records_only(rig)
        rig.revoke()
        report = await run_sync(rig.phone)
        assert (report.stopped, report.photos_confirmed, report.errors) == ("revoked", 1, [])
        assert rig.has_arrived(IN_TIME)
        assert (await sync_status(rig.phone)).is_complete


async def test_photos_whose_records_came_too_late_are_told_and_offered_only_once(tmp_path: Path) -> None:
    async with a_visit(tmp_path) as rig:
        await rig.take(IN_TIME)
        await records_only(rig)
        rig.revoke()
        for picture in (TOO_LATE, TOO_LATE_TOO):
            await rig.take(picture)
        await run_sync(rig.phone)
        assert [rig.has_arrived(one) for one in (IN_TIME, TOO_LATE, TOO_LATE_TOO)] == [True, False, False]
        outbox = await read_outbox(rig.phone)
        assert (outbox.photos_waiting, outbox.photos_refused, outbox.photos_too_late) == (0, 0, 2)
        assert not (await sync_status(rig.phone)).is_complete
        offered = rig.puts
        report = await run_sync(rig.phone, again=True)
        assert (rig.puts, report.errors) == (offered, [])


async def test_an_answer_that_nobody_signed_gives_up_no_photo(tmp_path: Path) -> None:
    async def claim(wire: Wire, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        if method == "PUT":
            return Reply(403, b'{"code": "revoked"}')
        return await wire.deliver(method, path, body, headers)

    async with a_visit(tmp_path) as rig:
        await rig.take(IN_TIME)
        rig.wire.fault = claim
        assert (await run_sync(rig.phone)).errors == ["revoked"]
        rig.wire.fault = None
        assert (await run_sync(rig.phone)).is_complete
        assert rig.has_arrived(IN_TIME)


async def test_records_whose_receipts_were_lost_bring_their_photos_with_them(tmp_path: Path) -> None:
    async def lose_receipts(wire: Wire, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        answer = await wire.deliver(method, path, body, headers)
        if path == "/api/sync/records":
            raise OfflineError
        return answer

    async with a_visit(tmp_path) as rig:
        await rig.take(IN_TIME)
        rig.wire.fault = lose_receipts
        await run_sync(rig.phone)
        rig.wire.fault = None
        rig.revoke()
        assert (await run_sync(rig.phone)).errors == []
        assert (await sync_status(rig.phone)).is_complete
        assert rig.has_arrived(IN_TIME)


async def test_a_phone_is_not_put_aside_with_photos_that_the_county_would_take(tmp_path: Path) -> None:
    async with a_visit(tmp_path) as rig:
        await rig.take(IN_TIME)
        await records_only(rig)
        rig.revoke()
        rig.wire.fault = cut_before_photos
        assert (await run_sync(rig.phone)).stopped == "revoked"
        with pytest.raises(UnsentError):
            await start_over(rig.phone)
        rig.wire.fault = None
        await run_sync(rig.phone)
        assert await start_over(rig.phone)


async def test_photos_that_the_county_takes_no_more_are_exported_first(tmp_path: Path) -> None:
    async with a_visit(tmp_path) as rig:
        await rig.take(TOO_LATE)
        rig.revoke()
        await run_sync(rig.phone)
        with pytest.raises(ExportFirstError):
            await start_over(rig.phone)
        with zipfile.ZipFile(io.BytesIO(await export_phone(rig.phone))) as exported:
            assert exported.read(f"photos/{hashlib.sha256(TOO_LATE).hexdigest()}.jpg") == TOO_LATE
        await note_exported(rig.phone)
        assert await start_over(rig.phone)
