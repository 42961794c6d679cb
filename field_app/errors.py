"""What can go wrong on a phone. The codes are the contract with `texts`; no error words a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from shared_models.errors import ZhuqiError


@dataclass(eq=False)
class OfflineError(ZhuqiError):
    """No answer came: no signal, no server, a connection cut."""

    code: ClassVar[str] = "offline"


@dataclass(eq=False)
class ServerRefusedError(ZhuqiError):
    """The server answered with an error; `problem` is its code, or blank where the answer was not the server's."""

    code: ClassVar[str] = "server_error"
    status: int
    problem: str = ""


@dataclass(eq=False)
class AnswerUnreadableError(ZhuqiError):
    """Half an answer, or the page of a captive portal: nothing was changed, it is asked again."""

    code: ClassVar[str] = "bad_answer"


@dataclass(eq=False)
class CheckpointBehindError(ZhuqiError):
    """The server shows a smaller log than the phone has seen. The phone never goes back."""

    code: ClassVar[str] = "checkpoint_behind"
    held: int
    shown: int


@dataclass(eq=False)
class PhoneBusyError(ZhuqiError):
    """Another program or tab has this phone open."""

    code: ClassVar[str] = "phone_busy"


@dataclass(eq=False)
class DiskFullError(ZhuqiError):
    """The disk is full or does not write. Nothing was changed."""

    code: ClassVar[str] = "disk_full"


@dataclass(eq=False)
class StorageBrokenError(ZhuqiError):
    """The database is not one, or is sealed under another key."""

    code: ClassVar[str] = "storage_broken"


@dataclass(eq=False)
class NoKeystoreError(ZhuqiError):
    """A device that cannot keep a key of its own cannot be an officer's phone."""

    code: ClassVar[str] = "no_keystore"


@dataclass(eq=False)
class NotEnrolledError(ZhuqiError):
    code: ClassVar[str] = "not_enrolled"


@dataclass(eq=False)
class StoppedError(ZhuqiError):
    """Nothing more is written on this phone: `why` is `revoked` or `chain_fork`. It can still be exported."""

    code: ClassVar[str] = "stopped"
    why: str


@dataclass(eq=False)
class UnsentError(ZhuqiError):
    """A phone is not put aside while it holds what the county would take: `waiting` records and photos."""

    code: ClassVar[str] = "unsent"
    waiting: int


@dataclass(eq=False)
class ExportFirstError(ZhuqiError):
    """The county refuses records or photos that this phone holds; it is put aside once they are exported."""

    code: ClassVar[str] = "export_first"
    refused: int


@dataclass(eq=False)
class RootMismatchError(ZhuqiError):
    """The server's root key is not the one whose fingerprint the enrolment code carries."""

    code: ClassVar[str] = "root_mismatch"


@dataclass(eq=False)
class EnrolmentRefusedError(ZhuqiError):
    """The clerk has refused: somebody else's words stood on the screen."""

    code: ClassVar[str] = "enrolment_refused"


@dataclass(eq=False)
class EnrolmentExpiredError(ZhuqiError):
    code: ClassVar[str] = "enrolment_expired"


@dataclass(eq=False)
class BadPictureError(ZhuqiError):
    """Bytes that are no picture, or one far too large to open."""

    code: ClassVar[str] = "bad_picture"


@dataclass(eq=False)
class VoidGateError(ZhuqiError):
    """A gate sheet that the registry has declared void, or never had."""

    code: ClassVar[str] = "void_gate"
    enterprise: str
    gate: int


@dataclass(eq=False)
class EntryNotAllowedError(ZhuqiError):
    """Against this verdict there is no way in (rules 4)."""

    code: ClassVar[str] = "not_allowed"
    verdict: str


@dataclass(eq=False)
class MissingError(ZhuqiError):
    """Something must be given first: `what` is the field."""

    code: ClassVar[str] = "missing"
    what: str


@dataclass(eq=False)
class UnknownVisitError(ZhuqiError):
    code: ClassVar[str] = "unknown_visit"


@dataclass(eq=False)
class VisitClosedError(ZhuqiError):
    """Nothing is added to a visit that is closed, but amendments."""

    code: ClassVar[str] = "visit_closed"


@dataclass(eq=False)
class OwnPassError(ZhuqiError):
    """An officer does not join the visit that their own phone has opened."""

    code: ClassVar[str] = "own_pass"


@dataclass(eq=False)
class AlreadyJoinedError(ZhuqiError):
    code: ClassVar[str] = "already_joined"


@dataclass(eq=False)
class NoFindingsError(ZhuqiError):
    """On a survey or service visit nothing found may become a finding (三.4)."""

    code: ClassVar[str] = "no_findings_here"


@dataclass(eq=False)
class NotSparedError(ZhuqiError):
    """The answers lead to a case, or to no fault: there is no letter to sign (rules 5)."""

    code: ClassVar[str] = "not_spared"


@dataclass(eq=False)
class NoSignatureError(ZhuqiError):
    """A dot or nothing where a signature is wanted: `what` is whose."""

    code: ClassVar[str] = "no_signature"
    what: str


@dataclass(eq=False)
class TextTooLongError(ZhuqiError):
    code: ClassVar[str] = "text_too_long"
    what: str
    most: int


@dataclass(eq=False)
class AlreadyLetterError(ZhuqiError):
    """The finding has its letter; a second one would promise twice."""

    code: ClassVar[str] = "already_letter"
