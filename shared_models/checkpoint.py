"""Checkpoints of the log: C2SP signed-note and tlog-checkpoint, with a tlog-cosignature by the same key for the time.

The note's own signature lets any C2SP tool read it; the timestamped one says when the server stood by it.
"""

from __future__ import annotations

import binascii
import hashlib
from base64 import b64encode
from dataclasses import dataclass

from shared_models import suite
from shared_models.cose import Sign
from shared_models.errors import BadlyFormedError, SignatureMismatchError, TooLargeError, UnknownKeyError
from shared_models.merkle import HASH_BYTES

MAX_TEXT = 16_384
_MAX_EXTRA_LINES = 16
_DASH = "\N{EM DASH} "
_KEY_ID_BYTES = 4
_TIME_BYTES = 8
_MAX_NUMBER = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """`origin` is "<county host>/log"; `issued_at` in seconds since 1970, by the server's clock."""

    origin: str
    size: int
    root: bytes
    issued_at: int


def checkpoint_to_be_signed(checkpoint: Checkpoint) -> tuple[bytes, bytes]:
    """The note's text and the timestamped message: both are signed."""
    body = _body(checkpoint)
    return body, _timed(body, checkpoint.issued_at)


def sign_checkpoint(checkpoint: Checkpoint, public_key: bytes, sign: Sign) -> str:
    """The whole note, ready to be served as text."""
    _check(checkpoint)
    body, timed = checkpoint_to_be_signed(checkpoint)
    note_id, time_id = _key_ids(checkpoint.origin, public_key)
    time = checkpoint.issued_at.to_bytes(_TIME_BYTES, "big")
    lines = (
        f"{_DASH}{checkpoint.origin} {_base64(note_id + sign(body))}\n",
        f"{_DASH}{checkpoint.origin} {_base64(time_id + time + sign(timed))}\n",
    )
    return body.decode() + "\n" + "".join(lines)


def open_checkpoint(text: str, *, origin: str, public_key: bytes) -> Checkpoint:
    """The checkpoint, with both signatures of this key verified; other signers' lines are passed over.

    Raises UnknownKeyError where one of the two is missing, SignatureMismatchError where one is wrong.
    """
    body, signatures = _split_note(text)
    note_id, time_id = _key_ids(origin, public_key)
    ours: dict[bytes, bytes] = {}
    for name, raw in signatures:
        key_id = raw[:_KEY_ID_BYTES]
        if name != origin or key_id not in (note_id, time_id):
            continue
        if key_id in ours:
            raise BadlyFormedError("checkpoint", "signed twice by one key")
        ours[key_id] = raw[_KEY_ID_BYTES:]
    if len(ours) != 2:  # noqa: PLR2004 - the note's and the timed one
        raise UnknownKeyError
    _verify(public_key, body, ours[note_id])
    time, timed_signature = ours[time_id][:_TIME_BYTES], ours[time_id][_TIME_BYTES:]
    issued_at = int.from_bytes(time, "big")
    _verify(public_key, _timed(body, issued_at), timed_signature)
    checkpoint = _read_body(body, issued_at)
    if checkpoint.origin != origin:
        raise BadlyFormedError("origin", "is another log's")
    return checkpoint


def peek_checkpoint(text: str) -> tuple[str, int, bytes]:
    """Origin, size and root as the text says; NOT verified."""
    checkpoint = _read_body(_split_note(text)[0], 0)
    return checkpoint.origin, checkpoint.size, checkpoint.root


def verifier_key(origin: str, public_key: bytes) -> str:
    """The log's key in C2SP's text form, for auditors and witnesses."""
    note_type = bytes((suite.ED25519.note_type,))
    return f"{origin}+{_key_ids(origin, public_key)[0].hex()}+{_base64(note_type + public_key)}"


def _verify(public_key: bytes, message: bytes, signature: bytes) -> None:
    if len(signature) != suite.ED25519.signature_bytes:
        raise SignatureMismatchError
    suite.verify(public_key, message, signature)


def _key_ids(origin: str, public_key: bytes) -> tuple[bytes, bytes]:
    profile = suite.ED25519
    start = _utf8(origin) + b"\n"
    ids = (
        hashlib.sha256(start + bytes((kind,)) + public_key).digest()[:_KEY_ID_BYTES]
        for kind in (profile.note_type, profile.cosignature_type)
    )
    return next(ids), next(ids)


def _body(checkpoint: Checkpoint) -> bytes:
    return _utf8(f"{checkpoint.origin}\n{checkpoint.size}\n{_base64(checkpoint.root)}\n")


def _timed(body: bytes, issued_at: int) -> bytes:
    return b"cosignature/v1\ntime %d\n" % issued_at + body


def _split_note(text: str) -> tuple[bytes, list[tuple[str, bytes]]]:
    if len(text) > MAX_TEXT:
        raise TooLargeError(len(text), MAX_TEXT)
    body, blank, rest = text.partition("\n\n")
    lines = rest.split("\n")
    if not blank or lines.pop() != "" or not lines:
        raise BadlyFormedError("checkpoint", "must be a signed note")
    if len(lines) > _MAX_EXTRA_LINES + 2:
        raise BadlyFormedError("checkpoint", "has too many signatures")
    return _utf8(body + "\n"), [_read_line(line) for line in lines]


def _read_line(line: str) -> tuple[str, bytes]:
    name, space, encoded = line.removeprefix(_DASH).partition(" ")
    if not line.startswith(_DASH) or not space or not name:
        raise BadlyFormedError("checkpoint", "must end in signature lines")
    raw = _unbase64(encoded)
    if len(raw) <= _KEY_ID_BYTES:
        raise BadlyFormedError("checkpoint", "has an empty signature")
    return name, raw


def _read_body(body: bytes, issued_at: int) -> Checkpoint:
    lines = body.decode().split("\n")
    if len(lines) != 4:  # noqa: PLR2004 - origin, size, root and what follows the last line
        raise BadlyFormedError("checkpoint", "must say origin, size and root")
    origin, size, root, _ = lines
    if not (size.isascii() and size.isdigit()) or len(size) > len(str(_MAX_NUMBER)) or str(int(size)) != size:
        raise BadlyFormedError("checkpoint.size", "must be a number")
    checkpoint = Checkpoint(origin, int(size), _unbase64(root), issued_at)
    _check(checkpoint)
    return checkpoint


def _check(checkpoint: Checkpoint) -> None:
    if not checkpoint.origin or any(mark.isspace() or mark == "+" for mark in checkpoint.origin):
        raise BadlyFormedError("checkpoint.origin", "must be a name without spaces and +")
    if not 0 <= checkpoint.size <= _MAX_NUMBER:
        raise BadlyFormedError("checkpoint.size", "is out of range")
    if len(checkpoint.root) != HASH_BYTES:
        raise BadlyFormedError("checkpoint.root", "must be 32 bytes")
    if not 0 <= checkpoint.issued_at <= _MAX_NUMBER:
        raise BadlyFormedError("checkpoint.issued_at", "is out of range")


def _utf8(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError as err:
        raise BadlyFormedError("checkpoint", "must be UTF-8") from err


def _base64(raw: bytes) -> str:
    return b64encode(raw).decode()


def _unbase64(text: str) -> bytes:
    """Standard base64 in its one spelling: padded, with no bits left over."""
    try:
        raw = binascii.a2b_base64(text, strict_mode=True)
    except ValueError as err:  # binascii.Error, and text beyond ASCII
        raise BadlyFormedError("checkpoint", "must be base64") from err
    if _base64(raw) != text:
        raise BadlyFormedError("checkpoint", "must be base64 in its one spelling")
    return raw
