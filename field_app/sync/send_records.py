"""Records go out in batches and are safe when their receipts are proven; one bad record never holds up the others."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from field_app.enrolment.state import Trust
from field_app.errors import AnswerUnreadableError, DiskFullError, OfflineError, ServerRefusedError, StorageBrokenError
from field_app.phone import Phone
from field_app.storage.database import Rows
from field_app.storage.records import keep_receipt, mark_refused, record_by_id
from field_app.sync.asking import ask_for
from field_app.sync.county_answers import (
    believed,
    check_not_behind,
    newest_seen,
    open_county_checkpoint,
    put_newest,
)
from shared_models.checkpoint import Checkpoint
from shared_models.errors import ZhuqiError
from shared_models.log import SET_ASIDE, Receipt, verify_receipt
from shared_models.sync import RecordsReply

_PATH = "/api/sync/records"
_HEADERS = {"Content-Type": "application/cbor-seq"}
_WAIT = frozenset({401, 403, 404, 405, 408, 425, 429, 502, 503, 504, 507})
"""Said of the moment or of the server, not of these records."""
_BAD_REQUESTS = range(400, 500)
_OF_THE_PHONE = (OfflineError, DiskFullError, StorageBrokenError)


@dataclass(slots=True)
class Sent:
    attempted: int = 0
    receipted: int = 0
    set_aside: int = 0
    refused: int = 0
    errors: list[ZhuqiError] = field(default_factory=list)


async def send_records(phone: Phone, ids: tuple[bytes, ...]) -> Sent:
    """Raises OfflineError or DiskFullError, which end a run; all else is noted in the answer."""
    envelopes = await phone.database.read(lambda rows: _envelopes(rows, ids))
    sent = Sent()
    await _send(phone, envelopes, sent)
    return sent


async def _send(phone: Phone, batch: tuple[tuple[bytes, bytes], ...], sent: Sent) -> None:
    """A batch that is refused as a whole is halved, until what is wrong with it stands alone."""
    if not batch:
        return
    sent.attempted += len(batch)
    try:
        await _exchange(phone, batch, sent)
    except ServerRefusedError as err:
        if err.status in _WAIT:
            sent.errors.append(err)
        elif len(batch) > 1 and await _is_about_some(phone, batch, err, sent):
            half = len(batch) // 2
            sent.attempted -= len(batch)
            await _send(phone, batch[:half], sent)
            await _send(phone, batch[half:], sent)
        else:
            await _note_alone(phone, batch, err, sent)
    except _OF_THE_PHONE:
        raise
    except ZhuqiError as err:  # an answer that is not believed: nothing was changed, it is asked again later
        sent.errors.append(err)


async def _is_about_some(
    phone: Phone, batch: tuple[tuple[bytes, bytes], ...], error: ServerRefusedError, sent: Sent
) -> bool:
    """A server that fails at everything is not asked a hundred times: its first record alone tells."""
    if error.status in _BAD_REQUESTS:
        return True
    try:
        await _exchange(phone, batch[:1], sent)
    except ServerRefusedError:
        try:
            await _exchange(phone, batch[-1:], sent)
        except ServerRefusedError:
            return False
    return True


async def _note_alone(
    phone: Phone, batch: tuple[tuple[bytes, bytes], ...], error: ServerRefusedError, sent: Sent
) -> None:
    if error.status in _BAD_REQUESTS and len(batch) == 1:
        try:
            await _exchange(phone, batch, sent)  # it may have been damaged on the way: only twice is a refusal
        except ServerRefusedError as again:
            error = again
        else:
            return
    sent.errors.append(error)
    if error.status in _BAD_REQUESTS and error.status not in _WAIT:
        code = error.problem or error.code
        await phone.database.write(lambda rows: mark_refused(rows, batch[0][0], code))
        sent.refused += 1


async def _exchange(phone: Phone, batch: tuple[tuple[bytes, bytes], ...], sent: Sent) -> None:
    ids = frozenset(record_id for record_id, _ in batch)
    body = b"".join(envelope for _, envelope in batch)
    reply: RecordsReply = await ask_for(RecordsReply, await phone.transport(), "POST", _PATH, body, _HEADERS)
    receipts = tuple(receipt for receipt in reply.receipts if receipt.id in ids)
    refused = tuple(one for one in reply.refused if one.digest in ids)
    if not receipts and not refused:
        raise AnswerUnreadableError
    newest = await phone.database.read(newest_seen)

    def check(trust: Trust) -> Checkpoint:
        checkpoint = open_county_checkpoint(trust, reply.checkpoint)
        check_not_behind(newest, checkpoint)
        for receipt in receipts:
            verify_receipt(receipt, receipt.id, checkpoint)
        return checkpoint

    checkpoint = await believed(phone, check)

    def keep(rows: Rows) -> None:
        put_newest(rows, checkpoint)
        for receipt in receipts:
            keep_receipt(rows, receipt, reply.checkpoint)
        for one in refused:
            mark_refused(rows, one.digest, one.code)

    # what is proven is kept even if the app is leaving: otherwise it would only be sent once more
    await asyncio.shield(asyncio.ensure_future(phone.database.write(keep)))
    sent.receipted += len(receipts)
    sent.set_aside += sum(_is_set_aside(receipt) for receipt in receipts)
    sent.refused += len(refused)
    phone.notices.tell("records")


def _is_set_aside(receipt: Receipt) -> bool:
    return receipt.status == SET_ASIDE


def _envelopes(rows: Rows, ids: tuple[bytes, ...]) -> tuple[tuple[bytes, bytes], ...]:
    kept = (record_by_id(rows, one) for one in ids)
    return tuple((one.id, one.envelope) for one in kept if one is not None)
