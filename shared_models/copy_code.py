"""What stays with the enterprise: a code whose text is the letter itself, and the id that leads to its proof.

`https://HOST/l/<digits>`. The record's id is its hash, so the copy names one letter and no other. Whoever scans it
without signal still reads the words; what they prove is asked of the county.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

from shared_models import cbor
from shared_models.code_texts import MAX_TEXT, bytes_to_digits, digits_to_bytes
from shared_models.errors import BadlyFormedError, UnknownFormatError, UnreadableError, WrongHostError

LETTER = "l"
MAX_BYTES = 1_200
"""What fits a QR code of version 25 at level L beside the address."""
_URL = re.compile(r"https://([^/?#]+)/l/([0-9]*)", re.IGNORECASE | re.ASCII)
_ID_BYTES = 32


class Copied(IntEnum):
    LETTER = 1
    GUIDANCE = 2
    VISIT = 3


@dataclass(frozen=True, slots=True)
class Copy:
    """`record` is the id of the letter's record, else of a visit's opening; `text` is blank where it would not fit."""

    kind: Copied
    record: bytes
    text: str


def copy_text(host: str, copy: Copy) -> str:
    """With as much of the words as a code holds: all of them or none."""
    raw = cbor.encode([copy.kind.value, copy.record, copy.text])
    if len(raw) > MAX_BYTES:
        raw = cbor.encode([copy.kind.value, copy.record, ""])
    return f"https://{host}/{LETTER}/{bytes_to_digits(raw)}"


def read_copy(text: str, host: str) -> Copy:
    """Raises Unreadable, UnknownFormat, WrongHost or BadlyFormedError."""
    if not text.strip() or len(text) > MAX_TEXT:
        raise UnreadableError
    match = _URL.fullmatch(text.strip())
    if match is None:
        raise UnknownFormatError
    if match[1].casefold() != host.casefold():
        raise WrongHostError(match[1])
    return read_digits(match[2])


def read_digits(digits: str) -> Copy:
    plain = cbor.decode(digits_to_bytes(digits), max_bytes=MAX_TEXT)
    match plain:
        case [int(kind), bytes(record), str(words)] if kind in tuple(Copied) and len(record) == _ID_BYTES:
            return Copy(Copied(kind), record, words)
    raise BadlyFormedError("copy", "must be a kind, a record's id and a text")
