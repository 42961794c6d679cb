"""The texts inside our QR codes: `https://HOST/<one letter>/…`, made and read. Nothing here is verified."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from shared_models import cbor, suite
from shared_models.enterprise import is_uscc
from shared_models.errors import BadlyFormedError, UnknownFormatError, UnreadableError, WrongHostError

MAX_TEXT = 4_296
"""The most characters that any QR code holds."""
SECRET_BYTES = FINGERPRINT_BYTES = 5
_MAX_GATE_NO = 9_999
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: no I, L, O, U
_ALIKE = str.maketrans("OIL", "011")
_ENROLMENT_CHARACTERS = 16
_URL = re.compile(r"https://([^/?#]+)/([a-z])/(.*)", re.IGNORECASE | re.DOTALL)
_GATE = re.compile(r"([0-9A-Z]{18})-([1-9][0-9]{0,3})")
_DIGITS = re.compile(r"[1-9][0-9]*", re.ASCII)
_NULL = b"\xf6"
_BESIDE_A_CODE = {"Zs", "Cc", "Cf", "Pd"}
"""Spaces, marks that nobody sees, and dashes: what keyboards and messengers put into a code."""


@dataclass(frozen=True, slots=True)
class GateCode:
    """Unsigned on purpose: the signed registry says whether this gate exists and is not void."""

    uscc: str
    gate_no: int


@dataclass(frozen=True, slots=True)
class EnrolmentCode:
    """`root_fingerprint` is the start of the SHA-256 of the county's root key."""

    secret: bytes
    root_fingerprint: bytes


@dataclass(frozen=True, slots=True)
class PassCode:
    certificate: bytes
    credential: bytes
    slip: bytes | None
    visit_pass: bytes


@dataclass(frozen=True, slots=True)
class SlipCode:
    certificate: bytes
    slip: bytes


@dataclass(frozen=True, slots=True)
class CredentialCode:
    certificate: bytes
    credential: bytes


Code = GateCode | EnrolmentCode | PassCode | SlipCode | CredentialCode

KINDS = {"e": "gate", "n": "enrolment", "v": "pass", "s": "slip", "c": "credential"}


def gate_text(host: str, uscc: str, gate_no: int) -> str:
    if not is_uscc(uscc):
        raise BadlyFormedError("uscc", "must be a unified social credit code")
    if not 1 <= gate_no <= _MAX_GATE_NO:
        raise BadlyFormedError("gate_no", f"must be from 1 to {_MAX_GATE_NO}")
    return f"https://{host}/e/{uscc}-{gate_no}"


def enrolment_text(host: str, secret: bytes, root_fingerprint: bytes) -> str:
    return f"https://{host}/n/{enrolment_typed(secret, root_fingerprint)}"


def enrolment_typed(secret: bytes, root_fingerprint: bytes) -> str:
    """The sixteen characters that a person can read out, in groups of four."""
    if len(secret) != SECRET_BYTES or len(root_fingerprint) != FINGERPRINT_BYTES:
        raise BadlyFormedError("enrolment", "must be five bytes of secret and five of the root's fingerprint")
    number = int.from_bytes(secret + root_fingerprint, "big")
    characters = [_ALPHABET[number >> shift & 31] for shift in range(75, -1, -5)]
    return "-".join("".join(characters[start : start + 4]) for start in range(0, _ENROLMENT_CHARACTERS, 4))


def pass_text(host: str, code: PassCode) -> str:
    slip = _NULL if code.slip is None else code.slip
    return _digits_text(host, "v", code.certificate + code.credential + slip + code.visit_pass)


def slip_text(host: str, code: SlipCode) -> str:
    return _digits_text(host, "s", code.certificate + code.slip)


def credential_text(host: str, code: CredentialCode) -> str:
    return _digits_text(host, "c", code.certificate + code.credential)


def kind_of_text(text: str) -> str | None:
    """gate, enrolment, pass, slip or credential by the look of it, whatever the host; null for foreign texts."""
    match = _URL.fullmatch(text)
    return None if match is None else KINDS.get(match[2].lower())


def read_code(text: str, host: str) -> Code:
    """Take a scanned text apart. Raises Unreadable, UnknownFormat, WrongHost or BadlyFormedError."""
    if not text.strip() or len(text) > MAX_TEXT or not text.isprintable():
        raise UnreadableError
    match = _URL.fullmatch(text)
    kind = None if match is None else KINDS.get(match[2].lower())
    if match is None or kind is None:
        raise UnknownFormatError
    if match[1].casefold() != host.casefold():
        raise WrongHostError(match[1])
    rest = match[3]
    if kind == "gate":
        return _read_gate(rest)
    if kind == "enrolment":
        return read_typed_enrolment(rest)
    return _read_parts(kind, rest)


def typed_characters(text: str) -> str:
    """A code as typed: in any case, in the full-width letters of a Chinese keyboard, with any spaces and dashes."""
    folded = unicodedata.normalize("NFKC", text).upper()
    return "".join(mark for mark in folded if unicodedata.category(mark) not in _BESIDE_A_CODE)


def read_typed_enrolment(text: str) -> EnrolmentCode:
    """As typed by a person; O stands for 0, I and L for 1."""
    characters = typed_characters(text).translate(_ALIKE)
    if len(characters) != _ENROLMENT_CHARACTERS or any(mark not in _ALPHABET for mark in characters):
        raise BadlyFormedError("enrolment", "must be sixteen letters and digits")
    number = 0
    for mark in characters:
        number = number << 5 | _ALPHABET.index(mark)
    raw = number.to_bytes(SECRET_BYTES + FINGERPRINT_BYTES, "big")
    return EnrolmentCode(raw[:SECRET_BYTES], raw[SECRET_BYTES:])


def root_fingerprint(root: bytes) -> bytes:
    return suite.fingerprint(root)[:FINGERPRINT_BYTES]


def bytes_to_digits(raw: bytes) -> str:
    """QR codes write digits in less room than bytes; the leading 1 keeps zeros at the front."""
    return str(int.from_bytes(b"\x01" + raw, "big"))


def digits_to_bytes(digits: str) -> bytes:
    if len(digits) > MAX_TEXT or not _DIGITS.fullmatch(digits):
        raise BadlyFormedError("digits", "must be digits without a leading zero")
    number = int(digits)
    raw = number.to_bytes((number.bit_length() + 7) // 8, "big")
    if raw[0] != 1:
        raise BadlyFormedError("digits", "must start with the byte 1")
    return raw[1:]


def _digits_text(host: str, letter: str, raw: bytes) -> str:
    return f"https://{host}/{letter}/{bytes_to_digits(raw)}"


def _read_gate(rest: str) -> GateCode:
    match = _GATE.fullmatch(rest)
    if match is None or not is_uscc(match[1]):
        raise BadlyFormedError("gate", "must be a unified social credit code and a gate number")
    return GateCode(match[1], int(match[2]))


def _read_parts(kind: str, rest: str) -> Code:
    raw = digits_to_bytes(rest)
    parts = cbor.split_sequence(raw, max_bytes=MAX_TEXT, max_items=4)
    if kind == "pass" and len(parts) == 4:  # noqa: PLR2004 - certificate, credential, slip or null, pass
        return PassCode(parts[0], parts[1], None if parts[2] == _NULL else parts[2], parts[3])
    if kind == "slip" and len(parts) == 2:  # noqa: PLR2004
        return SlipCode(*parts)
    if kind == "credential" and len(parts) == 2:  # noqa: PLR2004
        return CredentialCode(*parts)
    raise BadlyFormedError(kind, "must hold the parts of its kind")
