"""What becomes of a finding and its letter: shown by the enterprise, answered by the department (rules 5).

A promise kept ends the matter; a promise broken reopens it as a case. `about` is the id of the letter's record, or of
the finding's where no letter was written.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from shared_models.errors import BadlyFormedError

MAX_SHOWN_PHOTOS = 6
MAX_SHOWN_NOTE = 500


@dataclass(frozen=True, slots=True)
class CorrectionShown:
    """Whoever holds the letter's copy shows that it is put right, so that nobody need come; account `public`.

    `photos` are SHA-256 of pictures as the server drew them anew.
    """

    about: bytes
    photos: tuple[bytes, ...]
    note: str = ""

    def __post_init__(self) -> None:
        if not 1 <= len(self.photos) <= MAX_SHOWN_PHOTOS:
            raise BadlyFormedError("photos", f"must be 1 to {MAX_SHOWN_PHOTOS}")


class CorrectionWord(StrEnum):
    """整改到位, 还不到位, 现场复查."""

    KEPT = "kept"
    NOT_YET = "not_yet"
    ON_SITE = "on_site"


@dataclass(frozen=True, slots=True)
class CorrectionAnswered:
    """The department's word. `due` is the new day that `not_yet` gives; null keeps the old one.

    `recheck` is the visit on which it was seen, where it was.
    """

    about: bytes
    word: CorrectionWord
    comment: str = ""
    due: date | None = None
    recheck: bytes | None = None


class ObjectionWord(StrEnum):
    """采纳, 问题不成立, 维持.

    `accepted` is about the letter's words or its day: what was found stays a violation. `unfounded` ends it: it was
    none, so nothing is to be put right, and it does not count in the first-offence register.
    """

    ACCEPTED = "accepted"
    UNFOUNDED = "unfounded"
    STANDS = "stands"


@dataclass(frozen=True, slots=True)
class ObjectionAnswered:
    """What the department's head says to a contested letter; the objection and the letter both stay as they are.

    `due` is the new day that an accepted objection gives; null keeps the old one.
    """

    letter: bytes
    word: ObjectionWord
    comment: str
    due: date | None = None

    def __post_init__(self) -> None:
        if not self.comment.strip():
            raise BadlyFormedError("comment", "must be given")
        if self.due is not None and self.word is not ObjectionWord.ACCEPTED:
            raise BadlyFormedError("due", "is given by an accepted objection only")


@dataclass(frozen=True, slots=True)
class PromiseBroken:
    """By the department's head; the case that it reopens as is the next record of the same transaction."""

    about: bytes
    reason: str


@dataclass(frozen=True, slots=True)
class SparingDecided:
    """The department's decision that 首违不罚 needs (行政处罚法 33 ¶1 s.2: may). Not spared: it becomes a case."""

    letter: bytes
    spared: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class FollowUpPlanned:
    """A service visit to an enterprise that was spared (四.2): help, no inspection, so nothing has to be filed."""

    about: bytes
    on: date
    people: tuple[str, ...]
    what: str = ""
