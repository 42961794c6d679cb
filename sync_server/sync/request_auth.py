"""Requests that are no records are signed by the phone: method, path and time, in a header (COSE_Sign1)."""

from __future__ import annotations

import binascii
from base64 import urlsafe_b64decode
from dataclasses import dataclass

from shared_models import cbor, cose
from shared_models.county import PhoneTrust
from shared_models.errors import RevokedError, ZhuqiError
from sync_server.county import County
from sync_server.errors import RequestTimeError, UnauthenticatedError
from sync_server.log.writing import reading
from sync_server.storage.facts import current_facts

SCHEME = "Zhuqi "
TOLERANCE_SECONDS = 300
_MAX_HEADER = 1024


@dataclass(frozen=True, slots=True)
class Phone:
    kid: bytes
    officer: str
    is_active: bool


def phone_of_request(county: County, header: str | None, method: str, path: str) -> Phone:
    """Raises UnauthenticatedError, or RequestTimeError with the server's time so that the phone can sign again."""
    if header is None or not header.startswith(SCHEME) or len(header) > _MAX_HEADER:
        raise UnauthenticatedError
    try:
        sign1 = cose.parse_own(_unbase64(header.removeprefix(SCHEME)))
        said = cbor.decode(sign1.payload)
    except ZhuqiError as err:
        raise UnauthenticatedError from err
    phone, public_key = _known_phone(county, sign1.kid or b"")
    try:
        cose.verify(sign1, public_key, cose.AAD_REQUEST)
    except ZhuqiError as err:
        raise UnauthenticatedError from err
    if type(said) is not list or said[:2] != [method, path] or len(said) != 3 or type(said[2]) is not int:  # noqa: PLR2004
        raise UnauthenticatedError
    now = int(county.clock.now().timestamp())
    if abs(now - said[2]) > TOLERANCE_SECONDS:
        raise RequestTimeError(now)
    return phone


def active_phone_of_request(county: County, header: str | None, method: str, path: str) -> Phone:
    phone = phone_of_request(county, header, method, path)
    if not phone.is_active:
        raise RevokedError(phone.kid.hex())
    return phone


def _known_phone(county: County, kid: bytes) -> tuple[Phone, bytes]:
    with reading(county) as connection:
        fact = current_facts(connection, "phone", [kid.hex()]).get(kid.hex())
    if fact is None:
        raise UnauthenticatedError
    trust = fact.load(PhoneTrust)
    return Phone(kid, trust.officer, not trust.revoked), trust.public_key


def _unbase64(text: str) -> bytes:
    try:
        return urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError) as err:
        raise UnauthenticatedError from err
