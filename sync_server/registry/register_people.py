"""The roster of officers and visitors enters the registry, or is changed in it."""

from __future__ import annotations

from collections.abc import Sequence

from shared_models.acts import PeopleRegistered
from shared_models.people import Person
from sync_server.county import County
from sync_server.errors import InvalidError
from sync_server.log.writing import writing
from sync_server.registry.checks import check_key, in_parts

MAX_LICENCE = 32


def register_people(county: County, account: str, people: Sequence[Person]) -> None:
    """Raises InvalidError for an unknown department, a licence that is none (rules 8), or an id that is no key."""
    with writing(county) as tx:
        tx.facts.prefetch("department", {person.department for person in people})
        for person in people:
            check_key("person.id", person.id)
            if tx.facts.get("department", person.department) is None:
                raise InvalidError("person.department", "not_registered")
            if person.licence is not None and not 1 <= len(person.licence.strip()) <= MAX_LICENCE:
                raise InvalidError("person.licence", "not_a_licence")
        for part in in_parts(people):
            tx.append_act(account, PeopleRegistered(part))
