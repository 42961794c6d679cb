"""One family of refusals with stable codes. An error carries data, never a sentence for a person.

The codes are the contract: `sync_server.http_errors` maps them to HTTP, `field_app.texts` to screen texts.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import ClassVar


@dataclass(eq=False)
class ZhuqiError(Exception):
    """The root of the family; catch it to catch every refusal of ours and nothing else."""

    code: ClassVar[str] = "error"

    def __str__(self) -> str:
        details = ", ".join(f"{f.name}={getattr(self, f.name)!r}" for f in fields(self))
        return f"{self.code}: {details}" if details else self.code


@dataclass(eq=False)
class BadlyFormedError(ZhuqiError):
    """Bytes or values that are not what the format says. `where` is a key path, `problem` a short English reason."""

    code: ClassVar[str] = "badly_formed"
    where: str
    problem: str


@dataclass(eq=False)
class UnreadableError(ZhuqiError):
    code: ClassVar[str] = "unreadable"


@dataclass(eq=False)
class UnknownFormatError(ZhuqiError):
    """A readable text that is none of ours: any foreign QR code."""

    code: ClassVar[str] = "unknown_format"


@dataclass(eq=False)
class TooLargeError(ZhuqiError):
    code: ClassVar[str] = "too_large"
    size_bytes: int
    max_bytes: int


@dataclass(eq=False)
class NotSign1Error(ZhuqiError):
    """A COSE message of another type (COSE_Sign, COSE_Mac0, …) where COSE_Sign1 is wanted."""

    code: ClassVar[str] = "not_sign1"
    tag: int


@dataclass(eq=False)
class UnsupportedError(ZhuqiError):
    """An algorithm, critical header or version that this profile does not have."""

    code: ClassVar[str] = "unsupported"
    what: str


@dataclass(eq=False)
class BadKeyError(ZhuqiError):
    """A public key that is not canonical or of small order (the suite's strict pre-check)."""

    code: ClassVar[str] = "bad_key"


@dataclass(eq=False)
class SignatureMismatchError(ZhuqiError):
    code: ClassVar[str] = "signature_mismatch"


@dataclass(eq=False)
class UnknownKeyError(ZhuqiError):
    """Nobody that the verifier trusts has this key, whatever its `kid` says."""

    code: ClassVar[str] = "unknown_key"
    kid: str = ""


@dataclass(eq=False)
class ExpiredError(ZhuqiError):
    code: ClassVar[str] = "expired"
    at: str = ""


@dataclass(eq=False)
class NotYetError(ZhuqiError):
    code: ClassVar[str] = "not_yet"
    at: str = ""


@dataclass(eq=False)
class RevokedError(ZhuqiError):
    code: ClassVar[str] = "revoked"
    kid: str = ""


@dataclass(eq=False)
class WrongHostError(ZhuqiError):
    code: ClassVar[str] = "wrong_host"
    host: str


@dataclass(eq=False)
class TrustTooOldError(ZhuqiError):
    code: ClassVar[str] = "trust_too_old"
    issued_at: str


@dataclass(eq=False)
class ProofMismatchError(ZhuqiError):
    """An inclusion or consistency proof that does not lead to the signed root (RFC 6962)."""

    code: ClassVar[str] = "proof_mismatch"


@dataclass(eq=False)
class ChainError(ZhuqiError):
    """Records of one author that do not follow one another: `code` says how."""

    code: ClassVar[str] = "chain_broken"
    seq: int


@dataclass(eq=False)
class ChainGapError(ChainError):
    code: ClassVar[str] = "chain_gap"


@dataclass(eq=False)
class ChainForkError(ChainError):
    code: ClassVar[str] = "chain_fork"
