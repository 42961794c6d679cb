"""The database of every release opens with this one, with its unsent records, and syncs."""

from __future__ import annotations

import hashlib
import sqlite3
from functools import partial
from pathlib import Path

from field_app.storage.drafts import load_draft
from field_app.sync.run_sync import run_sync
from field_app.sync.status import sync_status
from field_app.visits.read_visit import list_visits
from shared_models import ed25519, record
from shared_models.record import Record
from shared_models.shape import to_plain
from shared_models.suite import kid_of
from shared_models.sync import EnrolmentRequest
from shared_models.visit import Guidance, Photo
from sync_server.enrolment.confirm_enrolment import confirm_enrolment
from sync_server.enrolment.issue_code import issue_code
from sync_server.enrolment.request_enrolment import request_enrolment
from tests.field_storage.first_release import FirstRelease
from tests.sync.county import HOST, MORNING, TestCounty, make_county, open_at

SEED, DATA_KEY, VISIT = b"s" * 32, b"d" * 32, b"v" * 16
PICTURE = b"\xff\xd8old"


def enrolled_first_release(county: TestCounty, folder: Path) -> None:
    key, sign = ed25519.public_key(SEED), partial(ed25519.sign, SEED)
    code = issue_code(county.county, "office", "p1")
    reply = request_enrolment(county.county, EnrolmentRequest(code.secret, key, "software", sign(code.secret)))
    phone = confirm_enrolment(county.county, "office", reply.id)
    made = FirstRelease(folder, SEED, DATA_KEY)
    made.put_meta("trust", {"server": HOST, "host": HOST, "root": reply.root, "certificates": list(reply.certificates)})
    made.put_meta(
        "enrolment",
        {
            "state": "enrolled",
            "id": reply.id,
            "words": list(reply.words),
            "credential": phone.credential,
            "why_stopped": "",
        },
    )
    made.put_draft("guidance", {"text": "未写完"})
    photo = Photo(hashlib.sha256(PICTURE).digest(), len(PICTURE), 1, 1)
    previous: bytes | None = None
    for seq, (kind, body) in enumerate([("guidance_given", Guidance("旧的")), ("photo_taken", photo)], 1):
        at = int(MORNING.timestamp() * 1000)
        envelope = record.sign(Record(1, kind, kid_of(key), seq, previous, VISIT, at, None, to_plain(body)), sign)
        made.put_record(envelope, seq, kind, VISIT)
        previous = record.record_id(envelope)
    made.put_photo(PICTURE)
    made.close()


async def test_a_phone_of_the_first_release_opens_with_its_unsent_records_and_syncs(tmp_path: Path) -> None:
    county = make_county(tmp_path / "county")
    enrolled_first_release(county, tmp_path / "phone")
    phone = await open_at(tmp_path / "phone", county.wire(), county.clock)
    assert await load_draft(phone, "guidance") == {"text": "未写完"}
    report = await run_sync(phone)
    assert report.errors == []
    status = await sync_status(phone)
    assert (status.records_receipted, status.photos_confirmed) == (2, 1)
    assert county.county.blobs.has(hashlib.sha256(PICTURE).digest())
    assert await list_visits(phone) == ()
    await phone.close()
    county.close()


async def test_a_new_phone_has_the_schema_that_an_old_one_is_brought_to(tmp_path: Path) -> None:
    county = make_county(tmp_path / "county")
    enrolled_first_release(county, tmp_path / "old")
    for name in ("old", "new"):
        await (await open_at(tmp_path / name, county.wire(), county.clock)).close()
    assert _schema(tmp_path / "old") == _schema(tmp_path / "new")
    county.close()


def _schema(folder: Path) -> list[tuple[str, str, str]]:
    with sqlite3.connect(folder / "phone.sqlite") as db:
        columns = db.execute(
            "SELECT m.name, c.name, c.type || c.[notnull] || c.pk FROM sqlite_master m, pragma_table_info(m.name) c"
            " WHERE m.type = 'table' AND m.name NOT LIKE '%sqlite_%' ORDER BY 1, 2"
        ).fetchall()
        indexes = db.execute("SELECT name, tbl_name, '' FROM sqlite_master WHERE type = 'index' ORDER BY 1").fetchall()
    return [*columns, *(index for index in indexes if "sqlite_" not in index[0])]
