"""An owner's list as its page shows it: each item with what is typed, what is missing, and what the department said."""

from __future__ import annotations

from dataclasses import dataclass, field

from shared_models.offsite import ItemAnswer, ItemReview, ListItem
from sync_server.offsite.read_check import ShownCheck
from sync_server.offsite.typed_answers import TypedAnswer, TypedAnswers


@dataclass
class Noted:
    """What became of what was sent. `word`: a stable word for the top of the page, blank where all is well.

    `refused`: item, file name and why; `theirs`: what another phone has saved, where that was first.
    """

    typed: TypedAnswers = field(default_factory=lambda: TypedAnswers(()))
    word: str = ""
    theirs: TypedAnswers | None = None
    refused: list[tuple[int, str, str]] = field(default_factory=list)
    gaps: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ShownItem:
    number: int
    item: ListItem
    typed: TypedAnswer
    theirs: TypedAnswer | None
    """Where another phone has saved something else."""
    gap: str
    note_gap: str
    refused: tuple[tuple[str, str], ...]
    answered: ItemAnswer | None
    review: ItemReview | None


@dataclass(frozen=True, slots=True)
class OwnerPage:
    """`is_asked`: the list is to be filled in; else it is shown as it was sent. `unsent`: typed, and too late."""

    items: tuple[ShownItem, ...]
    typed: TypedAnswers
    version: int
    is_asked: bool
    word: str
    gaps: dict[str, str]
    refused: int
    unsent: bool


def show_list(shown: ShownCheck, now: TypedAnswers, noted: Noted, *, is_asked: bool) -> OwnerPage:
    typed = noted.typed if noted.typed.answers else now
    reviews = shown.item_reviews
    items = tuple(
        ShownItem(
            number=number,
            item=item,
            typed=typed.answers[number],
            theirs=_theirs(noted.theirs, typed, number),
            gap=noted.gaps.get(str(number), ""),
            note_gap=noted.gaps.get(f"{number}.note", ""),
            refused=tuple((name, why) for at, name, why in noted.refused if at == number),
            answered=shown.answer.answers[number] if shown.answer else None,
            review=reviews.get(number),
        )
        for number, item in enumerate(shown.entry.form.items)
    )
    return OwnerPage(
        items=items,
        typed=typed,
        version=now.version,
        is_asked=is_asked,
        word=noted.word,
        gaps=noted.gaps,
        refused=len(noted.refused),
        unsent=noted.word == "over" and any(one.said or one.note for one in typed.answers),
    )


def _theirs(theirs: TypedAnswers | None, typed: TypedAnswers, number: int) -> TypedAnswer | None:
    if theirs is None:
        return None
    other, mine = theirs.answers[number], typed.answers[number]
    return other if (other.said, other.note) != (mine.said, mine.note) else None
