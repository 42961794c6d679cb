"""The enterprise sends its answers: for the first time, anew, or when it has put something right."""

from __future__ import annotations

from shared_models.offsite import (
    MAX_LONG_NOTE,
    MAX_NOTE,
    MAX_PHOTOS,
    MAX_PHOTOS_EACH,
    MAX_WORD,
    OffsiteAnswered,
    Said,
)
from sync_server.county import County
from sync_server.errors import InvalidError, WrongStateError
from sync_server.log.entries import Entry
from sync_server.log.writing import Writing, writing
from sync_server.offsite.check_in_state import check_in_state
from sync_server.offsite.read_told import read_told
from sync_server.offsite.register import MOST_ANSWERS, CheckState, OffsiteEntry, Told

PUBLIC = "public"


def answer_list(county: County, answered: OffsiteAnswered, *, seen: int) -> Entry | None:
    """Null where the last answer says the same already: a second click writes nothing.

    `seen`: how many answers of both sides the sender's page showed. `amends` and `after` of `answered` are set here.
    Raises NotFoundError, InvalidError for what is not complete, WrongStateError where the department has answered
    meanwhile (or there were too many answers).
    """
    with writing(county) as tx:
        entry = check_in_state(tx, answered.check, CheckState.OPEN, CheckState.ANSWERED, CheckState.PUT_RIGHT)
        check_answers(county, entry, answered)
        whole = OffsiteAnswered(
            check=answered.check,
            answers=answered.answers,
            name=answered.name,
            role=answered.role,
            note=answered.note,
            amends=entry.answers[-1].record if entry.is_amendable else None,
            after=entry.reviews[-1].record if entry.reviews else None,
        )
        if entry.is_amendable and _says_the_same(tx, entry.answers[-1], whole):
            return None
        if seen != len(entry.answers) + len(entry.reviews):
            raise WrongStateError("offsite", answered.check, "answered_meanwhile")
        if len(entry.answers) >= MOST_ANSWERS:
            raise WrongStateError("offsite", answered.check, "answered_too_often")
        return tx.append_act(PUBLIC, whole)


def check_answers(county: County, entry: OffsiteEntry, answered: OffsiteAnswered) -> None:
    """Raises InvalidError, which names the item by its number."""
    if len(answered.answers) != len(entry.form.items):
        raise InvalidError("answers", "is_missing")
    if not answered.name.strip() or max(len(answered.name), len(answered.role)) > MAX_WORD:
        raise InvalidError("name", "too_long" if answered.name.strip() else "is_missing")
    if len(answered.note) > MAX_LONG_NOTE:
        raise InvalidError("note", "too_long")
    if sum(len(one.photos) for one in answered.answers) > MAX_PHOTOS:
        raise InvalidError("answers", "too_many_photos")
    for number, (item, one) in enumerate(zip(entry.form.items, answered.answers, strict=True)):
        if len(one.note) > MAX_NOTE:
            raise InvalidError(f"answers.{number}", "too_long")
        if len(one.photos) > MAX_PHOTOS_EACH or not all(county.blobs.has(photo) for photo in one.photos):
            raise InvalidError(f"answers.{number}", "too_many_photos")
        if item.wants_photo and one.said is not Said.NOT_APPLICABLE and not one.photos:
            raise InvalidError(f"answers.{number}", "photo_is_missing")


def _says_the_same(tx: Writing, told: Told, whole: OffsiteAnswered) -> bool:
    before = read_told(tx.connection, told)
    same = ("answers", "name", "role", "note")
    return isinstance(before, OffsiteAnswered) and all(getattr(before, one) == getattr(whole, one) for one in same)
