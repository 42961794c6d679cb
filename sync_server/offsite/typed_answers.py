"""What an owner has typed and photographed so far: kept on the server, so that no phone loses it."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from shared_models.errors import ZhuqiError
from shared_models.offsite import (
    MAX_LONG_NOTE,
    MAX_NOTE,
    MAX_PHOTOS,
    MAX_PHOTOS_EACH,
    MAX_WORD,
    ItemAnswer,
    ListItem,
    OffsiteAnswered,
    Said,
)
from shared_models.shape import from_plain, to_plain
from sync_server.clock import milliseconds
from sync_server.county import County
from sync_server.offsite.tables import offsite_typed
from sync_server.storage.engine import writing

MAX_UPLOADS = 200
"""Photos that one list may ever send, taken out again ones too: whoever holds a link cannot fill the county's disk."""
_SAID = {one.value for one in Said}


@dataclass(frozen=True, slots=True)
class TypedAnswer:
    """`photos` by their hash in hexadecimal."""

    said: str = ""
    note: str = ""
    photos: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TypedAnswers:
    """As typed, however wrong; `version` counts the saves, 0 before the first."""

    answers: tuple[TypedAnswer, ...]
    name: str = ""
    role: str = ""
    note: str = ""
    uploads: int = 0
    version: int = 0
    saved_at: int = 0

    @property
    def photos(self) -> int:
        return sum(len(one.photos) for one in self.answers)

    def says(self) -> tuple[Any, ...]:
        """What a person typed, without what the server counts and without blanks around it."""
        words = tuple((one.said, one.note.strip()) for one in self.answers)
        return (words, self.name.strip(), self.role.strip(), self.note.strip())


@dataclass(eq=False)
class ListChangedError(ZhuqiError):
    """Another phone has saved the list since this one's page was shown."""

    code = "list_changed"
    saved_at: int


def typed_from(answered: OffsiteAnswered) -> TypedAnswers:
    """An earlier answer to begin from."""
    answers = (
        TypedAnswer(one.said.value, one.note, tuple(photo.hex() for photo in one.photos)) for one in answered.answers
    )
    return TypedAnswers(tuple(answers), answered.name, answered.role, answered.note)


def answered_from(check: str, typed: TypedAnswers) -> OffsiteAnswered:
    """Only for what `find_gaps` has found nothing wrong with."""
    return OffsiteAnswered(
        check=check,
        answers=tuple(
            ItemAnswer(Said(one.said), one.note.strip(), tuple(bytes.fromhex(photo) for photo in one.photos))
            for one in typed.answers
        ),
        name=typed.name.strip(),
        role=typed.role.strip(),
        note=typed.note.strip(),
    )


def find_gaps(items: tuple[ListItem, ...], typed: TypedAnswers) -> dict[str, str]:
    """What is still to be done before it can be sent, by field; an item's field is its number from 0."""
    found: dict[str, str] = {}
    for number, (item, one) in enumerate(zip(items, typed.answers, strict=True)):
        if one.said not in _SAID:
            found[str(number)] = "not_said"
        elif item.wants_photo and one.said != Said.NOT_APPLICABLE and not one.photos:
            found[str(number)] = "photo_is_missing"
        if len(one.note.strip()) > MAX_NOTE:
            found[f"{number}.note"] = "note_too_long"
    if not typed.name.strip():
        found["name"] = "is_missing"
    for name, most in (("name", MAX_WORD), ("role", MAX_WORD), ("note", MAX_LONG_NOTE)):
        if len(getattr(typed, name).strip()) > most:
            found[name] = "word_too_long" if most == MAX_WORD else "long_note_too_long"
    return found


def room_for_photo(typed: TypedAnswers, item: int) -> str:
    """Blank, or why no further photo can be taken for this item."""
    if len(typed.answers[item].photos) >= MAX_PHOTOS_EACH:
        return "photos_each"
    if typed.photos >= MAX_PHOTOS or typed.uploads >= MAX_UPLOADS:
        return "photos_all"
    return ""


def with_photo(typed: TypedAnswers, item: int, sha256: bytes) -> TypedAnswers:
    """The same photo twice is one photo."""
    photos = typed.answers[item].photos
    photos = photos if sha256.hex() in photos else (*photos, sha256.hex())
    return replace(_with_photos(typed, item, photos), uploads=typed.uploads + 1)


def without_photo(typed: TypedAnswers, item: int, photo: str) -> TypedAnswers:
    return _with_photos(typed, item, tuple(one for one in typed.answers[item].photos if one != photo))


def _with_photos(typed: TypedAnswers, item: int, photos: tuple[str, ...]) -> TypedAnswers:
    answers = list(typed.answers)
    answers[item] = replace(answers[item], photos=photos)
    return replace(typed, answers=tuple(answers))


def read_typed(connection: Connection, check: str) -> TypedAnswers | None:
    row = connection.execute(select(offsite_typed).where(offsite_typed.c.id == check)).one_or_none()
    if row is None:
        return None
    typed = from_plain(TypedAnswers, json.loads(row.body), "typed", may_be_newer=True)
    return replace(typed, version=row.version, saved_at=row.saved_at)


def save_typed(county: County, check: str, typed: TypedAnswers) -> TypedAnswers:
    """In place of the same version. Raises ListChangedError where another phone was first."""
    saved = replace(typed, version=typed.version + 1, saved_at=milliseconds(county.clock.now()))
    row = {
        "id": check,
        "version": saved.version,
        "saved_at": saved.saved_at,
        "body": json.dumps(to_plain(saved)).encode("ascii"),
    }
    with writing(county.engine) as connection:
        known = connection.execute(select(offsite_typed).where(offsite_typed.c.id == check)).one_or_none()
        if (known.version if known else 0) != typed.version:
            raise ListChangedError(known.saved_at if known else 0)
        if known is None:
            try:
                with connection.begin_nested():
                    connection.execute(insert(offsite_typed).values(row))
            except IntegrityError as err:  # two phones at once, and both were first
                raise ListChangedError(saved.saved_at) from err
            return saved
        place = (offsite_typed.c.id == check, offsite_typed.c.version == typed.version)
        if connection.execute(update(offsite_typed).where(*place).values(row)).rowcount != 1:
            raise ListChangedError(known.saved_at)
    return saved


def forget_typed(connection: Connection, check: str) -> None:
    """It was sent: the log has it."""
    connection.execute(delete(offsite_typed).where(offsite_typed.c.id == check))
