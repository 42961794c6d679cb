"""One off-site check as pages and prints show it: what was asked, what was said, and by whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from shared_models.calendar import day_of
from shared_models.enterprise import Enterprise
from shared_models.errors import ZhuqiError
from shared_models.kinds import body_of
from shared_models.offsite import ItemReview, OffsiteAnswered, OffsiteReviewed
from shared_models.people import Department, Person
from shared_models.record import peek
from sync_server.clock import instant_of
from sync_server.county import County
from sync_server.errors import NotFoundError
from sync_server.offsite.read_told import read_told
from sync_server.offsite.register import OffsiteEntry, Told
from sync_server.offsite.search_checks import filings_after
from sync_server.storage.facts import current_facts, facts_since
from sync_server.storage.tables import log_entries


@dataclass(frozen=True, slots=True)
class Act:
    """A record about the check; `comment` what was said with it."""

    index: int
    at: int
    kind: str
    account: str
    by: str
    comment: str


@dataclass(frozen=True, slots=True)
class ShownCheck:
    """`answer` and `review` are the last of each side; `is_late`: the last answer came after the day."""

    entry: OffsiteEntry
    enterprise: Enterprise | None
    department: str
    officers: tuple[Person, ...]
    answer: OffsiteAnswered | None
    answer_told: Told | None
    review: OffsiteReviewed | None
    review_told: Told | None
    acts: tuple[Act, ...]
    filings: tuple[tuple[str, str], ...]
    """Id and number of what was filed after it."""
    is_overdue: bool
    is_late: bool

    @property
    def enterprise_name(self) -> str:
        return self.enterprise.name if self.enterprise and self.enterprise.name else self.entry.form.enterprise

    @property
    def review_is_of_answer(self) -> bool:
        """The last review is about the last answer, not about one before it."""
        return (
            self.review is not None and self.answer_told is not None and self.review.answer == self.answer_told.record
        )

    @property
    def item_reviews(self) -> dict[int, ItemReview]:
        return {one.item: one for one in self.review.items} if self.review else {}

    def officer_name(self, officer: str) -> str:
        return next((one.name for one in self.officers if one.id == officer and one.name), officer)


def read_check(county: County, connection: Connection, entry: OffsiteEntry) -> ShownCheck:
    form = entry.form
    found = current_facts(connection, "enterprise", [form.enterprise]).get(form.enterprise)
    department = current_facts(connection, "department", [form.department]).get(form.department)
    people = {key: fact.load(Person) for key, fact in current_facts(connection, "person", form.officers).items()}
    answers, reviews = entry.answers[-1:], entry.reviews[-1:]
    answer = read_told(connection, answers[0]) if answers else None
    review = read_told(connection, reviews[0]) if reviews else None
    return ShownCheck(
        entry=entry,
        enterprise=found.load(Enterprise) if found else None,
        department=department.load(Department).name if department else form.department,
        officers=tuple(people.get(one, Person(one, form.department)) for one in form.officers),
        answer=answer if isinstance(answer, OffsiteAnswered) else None,
        answer_told=answers[0] if answers else None,
        review=review if isinstance(review, OffsiteReviewed) else None,
        review_told=reviews[0] if reviews else None,
        acts=_acts(connection, entry.check),
        filings=filings_after(connection, form.number),
        is_overdue=entry.is_overdue(day_of(county.clock.now())),
        is_late=_is_late(connection, entry),
    )


def may_show_photo(connection: Connection, entry: OffsiteEntry, photo: bytes) -> None:
    """Raises NotFoundError for a picture that no answer of this check names."""
    for told in entry.answers:
        said = read_told(connection, told)
        if isinstance(said, OffsiteAnswered) and any(photo in one.photos for one in said.answers):
            return
    raise NotFoundError("photo", photo.hex())


def _is_late(connection: Connection, entry: OffsiteEntry) -> bool:
    """By the day that held when the last answer came."""
    if not entry.answers:
        return False
    last = entry.answers[-1]
    before = [fact for fact in facts_since(connection, "offsite", [entry.check], 0) if fact.from_index < last.index]
    due = max(before, key=lambda fact: fact.from_index).load(OffsiteEntry).due if before else entry.due
    return day_of(instant_of(last.at)) > due


def _acts(connection: Connection, check: str) -> tuple[Act, ...]:
    indexes = [fact.from_index for fact in facts_since(connection, "offsite", [check], 0)]
    columns = log_entries.c
    query = select(columns.index, columns.received_at, columns.kind, columns.envelope).where(columns.index.in_(indexes))
    made = []
    found: list[Any] = list(connection.execute(query.order_by(columns.index)))
    for index, at, kind, envelope in found:
        try:
            body = body_of(peek(bytes(envelope)))
        except ZhuqiError:  # an act of a later release: its place and time are shown
            made.append(Act(index, at, kind, "", "", ""))
            continue
        comment = getattr(body.act, "comment", "") or getattr(body.act, "text", "")
        made.append(Act(index, at, kind, body.account, getattr(body.act, "name", ""), comment))
    return tuple(made)
