"""Who may handle a case: two registered officers at least, whose licences stand (行政处罚法 42)."""

from __future__ import annotations

from shared_models.calendar import day_of
from shared_models.commitment import OFFICERS_NEEDED
from shared_models.people import Person
from sync_server.errors import InvalidError
from sync_server.log.writing import Writing
from sync_server.registry.checks import check_key


def check_handlers(tx: Writing, handlers: tuple[str, ...], department: str) -> tuple[str, ...]:
    """Each once, one of the department at least. Raises InvalidError."""
    for one in handlers:
        check_key("handlers", one)
    tx.facts.prefetch("person", handlers)
    people = [fact.load(Person) for one in dict.fromkeys(handlers) if (fact := tx.facts.get("person", one))]
    today = day_of(tx.now)
    if len(people) < OFFICERS_NEEDED or len(people) != len(set(handlers)):
        raise InvalidError("handlers", "must_be_two_officers")
    for person in people:
        is_valid = (person.valid_from or today) <= today <= (person.valid_until or today)
        if person.licence is None or person.revoked or not is_valid:
            raise InvalidError("handlers", "must_be_two_officers")
    if all(person.department != department for person in people):
        raise InvalidError("handlers", "not_of_this_department")
    return tuple(person.id for person in people)
