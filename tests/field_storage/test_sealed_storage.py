"""What lies in the phone's folder, and what happens when the disk does not take it."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from field_app.clock import SystemClock
from field_app.device.aes_gcm import AesGcm
from field_app.device.entropy import random_bytes
from field_app.device.folder import Folder, connect
from field_app.device.key_file import KeyFile, Secrets
from field_app.errors import DiskFullError, NotEnrolledError, OfflineError, PhoneBusyError, StorageBrokenError
from field_app.phone import Phone, open_phone
from field_app.ports import Reply
from field_app.storage.database import Database
from field_app.storage.drafts import draft_rows, drop_draft_rows, load_draft, save_draft, save_unsaved_drafts
from field_app.storage.records import all_records, waiting_ids
from field_app.storage.sealing import Sealer
from field_app.sync.run_sync import run_sync
from field_app.visits.journal import Entry, append
from field_app.visits.write_in_visit import add_photo, write_guidance
from shared_models.chain import check_next, link_of
from shared_models.errors import BadlyFormedError
from shared_models.visit import Guidance
from sync_server.registry.register_enterprises import register_enterprises
from tests.sync.county import MILL, TestCounty, enrol, file_inspection, make_county, open_at, service_visit
from tests.sync.test_staging import make_enterprises

SECRET_TEXT = "请立即停用三号反应釜并疏散"


class NoSignal:
    async def request(self, *_args: object, **_kwargs: object) -> Reply:
        raise OfflineError

    async def close(self) -> None:
        pass


def sealer_of(key: bytes) -> Sealer:
    return Sealer(AesGcm(key), key, random_bytes)


async def bare_phone(folder: Path) -> Phone:
    return await open_phone(
        Folder(folder), clock=SystemClock(), transport_factory=lambda _host: NoSignal(), keystore=KeyFile(folder)
    )


@dataclass
class Enrolled:
    county: TestCounty
    phone: Phone
    folder: Path
    filing: str


@pytest.fixture
async def enrolled(tmp_path: Path) -> AsyncIterator[Enrolled]:
    county = make_county(tmp_path / "county")
    number = file_inspection(county.county, MILL)
    phone = await open_at(tmp_path / "phone", county.wire(), county.clock)
    await enrol(county, phone)
    it = Enrolled(county, phone, tmp_path / "phone", number)
    yield it
    await it.phone.close()
    county.close()


async def test_nothing_of_the_phones_own_can_be_read_in_its_files(enrolled: Enrolled) -> None:
    phone = enrolled.phone
    visit = await service_visit(phone)
    await write_guidance(phone, visit, SECRET_TEXT)
    await add_photo(phone, visit, b"\xff\xd8" + b"furnace" * 50, width=1, height=1)
    await save_draft(phone, "guidance", {"text": SECRET_TEXT, "filing": enrolled.filing})
    await run_sync(phone)
    files = b"".join(path.read_bytes() for path in enrolled.folder.iterdir() if path.suffix != ".key")
    assert len(files) > 10_000
    for hidden in (SECRET_TEXT, enrolled.filing, "furnace", "林一", "陈二", "guidance_given", "visit_opened"):
        assert hidden.encode() not in files, hidden
    assert "平阳水头制革厂".encode() in files  # the public registry of enterprises may be read


def test_a_sealed_value_cannot_be_moved_to_another_row() -> None:
    sealer = sealer_of(b"k" * 32)
    sealed = sealer.seal("records", b"one", b"text")
    assert sealer.open("records", b"one", sealed) == b"text"
    for table, key in (("records", b"two"), ("drafts", b"one")):
        with pytest.raises(StorageBrokenError):
            sealer.open(table, key, sealed)
    with pytest.raises(StorageBrokenError):
        sealer_of(b"j" * 32).open("records", b"one", sealed)


async def test_a_database_under_another_key_is_refused_and_left_alone(enrolled: Enrolled) -> None:
    await service_visit(enrolled.phone)
    await enrolled.phone.close()
    before = (enrolled.folder / "phone.sqlite").read_bytes()
    with pytest.raises(StorageBrokenError):
        Database(connect(enrolled.folder / "phone.sqlite"), sealer_of(b"x" * 32))
    assert (enrolled.folder / "phone.sqlite").read_bytes() == before
    enrolled.phone = await open_at(enrolled.folder, enrolled.county.wire(), enrolled.county.clock)
    assert len(await enrolled.phone.database.read(waiting_ids)) == 1


async def test_a_file_that_is_no_database_says_so(tmp_path: Path) -> None:
    KeyFile(tmp_path).store(Secrets(b"s" * 32, b"d" * 32))
    (tmp_path / "phone.sqlite").write_bytes(b"no database" * 500)
    with pytest.raises(StorageBrokenError):
        await bare_phone(tmp_path)


async def test_a_second_opening_of_one_phone_is_refused(tmp_path: Path) -> None:
    phone = await bare_phone(tmp_path)
    with pytest.raises(PhoneBusyError):
        await bare_phone(tmp_path)
    program = f"import sys; sys.path[:0] = {sys.path!r}\n" + _OPEN_ELSEWHERE
    other = await asyncio.to_thread(
        subprocess.run, [sys.executable, "-c", program, str(tmp_path)], check=False, capture_output=True, text=True
    )
    assert other.stdout.strip() == "phone_busy", other.stderr
    await phone.close()
    await (await bare_phone(tmp_path)).close()


_OPEN_ELSEWHERE = """
import asyncio, sys
from pathlib import Path
from shared_models.errors import ZhuqiError
from tests.field_storage.test_sealed_storage import bare_phone
try:
    asyncio.run(bare_phone(Path(sys.argv[1])))
except ZhuqiError as err:
    print(err.code)
