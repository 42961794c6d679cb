"""What others have said to this phone's records, as the county's data tell it: approver, enterprise, second officer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from field_app.phone import Phone
from field_app.storage.database import Rows
from field_app.storage.reference import read_item
from field_app.visits.visit_page import VisitPage
from shared_models.commitment import LetterRefused, LetterSigned
from shared_models.county import Answer


@dataclass(frozen=True, slots=True)
class Answers:
    """`joined` goes by person, `letters` and `promises` by record: the enterprise's word and the department's."""

    exception: Answer | None = None
    joined: Mapping[str, Answer] = field(default_factory=dict)
    letters: Mapping[bytes, Answer] = field(default_factory=dict)
    promises: Mapping[bytes, Answer] = field(default_factory=dict)


async def read_answers(phone: Phone, page: VisitPage) -> Answers:
    return await phone.database.read(lambda rows: _answers(rows, page))


def _answers(rows: Rows, page: VisitPage) -> Answers:
    opening = page.summary.opening.hex()
    people = (one.id for one in page.summary.decision.people)
    letters = [one.id for one in page.entries if isinstance(one.body, LetterSigned | LetterRefused)]
    joined: dict[str, Answer | None] = {one: read_item(rows, "answer", f"{opening}/{one}") for one in people}
    answered: dict[bytes, Answer | None] = {one: read_item(rows, "answer", one.hex()) for one in letters}
    return Answers(
        exception=read_item(rows, "answer", opening),
        joined={one: answer for one, answer in joined.items() if answer is not None},
        letters={one: answer for one, answer in answered.items() if answer is not None},
        promises={one: answer for one in letters if (answer := read_promise(rows, one)) is not None},
    )


def read_promise(rows: Rows, letter: bytes) -> Answer | None:
    """The department's last word on what was promised."""
    answer: Answer | None = read_item(rows, "answer", f"{letter.hex()}/promise")
    return answer
