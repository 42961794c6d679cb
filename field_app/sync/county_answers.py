"""Only what the county has signed is believed: certificates up to the pinned root, then what they sign."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

from field_app.enrolment.state import Trust, put_trust, require_trust
from field_app.errors import AnswerUnreadableError, CheckpointBehindError
from field_app.phone import Phone
from field_app.storage.database import Rows
from field_app.sync.asking import ask, read_message
from shared_models import cbor, cose
from shared_models.checkpoint import Checkpoint, open_checkpoint
from shared_models.claims import check_time, instant_of
from shared_models.credential import Certificate, open_certificate
from shared_models.errors import BadlyFormedError, ProofMismatchError, TooLargeError, UnknownKeyError, ZhuqiError
from shared_models.record import Seen
from shared_models.sync import MAX_MESSAGE_BYTES

T = TypeVar("T")
_MAX_CERTIFICATES = 16


async def believed(phone: Phone, check: Callable[[Trust], T]) -> T:
    """`check`, off the event loop; once more with fresh certificates where it met an unknown key."""
    trust = await phone.database.read(require_trust)
    try:
        return await asyncio.to_thread(check, trust)
    except UnknownKeyError:
        fresh = await _with_new_certificates(phone, trust)
        if fresh is None:
            raise
    return await asyncio.to_thread(check, fresh)


def open_signed(trust: Trust, data: bytes, aad: bytes, cls: type[Any]) -> tuple[Any, Certificate]:
    """A message in an envelope of the county's, and the certificate of the key that signed it."""
    try:
        kid = cose.parse_own(data, max_bytes=MAX_MESSAGE_BYTES).kid
    except (BadlyFormedError, TooLargeError) as err:
        raise AnswerUnreadableError from err
    certificate = trust.certificate_of(kid)
    payload = cose.open_own(data, certificate.public_key, aad, max_bytes=MAX_MESSAGE_BYTES)
    return read_message(cls, payload), certificate


def open_county_checkpoint(trust: Trust, text: str) -> Checkpoint:
    """Both signatures, by a key that was valid when it signed."""
    for data in trust.certificates:
        certificate = open_certificate(data, trust.root, None)
        try:
            checkpoint = open_checkpoint(text, origin=trust.origin, public_key=certificate.public_key)
        except UnknownKeyError:
            continue
        check_valid_at(certificate, checkpoint.issued_at)
        return checkpoint
    raise UnknownKeyError


def check_valid_at(certificate: Certificate, seconds: int) -> None:
    """By the time that the signature states, not by the phone's clock, which may be days off."""
    check_time(instant_of(seconds), certificate.nbf, certificate.exp)


def newest_seen(rows: Rows) -> Seen | None:
    """The largest log that the county has ever shown this phone."""
    plain = rows.get_meta("newest")
    return None if plain is None else Seen(plain["size"], plain["root"], plain["issued_at"])


def put_newest(rows: Rows, checkpoint: Checkpoint) -> None:
    rows.put_meta("newest", {"size": checkpoint.size, "root": checkpoint.root, "issued_at": checkpoint.issued_at})


def check_not_behind(newest: Seen | None, checkpoint: Checkpoint) -> None:
    """Raises CheckpointBehindError for a smaller log, ProofMismatchError for another of the same size."""
    if newest is None:
        return
    if checkpoint.size < newest.size:
        raise CheckpointBehindError(held=newest.size, shown=checkpoint.size)
    if checkpoint.size == newest.size and checkpoint.root != newest.root:
        raise ProofMismatchError


async def _with_new_certificates(phone: Phone, trust: Trust) -> Trust | None:
    """Null where the county's server has none that the root vouches for and the phone lacks."""
    data = await ask(phone.transport_to(trust.server), "GET", "/api/sync/trust")
    try:
        offered = cbor.split_sequence(data, max_bytes=MAX_MESSAGE_BYTES, max_items=_MAX_CERTIFICATES)
    except (BadlyFormedError, TooLargeError) as err:
        raise AnswerUnreadableError from err
    new = tuple(one for one in offered if one not in trust.certificates and _is_vouched_for(one, trust.root))
    if not new:
        return None
    fresh = replace(trust, certificates=(*new, *trust.certificates)[:_MAX_CERTIFICATES])
    await phone.database.write(lambda rows: put_trust(rows, fresh))
    return fresh


def _is_vouched_for(certificate: bytes, root: bytes) -> bool:
    try:
        open_certificate(certificate, root, None)
    except ZhuqiError:
        return False
    return True
