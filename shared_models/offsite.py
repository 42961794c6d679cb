"""非现场检查 (三.4, rules 6): a self-check list for the enterprise, and the department's answer. Nobody enters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

MAX_ITEMS, MAX_PHOTOS_EACH, MAX_PHOTOS = 30, 4, 40
MAX_ITEM_TEXT, MAX_PROVISION, MAX_TITLE = 200, 120, 80
MAX_NOTE, MAX_WORD, MAX_LONG_NOTE = 300, 40, 1_000
"""Of an item's note, a name or role, and a note or answer on the whole: so that any list fits one record."""


class Said(StrEnum):
    """The enterprise's word on an item: it is so, it is not, or there is no such thing here."""

    YES = "yes"
    NO = "no"
    NOT_APPLICABLE = "not_applicable"


class Outcome(StrEnum):
    """The department's answer to the whole; to one item only the first two."""

    IN_ORDER = "in_order"
    PUT_RIGHT = "put_right"
    VISIT_NEEDED = "visit_needed"


@dataclass(frozen=True, slots=True)
class ListItem:
    """In plain language, so that a shopkeeper can say yes or no; `provision` is the clause that it comes from."""

    text: str
    provision: str = ""
    wants_photo: bool = False


@dataclass(frozen=True, slots=True)
class SelfCheckList:
    """自查清单 of a department, to begin a check from; a retired one is not offered any more."""

    id: str
    department: str
    title: str
    items: tuple[ListItem, ...]
    retired: bool = False


@dataclass(frozen=True, slots=True)
class SelfCheckListsPublished:
    """A list of a known id replaces it."""

    lists: tuple[SelfCheckList, ...]


@dataclass(frozen=True, slots=True)
class OffsiteCheckFiled:
    """One enterprise's check. `number` begins with FX; `list` is the id of the list that it began from, or blank.

    `officers` are who answer; the head approved it at `approved_at`, in milliseconds.
    """

    number: str
    department: str
    officers: tuple[str, ...]
    enterprise: str
    title: str
    items: tuple[ListItem, ...]
    due: date
    approved_by: str
    approved_at: int
    note: str = ""
    list: str = ""
    external_refs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OffsiteDueMoved:
    """More time; with `new_link` the address that the enterprise was given holds no more, and another one does."""

    check: str
    due: date
    comment: str = ""
    new_link: bool = False


@dataclass(frozen=True, slots=True)
class OffsiteCheckWithdrawn:
    check: str
    comment: str = ""


@dataclass(frozen=True, slots=True)
class ItemAnswer:
    """`photos` by their SHA-256."""

    said: Said
    note: str = ""
    photos: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class OffsiteAnswered:
    """Who holds the link answers, so the account is `public`. As many answers as the check has items.

    `amends`: the record that this one takes the place of, before the department has answered. `after`: the department's
    answer that asked for something to be put right.
    """

    check: str
    answers: tuple[ItemAnswer, ...]
    name: str
    role: str = ""
    note: str = ""
    amends: bytes | None = None
    after: bytes | None = None


@dataclass(frozen=True, slots=True)
class ItemReview:
    """`item` counts from 0."""

    item: int
    outcome: Outcome
    text: str = ""


@dataclass(frozen=True, slots=True)
class OffsiteReviewed:
    """`answer` is the record that the officer looked at; `put_right_by` where something is to be put right."""

    check: str
    answer: bytes
    outcome: Outcome
    officer: str
    text: str = ""
    put_right_by: date | None = None
    items: tuple[ItemReview, ...] = ()
