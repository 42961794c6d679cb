"""Read what an enterprise's phone brought: a pass as it was scanned or pasted, and what it is worth by our clock."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from shared_models.code_texts import PassCode, digits_to_bytes, kind_of_text, read_code
from shared_models.codes import OpenedPass, Trust, open_pass_code, status_of
from shared_models.credential import (
    Credential,
    VisitPass,
    open_certificate,
    open_credential,
    open_pass,
)
from shared_models.errors import UnknownFormatError, ZhuqiError

EARLY_SECONDS = 300
"""Online, a phone's clock may be five minutes off to either side."""
_MIN_BARE_DIGITS = 200


@dataclass(frozen=True, slots=True)
class Genuine:
    """A pass that an enrolled phone of this county has signed, whether it is good now or not."""

    credential: Credential
    visit_pass: VisitPass


@dataclass(frozen=True, slots=True)
class ReadPass:
    """`status` is one of the twelve; `opened` where it is valid, `genuine` where at least the signatures are right."""

    status: str
    digest: bytes
    genuine: Genuine | None
    opened: OpenedPass | None = None


def pass_text_of(given: str, host: str) -> str:
    """The scanned address; bare digits are taken for the rest of one."""
    text = "".join(given.split())
    if text.isascii() and text.isdigit() and len(text) >= _MIN_BARE_DIGITS:
        return f"https://{host}/v/{text}"
    return text


def looks_like_a_code(given: str) -> bool:
    """Whether it is an address or a pass's digits, and no spoken code."""
    return "://" in given or kind_of_text(given.strip()) is not None or len("".join(given.split())) >= _MIN_BARE_DIGITS


def read_code_of_pass(text: str, host: str) -> PassCode:
    """Raises what `read_code` does, and UnknownFormatError for another code of ours."""
    code = read_code(text, host)
    if not isinstance(code, PassCode):
        raise UnknownFormatError
    return code


def genuine_of(code: PassCode, root: bytes) -> Genuine | None:
    """Whoever signed it, at whatever time."""
    try:
        certificate = open_certificate(code.certificate, root, None)
        credential = open_credential(code.credential, certificate.public_key, None)
        visit_pass = open_pass(code.visit_pass, credential.public_key, None)
    except ZhuqiError:
        return None
    return Genuine(credential, visit_pass) if credential.county == certificate.county else None


def judged(code: PassCode, trust: Trust, now: datetime) -> tuple[str, OpenedPass | None]:
    try:
        return "valid", open_pass_code(code, trust, now, early_seconds=EARLY_SECONDS)
    except ZhuqiError as err:
        return status_of(err), None


def digest_of(text: str) -> bytes:
    """Of the pass's bytes, so that the same pass is known again however it was typed."""
    try:
        raw = digits_to_bytes(text.rpartition("/")[2])
    except ZhuqiError:
        raw = text.encode("utf-8", "surrogatepass")
    return hashlib.sha256(raw).digest()
