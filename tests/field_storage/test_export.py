"""An export holds what was signed, as it was signed, with what proves it."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

from field_app.export.export_phone import export_phone
from field_app.sync.run_sync import run_sync
from field_app.visits.write_in_visit import add_photo, write_guidance
from shared_models import cbor, record
from tests.sync.county import enrol, make_county, open_at, service_visit


async def test_an_export_holds_records_receipts_photos_and_a_readable_copy(tmp_path: Path) -> None:
    county = make_county(tmp_path / "county")
    phone = await open_at(tmp_path / "phone", county.wire(), county.clock)
    await enrol(county, phone)
    visit = await service_visit(phone)
    await add_photo(phone, visit, b"\xff\xd8picture", width=3, height=2)
    await run_sync(phone)
    await write_guidance(phone, visit, "还没有上报")

    with zipfile.ZipFile(io.BytesIO(await export_phone(phone))) as archive:
        envelopes = cbor.split_sequence(archive.read("records.cborseq"), max_bytes=10**6)
        receipts = json.loads(archive.read("receipts.json"))
        readable = json.loads(archive.read("readable.json"))
        photos = [name for name in archive.namelist() if name.startswith("photos/")]
        assert archive.read(photos[0]) == b"\xff\xd8picture"
    opened = [record.open_record(envelope, phone.signer.public_key) for envelope in envelopes]
    assert [one.kind for one in opened] == ["visit_opened", "photo_taken", "guidance_given"]
    assert [one["state"] for one in readable] == ["receipted", "receipted", "waiting"]
    assert readable[2]["record"]["body"]["text"] == "还没有上报"
    assert len(receipts) == 2
    assert len(photos) == 1
    await phone.close()
    county.close()
