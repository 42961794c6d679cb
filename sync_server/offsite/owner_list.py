"""What an owner's page does with what was sent: typed texts first, then photos one at a time, then the sending."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from litestar.datastructures import FormMultiDict, UploadFile
from sqlalchemy import Connection

from shared_models.offsite import OffsiteAnswered
from sync_server.offsite.read_told import read_told
from sync_server.offsite.register import CheckState, OffsiteEntry
from sync_server.offsite.typed_answers import TypedAnswer, TypedAnswers, read_typed, typed_from
from sync_server.pages.sent import text_of

_MOST_FILES = 12
AWAITED = (CheckState.OPEN, CheckState.ANSWERED, CheckState.PUT_RIGHT)


@dataclass(frozen=True, slots=True)
class SentPhoto:
    item: int
    file: UploadFile


@dataclass(frozen=True, slots=True)
class SentList:
    """`seen` and `version`: of the list as the sender's page showed it; `drop`: item and photo that are taken out."""

    act: str
    seen: int
    version: int
    answers: tuple[TypedAnswer, ...]
    name: str
    role: str
    note: str
    drop: tuple[int, str] | None
    photos: tuple[SentPhoto, ...] = field(default_factory=tuple)


def read_list(form: FormMultiDict, items: int) -> SentList:
    drop_item, _, drop_photo = text_of(form, "drop").partition(".")
    number = _number(drop_item, items)
    return SentList(
        act=text_of(form, "act"),
        seen=_number(text_of(form, "seen"), 10_000),
        version=_number(text_of(form, "version"), 1_000_000),
        answers=tuple(TypedAnswer(text_of(form, f"said.{n}")[:20], text_of(form, f"note.{n}")) for n in range(items)),
        name=text_of(form, "name"),
        role=text_of(form, "role"),
        note=text_of(form, "note"),
        drop=(number, drop_photo) if number >= 0 and drop_photo else None,
        photos=tuple(
            SentPhoto(n, one)
            for n in range(items)
            for one in form.getall(f"photo.{n}", [])
            if isinstance(one, UploadFile) and one.filename
        )[:_MOST_FILES],
    )


def told_so_far(entry: OffsiteEntry) -> int:
    """How many answers of both sides there are: a page that showed fewer is not the newest."""
    return len(entry.answers) + len(entry.reviews)


def typed_now(connection: Connection, entry: OffsiteEntry) -> TypedAnswers:
    """What lies there: the draft, else the last answer to begin from, else a blank list."""
    kept = read_typed(connection, entry.check)
    if kept is not None and len(kept.answers) == len(entry.form.items):
        return kept
    before = read_told(connection, entry.answers[-1]) if entry.answers else None
    if isinstance(before, OffsiteAnswered):
        return typed_from(before)
    return TypedAnswers(tuple(TypedAnswer() for _ in entry.form.items))


def with_texts(now: TypedAnswers, sent: SentList) -> TypedAnswers:
    """What was typed takes the place of what lies there; photos stay, for they came one by one."""
    pairs = zip(now.answers, sent.answers, strict=True)
    answers = tuple(replace(mine, photos=kept.photos) for kept, mine in pairs)
    return replace(now, answers=answers, name=sent.name, role=sent.role, note=sent.note)


def is_fresh(entry: OffsiteEntry, now: TypedAnswers, sent: SentList) -> bool:
    return sent.seen == told_so_far(entry) and (
        sent.version == now.version or with_texts(now, sent).says() == now.says()
    )


def _number(text: str, below: int) -> int:
    """-1 for what is none, or too large."""
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 8 else -1  # noqa: PLR2004
    return number if number < below else -1