"""


async def test_a_phone_that_is_not_enrolled_writes_no_record(tmp_path: Path) -> None:
    phone = await bare_phone(tmp_path)
    with pytest.raises(NotEnrolledError):
        await append(phone, Entry("guidance_given", Guidance("x")))
    await phone.close()


def fill_up(phone: Phone) -> None:
    """The disk takes not one page more."""
    pages = phone.database.read_now(lambda rows: rows.execute("PRAGMA page_count").fetchone()[0])
    phone.database.limit_pages(pages)


async def test_a_full_disk_loses_nothing_and_the_phone_goes_on_when_there_is_room(enrolled: Enrolled) -> None:
    phone = enrolled.phone
    visit = await service_visit(phone)
    text = "长" * 9_000
    await save_draft(phone, "guidance", {"text": text[:10]})
    fill_up(phone)
    with pytest.raises(DiskFullError):
        await save_draft(phone, "guidance", {"text": text})
    with pytest.raises(DiskFullError):
        await write_guidance(phone, visit, text, drop_drafts=("guidance",))
    with pytest.raises(DiskFullError):
        await add_photo(phone, visit, b"\xff\xd8" + bytes(90_000), width=1, height=1)
    assert await load_draft(phone, "guidance") == {"text": text}
    stored = await phone.database.read(lambda rows: draft_rows(rows, "guidance"))
    assert stored == {"text": text[:10]}
    assert len(await phone.database.read(waiting_ids)) == 1

    phone.database.limit_pages(0)
    await save_unsaved_drafts(phone)
    assert await phone.database.read(lambda rows: draft_rows(rows, "guidance")) == {"text": text}
    written = await write_guidance(phone, visit, text, drop_drafts=("guidance",))
    assert await load_draft(phone, "guidance") is None
    assert written.seq == 2
    assert (await run_sync(phone)).is_complete


async def test_a_sync_on_a_full_disk_says_so_and_changes_nothing(enrolled: Enrolled) -> None:
    phone = enrolled.phone
    await service_visit(phone)
    register_enterprises(enrolled.county.county, "office", make_enterprises(300))
    fill_up(phone)
    report = await run_sync(phone)
    assert "disk_full" in report.errors
    phone.database.limit_pages(0)
    assert (await run_sync(phone)).is_complete


async def test_many_writers_at_once_make_one_chain(enrolled: Enrolled) -> None:
    phone = enrolled.phone
    visit = await service_visit(phone)
    await asyncio.gather(*(write_guidance(phone, visit, f"第{n}条") for n in range(30)))
    head = None
    for kept in await phone.database.read(lambda rows: tuple(all_records(rows))):
        link = link_of(kept.record, kept.id)
        check_next(head, link)
        head = link
    assert head is not None
    assert head.seq == 31


async def test_a_screen_that_goes_away_while_a_record_is_written_leaves_a_whole_chain(enrolled: Enrolled) -> None:
    phone = enrolled.phone
    visit = await service_visit(phone)
    for n in range(10):
        task = asyncio.ensure_future(write_guidance(phone, visit, f"第{n}条"))
        for _ in range(n):
            await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    await write_guidance(phone, visit, "最后")
    kept = await phone.database.read(lambda rows: tuple(all_records(rows)))
    assert [one.record.seq for one in kept] == list(range(1, len(kept) + 1))
    assert (await run_sync(phone)).is_complete


async def test_a_newer_draft_is_never_overwritten_by_an_older_one(tmp_path: Path) -> None:
    phone = await bare_phone(tmp_path)
    await asyncio.gather(*(save_draft(phone, "k", {"n": n}) for n in range(40)))
    assert await load_draft(phone, "k") == {"n": 39}
    await phone.database.write(lambda rows: drop_draft_rows(rows, "k"))
    assert await load_draft(phone, "k") is None
    await phone.close()


async def test_half_a_character_stands_in_nobodys_way(enrolled: Enrolled) -> None:
    phone = enrolled.phone
    visit = await service_visit(phone)
    for refused in (save_draft(phone, "k", {"text": "好\ud83d"}), write_guidance(phone, visit, "好\ud83d")):
        with pytest.raises(BadlyFormedError):
            await refused
    await save_draft(phone, "other", {"text": "好"})
    await write_guidance(phone, visit, "好")
    assert (await run_sync(phone)).is_complete


async def test_what_was_saved_is_there_after_a_kill(tmp_path: Path) -> None:
    program = f"import sys; sys.path[:0] = {sys.path!r}\n" + _SAVE_AND_WAIT
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", program, str(tmp_path), stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    said = await process.stdout.readline()
    process.kill()
    await process.wait()
    phone = await bare_phone(tmp_path)
    assert await load_draft(phone, "k") == {"text": said.decode().strip()}
    await phone.close()


_SAVE_AND_WAIT = """
import asyncio, sys
from pathlib import Path
from tests.field_storage.test_sealed_storage import bare_phone
from field_app.storage.drafts import save_draft
async def main():
    phone = await bare_phone(Path(sys.argv[1]))
    await save_draft(phone, "k", {"text": "saved"})
    print("saved", flush=True)
    await asyncio.Event().wait()
asyncio.run(main())
"""


def test_the_files_of_a_phone_are_durable_by_setting(tmp_path: Path) -> None:
    database = Database(connect(tmp_path / "phone.sqlite"), sealer_of(b"k" * 32))
    assert database.write_now(lambda rows: rows.execute("PRAGMA synchronous").fetchone()[0]) == 2
    assert database.read_now(lambda rows: rows.execute("PRAGMA journal_mode").fetchone()[0]) == "wal"
    with pytest.raises(DiskFullError):  # whoever only reads cannot write
        database.read_now(lambda rows: rows.execute("DELETE FROM meta"))
    database.close()
