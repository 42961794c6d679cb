"""The department's answer while it is typed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from litestar.datastructures import FormMultiDict

from shared_models.offsite import ItemReview, OffsiteReviewed, Outcome
from sync_server.errors import InvalidError
from sync_server.pages.sent import text_of


@dataclass(frozen=True, slots=True)
class TypedReview:
    """`items`: outcome and words of each item, blank where nothing is said to it. `answer`: the record looked at."""

    answer: str = ""
    outcome: str = ""
    officer: str = ""
    text: str = ""
    put_right_by: str = ""
    items: tuple[tuple[str, str], ...] = ()


def read_review(form: FormMultiDict, items: int) -> TypedReview:
    return TypedReview(
        answer=text_of(form, "answer")[:64],
        outcome=text_of(form, "outcome")[:20],
        officer=text_of(form, "officer")[:64],
        text=text_of(form, "text"),
        put_right_by=text_of(form, "put_right_by")[:20],
        items=tuple((text_of(form, f"item.{n}")[:20], text_of(form, f"text.{n}")) for n in range(items)),
    )


def reviewed_from(check: str, typed: TypedReview) -> OffsiteReviewed:
    """Raises InvalidError for what cannot be read; whether it may be said is `review_answer`'s to say."""
    try:
        outcome, answer = Outcome(typed.outcome), bytes.fromhex(typed.answer)
    except ValueError as err:
        raise InvalidError("outcome", "not_known") from err
    by = _day(typed.put_right_by) if outcome is Outcome.PUT_RIGHT else None
    items = []
    for number, (word, text) in enumerate(typed.items):
        if not word and text.strip():
            raise InvalidError(f"items.{number}", "say_which")
        if word:
            items.append(ItemReview(number, _outcome(word, number), text.strip()))
    return OffsiteReviewed(check, answer, outcome, typed.officer, typed.text.strip(), by, tuple(items))


def _outcome(word: str, number: int) -> Outcome:
    try:
        return Outcome(word)
    except ValueError as err:
        raise InvalidError(f"items.{number}", "not_known") from err


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip()) if text.strip() else None
    except ValueError as err:
        raise InvalidError("put_right_by", "not_a_day") from err
