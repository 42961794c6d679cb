"""COSE_Sign1 (RFC 9052): the one envelope. Strings of `AAD_*` keep one kind of message from passing as another."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from shared_models import cbor, suite
from shared_models.errors import BadlyFormedError, NotSign1Error, TooLargeError, UnknownKeyError, UnsupportedError

AAD_RECORD = b"zhuqi/record/1"
AAD_CERTIFICATE = b"zhuqi/certificate/1"
AAD_CREDENTIAL = b"zhuqi/credential/1"
AAD_SLIP = b"zhuqi/slip/1"
AAD_PASS = b"zhuqi/pass/1"
AAD_REFERENCE = b"zhuqi/reference/1"
AAD_HEAD = b"zhuqi/head/1"
AAD_REQUEST = b"zhuqi/request/1"
AAD_TRUST = b"zhuqi/trust/1"

ALG, CRIT, CONTENT_TYPE, KID = 1, 2, 3, 4
_UNDERSTOOD = frozenset({ALG, CRIT, CONTENT_TYPE, KID})
_OTHER_COSE_TAGS = frozenset({16, 17, 96, 97, 98})  # Encrypt0, Mac0, Encrypt, Mac, Sign
_TAG = 6
_LIST_OF_FOUR = 0x84
_SIGN1_TAG = 0xD2
_EMPTY_MAP = b"\xa0"
_SIGNATURE1 = b"\x84\x6aSignature1"

Sign = Callable[[bytes], bytes]
"""Signs bytes with a key that stays where it is."""


@dataclass(frozen=True, slots=True)
class Sign1:
    """An envelope that was read but not verified."""

    protected: bytes
    headers: Mapping[Any, Any]
    unprotected: Mapping[Any, Any]
    payload: bytes
    signature: bytes

    @property
    def alg(self) -> int:
        alg: int = self.headers[ALG]
        return alg

    @property
    def kid(self) -> bytes | None:
        """A hint from the protected header, else from the unprotected one."""
        kid: bytes | None = self.headers.get(KID, self.unprotected.get(KID))
        return kid


def parse(data: bytes, *, max_bytes: int = cbor.MAX_BYTES) -> Sign1:
    """Read a COSE_Sign1, with its tag or without.

    Raises NotSign1Error for other COSE messages, UnsupportedError for other algorithms, other tags and critical
    headers, BadlyFormedError for what is not canonical CBOR of this shape.
    """
    if len(data) > max_bytes:
        raise TooLargeError(len(data), max_bytes)
    position = _after_tag(data)
    if data[position : position + 1] != bytes((_LIST_OF_FOUR,)):
        raise BadlyFormedError("", "must be a list of four")
    protected, position = cbor.read_bytes(data, position + 1)
    unprotected, position = _read_map(data, position)
    payload, position = cbor.read_bytes(data, position)
    signature, position = cbor.read_bytes(data, position)
    if position != len(data):
        raise BadlyFormedError("", "bytes follow the envelope")
    headers = _protected_headers(protected)
    if unprotected:
        _check_unprotected(unprotected, headers)
    _check_protected(headers, unprotected)
    return Sign1(protected, headers, unprotected, payload, signature)


def parse_own(data: bytes, *, max_bytes: int = cbor.MAX_BYTES) -> Sign1:
    """Read an envelope of ours: tagged, alg and kid protected, nothing else, so that no stranger can vary its bytes."""
    sign1 = parse(data, max_bytes=max_bytes)
    headers = sign1.headers
    if data[0] != _SIGN1_TAG or sign1.unprotected or len(headers) != 2 or KID not in headers:  # noqa: PLR2004 - and alg
        raise BadlyFormedError("", "must be tagged, with alg and kid protected and nothing unprotected")
    if len(headers[KID]) != suite.KID_BYTES:
        raise BadlyFormedError("kid", f"must be {suite.KID_BYTES} bytes")
    return sign1


def open_own(data: bytes, public_key: bytes, aad: bytes, *, max_bytes: int = cbor.MAX_BYTES) -> bytes:
    """The payload of an envelope of ours signed by this key; a wrong `kid` is refused although the key would do."""
    sign1 = parse_own(data, max_bytes=max_bytes)
    if sign1.kid != suite.kid_of(public_key):
        raise UnknownKeyError((sign1.kid or b"").hex())
    verify(sign1, public_key, aad)
    return sign1.payload


@lru_cache(maxsize=1024)
def protected_header(kid: bytes, alg: int = suite.ED25519.alg) -> bytes:
    return cbor.encode({ALG: alg, KID: kid})


def to_be_signed(protected: bytes, payload: bytes, aad: bytes) -> bytes:
    """The Sig_structure of RFC 9052, 4.4."""
    head = cbor.bytes_head
    return b"".join(
        (_SIGNATURE1, head(len(protected)), protected, head(len(aad)), aad, head(len(payload)), payload),
    )


def assemble(protected: bytes, payload: bytes, signature: bytes) -> bytes:
    """The tagged envelope with nothing unprotected."""
    head = cbor.bytes_head
    start = bytes((_SIGN1_TAG, _LIST_OF_FOUR))
    return b"".join(
        (
            *(start, head(len(protected)), protected, _EMPTY_MAP),
            *(head(len(payload)), payload, head(len(signature)), signature),
        )
    )


def sign(payload: bytes, *, aad: bytes, kid: bytes, sign: Sign, alg: int = suite.ED25519.alg) -> bytes:
    protected = protected_header(kid, alg)
    return assemble(protected, payload, sign(to_be_signed(protected, payload, aad)))


def verify(sign1: Sign1, public_key: bytes, aad: bytes) -> None:
    """Raises SignatureMismatchError or BadKeyError. Whether `kid` belongs to the key is the caller's question."""
    message = to_be_signed(sign1.protected, sign1.payload, aad)
    suite.verify(public_key, message, sign1.signature, sign1.alg)


