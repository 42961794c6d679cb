"""The signed record: what decides or witnesses a visit, as bytes that are never migrated."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from shared_models import cbor, cose, suite
from shared_models.errors import BadlyFormedError, TooLargeError, UnknownKeyError

MAX_ENVELOPE_BYTES = cbor.MAX_BYTES
_MAX_KIND = 64
_ROOT_BYTES = _ID_BYTES = 32
_VISIT_BYTES = 16


@dataclass(frozen=True, slots=True)
class Seen:
    """The newest checkpoint that the author held: the record lies provably after it. `issued_at` in seconds."""

    size: int
    root: bytes
    issued_at: int


@dataclass(frozen=True, slots=True)
class Record:
    """`author` is a kid, `prev` the id of the author's previous record, `at` milliseconds since 1970 by its clock."""

    v: int
    kind: str
    author: bytes
    seq: int
    prev: bytes | None
    visit: bytes | None
    at: int
    seen: Seen | None
    body: Mapping[str, Any]


def encode(record: Record) -> bytes:
    """The payload that is signed; refuses what `decode` would not read."""
    seen = record.seen
    payload = cbor.encode(
        {
            "v": record.v,
            "kind": record.kind,
            "author": record.author,
            "seq": record.seq,
            "prev": record.prev,
            "visit": record.visit,
            "at": record.at,
            "seen": None if seen is None else {"size": seen.size, "root": seen.root, "issued_at": seen.issued_at},
            "body": dict(record.body),
        }
    )
    _check(record)
    return payload


def decode(payload: bytes) -> Record:
    """Knows the frame, not the kinds: an unknown `kind` or `v` is read all the same."""
    plain = cbor.decode(payload, max_bytes=MAX_ENVELOPE_BYTES)
    if type(plain) is not dict or plain.keys() != _KEYS:
        raise BadlyFormedError("", "must be a record")
    seen = plain["seen"]
    if seen is not None:
        if type(seen) is not dict or seen.keys() != _SEEN_KEYS:
            raise BadlyFormedError("seen", "must be a checkpoint or null")
        seen = plain["seen"] = Seen(**seen)
    record = Record(**plain)
    _check(record)
    return record


def to_be_signed(record: Record, alg: int = suite.ED25519.alg) -> bytes:
    return cose.to_be_signed(cose.protected_header(record.author, alg), encode(record), cose.AAD_RECORD)


def seal(record: Record, signature: bytes, alg: int = suite.ED25519.alg) -> bytes:
    """The envelope of a record whose `to_be_signed` has this signature. Raises TooLargeError over 64 KiB."""
    return _within_limit(cose.assemble(cose.protected_header(record.author, alg), encode(record), signature))


def sign(record: Record, sign: cose.Sign, alg: int = suite.ED25519.alg) -> bytes:
    """The envelope, signed by a key at hand."""
    payload = encode(record)
    return _within_limit(cose.sign(payload, aad=cose.AAD_RECORD, kid=record.author, sign=sign, alg=alg))


def record_id(envelope: bytes) -> bytes:
    return hashlib.sha256(envelope).digest()


def peek(envelope: bytes) -> Record:
    """The record as it says of itself: NOT verified. Use it to find the author's key, or for envelopes of the log."""
    return _parse(envelope)[1]


def open_record(envelope: bytes, public_key: bytes) -> Record:
    """The record, verified. Raises UnknownKeyError where its author is not the holder of this key."""
    return open_with(envelope, lambda _kid: public_key)


def open_with(envelope: bytes, key_of: Callable[[bytes], bytes | None]) -> Record:
    """`open_record` in one reading where the author is only known from the envelope: `key_of` finds a kid's key."""
    sign1, record = _parse(envelope)
    public_key = key_of(record.author)
    if public_key is None or record.author != suite.kid_of(public_key):
        raise UnknownKeyError(record.author.hex())
    cose.verify(sign1, public_key, cose.AAD_RECORD)
    return record


def _parse(envelope: bytes) -> tuple[cose.Sign1, Record]:
    sign1 = cose.parse_own(envelope, max_bytes=MAX_ENVELOPE_BYTES)
    record = decode(sign1.payload)
    if sign1.kid != record.author:
        raise UnknownKeyError((sign1.kid or b"").hex())
    return sign1, record


def _within_limit(envelope: bytes) -> bytes:
    if len(envelope) > MAX_ENVELOPE_BYTES:
        raise TooLargeError(len(envelope), MAX_ENVELOPE_BYTES)
    return envelope


_KEYS = {"v", "kind", "author", "seq", "prev", "visit", "at", "seen", "body"}
_SEEN_KEYS = {"size", "root", "issued_at"}


def _check(record: Record) -> None:
    for value in (record.v, record.seq, record.at):
        if type(value) is not int or value < 0:
            raise BadlyFormedError("v, seq, at", "must be non-negative integers")
    if type(record.kind) is not str or not 0 < len(record.kind) <= _MAX_KIND:
        raise BadlyFormedError("kind", f"must be a text of 1 to {_MAX_KIND} characters")
    author, prev, visit = record.author, record.prev, record.visit
    if type(author) is not bytes or len(author) != suite.KID_BYTES:
        raise BadlyFormedError("author", f"must be {suite.KID_BYTES} bytes")
    if prev is not None and (type(prev) is not bytes or len(prev) != _ID_BYTES):
        raise BadlyFormedError("prev", f"must be {_ID_BYTES} bytes or null")
    if visit is not None and (type(visit) is not bytes or len(visit) != _VISIT_BYTES):
        raise BadlyFormedError("visit", f"must be {_VISIT_BYTES} bytes or null")
    if record.seen is not None:
        _check_seen(record.seen)
    if type(record.body) is not dict:
        raise BadlyFormedError("body", "must be a map")
    try:
        "".join(record.body)
    except TypeError as err:
        raise BadlyFormedError("body", "must have keys of text") from err


def _check_seen(seen: Seen) -> None:
    for value in (seen.size, seen.issued_at):
        if type(value) is not int or value < 0:
            raise BadlyFormedError("seen", "must hold non-negative integers")
    if type(seen.root) is not bytes or len(seen.root) != _ROOT_BYTES:
        raise BadlyFormedError("seen.root", f"must be {_ROOT_BYTES} bytes")
