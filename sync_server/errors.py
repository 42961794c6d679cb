"""The server's own refusals, of the one family; `http_errors` says what each is in HTTP."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from shared_models.errors import ZhuqiError


@dataclass(eq=False)
class NotFoundError(ZhuqiError):
    code: ClassVar[str] = "not_found"
    kind: str
    key: str


@dataclass(eq=False)
class WrongStateError(ZhuqiError):
    """What is asked for is not possible in this state, e.g. a withdrawn filing accepted."""

    code: ClassVar[str] = "wrong_state"
    kind: str
    key: str
    state: str


@dataclass(eq=False)
class InvalidError(ZhuqiError):
    """A county act that the registry or the rules do not allow; `problem` is a stable word."""

    code: ClassVar[str] = "invalid"
    where: str
    problem: str


@dataclass(eq=False)
class UnauthenticatedError(ZhuqiError):
    code: ClassVar[str] = "unauthenticated"


@dataclass(eq=False)
class RequestTimeError(ZhuqiError):
    """A signed request whose time is off; the phone signs again with the server's."""

    code: ClassVar[str] = "request_time_off"
    server_time: int


@dataclass(eq=False)
class EnrolmentCodeError(ZhuqiError):
    """A code that was never issued, is used, or is over: which of them is nobody's business who does not hold it."""

    code: ClassVar[str] = "enrolment_code_invalid"


@dataclass(eq=False)
class EnrolmentThrottledError(ZhuqiError):
    """Too many wrong codes from one address."""

    code: ClassVar[str] = "enrolment_throttled"
    retry_after_seconds: int


@dataclass(eq=False)
class BlobHashMismatchError(ZhuqiError):
    code: ClassVar[str] = "blob_hash_mismatch"


@dataclass(eq=False)
class StorageFullError(ZhuqiError):
    code: ClassVar[str] = "storage_full"


@dataclass(eq=False)
class KeysMissingError(ZhuqiError):
    """A county that was started before, whose keys are not all there: another root must not be made silently."""

    code: ClassVar[str] = "keys_missing"
    file: str


@dataclass(eq=False)
class AheadOfLogError(ZhuqiError):
    """A phone asks for a size that this log has not reached.

    It speaks to another county's server, or the server was restored from a backup.
    """

    code: ClassVar[str] = "ahead_of_log"
    size: int