def _after_tag(data: bytes) -> int:
    if data[:1] == b"\xd2":
        return 1
    major, number, _ = cbor.read_head(data, 0)
    if major != _TAG:
        return 0
    if number in _OTHER_COSE_TAGS:
        raise NotSign1Error(number)
    if number == _SIGN1_TAG & 31:
        raise BadlyFormedError("", "not the canonical encoding")
    raise UnsupportedError(f"tag {number}")


def _read_map(data: bytes, position: int) -> tuple[Mapping[Any, Any], int]:
    if data[position : position + 1] == _EMPTY_MAP:
        return _NOTHING, position + 1
    end = cbor.item_end(data, position)
    value = cbor.decode(data[position:end], max_bytes=len(data))
    if type(value) is not dict:
        raise BadlyFormedError("unprotected", "must be a map")
    return MappingProxyType(value), end


_NOTHING: Mapping[Any, Any] = MappingProxyType({})


_SMALL_BYTES = 64


def _protected_headers(protected: bytes) -> Mapping[Any, Any]:
    # one author's records share their header; large ones are not worth the memory that a stranger could fill
    return _small_headers(protected) if len(protected) <= _SMALL_BYTES else _decode_headers(protected)


def _decode_headers(protected: bytes) -> Mapping[Any, Any]:
    headers = cbor.decode(protected) if protected else {}
    if type(headers) is not dict:
        raise BadlyFormedError("protected", "must be a map")
    _check_kid(headers)
    if CRIT in headers:
        _check_critical(headers[CRIT], headers)
    return MappingProxyType(headers)


_small_headers = lru_cache(maxsize=1024)(_decode_headers)


def _check_unprotected(unprotected: Mapping[Any, Any], headers: Mapping[Any, Any]) -> None:
    if CRIT in unprotected:
        raise BadlyFormedError("crit", "must be protected")
    if not headers.keys().isdisjoint(unprotected.keys()):
        raise BadlyFormedError("unprotected", "repeats a protected header")
    _check_kid(unprotected)


def _check_protected(headers: Mapping[Any, Any], unprotected: Mapping[Any, Any]) -> None:
    if ALG not in headers:
        raise UnsupportedError(f"unprotected algorithm {unprotected.get(ALG)!r:.40}")
    suite.profile_of(headers[ALG])


def _check_kid(headers: Mapping[Any, Any]) -> None:
    if KID in headers and type(headers[KID]) is not bytes:
        raise BadlyFormedError("kid", "must be bytes")


def _check_critical(critical: Any, headers: Mapping[Any, Any]) -> None:
    if type(critical) is not list or not critical or any(type(label) not in (int, str) for label in critical):
        raise BadlyFormedError("crit", "must be a list of labels")
    for label in critical:
        if label not in _UNDERSTOOD:
            raise UnsupportedError(f"critical header {label!r:.40}")
        if label not in headers:
            raise BadlyFormedError("crit", "names a header that is not there")
