"""Everything that the phone has written, for its officer to keep: it works on a stopped phone and without a server."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

from field_app.enrolment.state import read_enrolment, read_trust
from field_app.phone import Phone
from field_app.storage.blobs import all_blobs, read_blob
from field_app.storage.database import Rows
from field_app.storage.records import all_records, chain_head, receipt_of
from shared_models.shape import instant_text, to_plain

_EXPORTED = "exported_through"
_DAY_OF_ZIP = (1980, 1, 1, 0, 0, 0)


async def export_phone(phone: Phone) -> bytes:
    """A zip: `records.cborseq` (the envelopes as signed), `receipts.json`, `readable.json`, `trust.json`, photos."""
    exported_at = instant_text(phone.clock.now())
    return await phone.database.read(lambda rows: _export(rows, exported_at))


async def note_exported(phone: Phone) -> None:
    """The file is in somebody's hands: what the county refuses need not hold the phone any longer."""

    def note(rows: Rows) -> None:
        rows.put_meta(_EXPORTED, chain_head(rows).seq)

    await phone.database.write(note)


def is_exported(rows: Rows) -> bool:
    """Whether nothing was written since the last export."""
    return int(rows.get_meta(_EXPORTED) or 0) >= chain_head(rows).seq


def _export(rows: Rows, exported_at: str) -> bytes:
    kept = tuple(all_records(rows))
    receipts = [_receipt(rows, one.id) for one in kept]
    readable = [
        {"id": one.id, "state": one.state, "code": one.code, "record": to_plain(one.record), "receipt": receipt}
        for one, receipt in zip(kept, receipts, strict=True)
    ]
    enrolment, trust = read_enrolment(rows), read_trust(rows)
    about = {
        "exported_at": exported_at,
        "state": enrolment.state,
        "why_stopped": enrolment.why_stopped,
        "credential": enrolment.credential,
        "county": None if trust is None else to_plain(trust),
    }
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        _put(file, "records.cborseq", b"".join(one.envelope for one in kept))
        _put(file, "receipts.json", _json([receipt for receipt in receipts if receipt is not None]))
        _put(file, "readable.json", _json(readable))
        _put(file, "trust.json", _json(about))
        for sha256 in all_blobs(rows):
            _put(file, f"photos/{sha256.hex()}.jpg", read_blob(rows, sha256) or b"")
    return archive.getvalue()


def _receipt(rows: Rows, record_id: bytes) -> dict[str, Any] | None:
    found = receipt_of(rows, record_id)
    return None if found is None else {"receipt": to_plain(found[0]), "checkpoint": found[1]}


def _put(file: zipfile.ZipFile, name: str, data: bytes) -> None:
    file.writestr(zipfile.ZipInfo(name, _DAY_OF_ZIP), data, zipfile.ZIP_DEFLATED)


def _json(plain: Any) -> bytes:
    return json.dumps(_hexed(plain), ensure_ascii=False, indent=1).encode("utf-8", "surrogatepass")


def _hexed(plain: Any) -> Any:
    """Bytes as hexadecimal, for people and for tools without CBOR."""
    if isinstance(plain, bytes):
        return plain.hex()
    if isinstance(plain, dict):
        return {key: _hexed(value) for key, value in plain.items()}
    if isinstance(plain, list | tuple):
        return [_hexed(value) for value in plain]
    return plain
