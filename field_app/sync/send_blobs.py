"""Photos, whole, one by one, last of all; confirmed by their hash and not by a status."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial

from field_app.enrolment.state import read_enrolment
from field_app.errors import AnswerUnreadableError, ServerRefusedError
from field_app.phone import Phone
from field_app.storage.blobs import CONFIRMED, REFUSED, TOO_LATE, mark_blob, read_blob
from field_app.sync.asking import ask_signed
from shared_models.errors import ZhuqiError

DAMAGED = "blob_hash_mismatch"
REVOKED = "revoked"
_OF_THIS_PHOTO = frozenset({400, 413, 415, 422})


@dataclass(slots=True)
class SentBlobs:
    confirmed: int = 0
    errors: list[ZhuqiError] = field(default_factory=list)


async def send_blobs(phone: Phone, hashes: tuple[bytes, ...]) -> SentBlobs:
    """Raises OfflineError or DiskFullError, which end a run; stops at a server that is not well."""
    sent = SentBlobs()
    is_revoked = (await phone.database.read(read_enrolment)).why_stopped == REVOKED  # the county's signed word
    for sha256 in hashes:
        try:
            await _send_blob(phone, sha256)
        except ServerRefusedError as err:
            if is_revoked and err.problem == REVOKED:
                await phone.database.write(partial(mark_blob, sha256=sha256, state=TOO_LATE, code=REVOKED))
                continue
            sent.errors.append(err)
            if err.problem == DAMAGED:
                continue  # on the way, and not here: it is sent again with the next run
            if err.status not in _OF_THIS_PHOTO:
                break
            code = err.problem or err.code
            await phone.database.write(partial(mark_blob, sha256=sha256, state=REFUSED, code=code))
        except AnswerUnreadableError as err:
            sent.errors.append(err)
            break
        else:
            sent.confirmed += 1
            phone.notices.tell("records")
    return sent


async def _send_blob(phone: Phone, sha256: bytes) -> None:
    data = await phone.database.read(lambda rows: read_blob(rows, sha256))
    if data is None:
        return
    name = sha256.hex()
    answer = await ask_signed(phone, "PUT", f"/api/blobs/{name}", data)
    if name.encode() not in answer:  # a stranger's page says 200 as well
        raise AnswerUnreadableError
    await phone.database.write(lambda rows: mark_blob(rows, sha256, CONFIRMED))
