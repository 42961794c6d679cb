"""The roster of officers and visitors enters the registry, or is changed in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from shared_models.acts import PeopleRegistered
from shared_models.people import Person
from sync_server.county import County
from sync_server.errors import InvalidError
from sync_server.log.writing import writing
from sync_server.registry.checks import check_key, in_parts
from sync_server.storage.facts import Fact

MAX_LICENCE = 32


def register_people(county: County, account: str, people: Sequence[Person]) -> None:
    """A licence that was revoked stays so, and a portrait stays where none is given.

    Raises InvalidError for an unknown department, a licence that is none (rules 8), or an id that is no key.
    """
    with writing(county) as tx:
        tx.facts.prefetch("department", {person.department for person in people})
        for person in people:
            check_key("person.id", person.id)
            if tx.facts.get("department", person.department) is None:
                raise InvalidError("person.department", "not_registered")
            if person.licence is not None and not 1 <= len(person.licence.strip()) <= MAX_LICENCE:
                raise InvalidError("person.licence", "not_a_licence")
        tx.facts.prefetch("person", [person.id for person in people])
        for part in in_parts([_kept(person, tx.facts.get("person", person.id)) for person in people]):
            tx.append_act(account, PeopleRegistered(part))


def _kept(person: Person, fact: Fact | None) -> Person:
    """A new number is a new licence."""
    if fact is None:
        return person
    before = fact.load(Person)
    is_revoked = person.revoked or (before.revoked and before.licence == person.licence)
    return replace(person, revoked=is_revoked, portrait=person.portrait or before.portrait)
