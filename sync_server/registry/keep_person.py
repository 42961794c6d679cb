"""An officer or a visitor is registered, or changed."""

from __future__ import annotations

from dataclasses import replace

from shared_models.acts import PeopleRegistered
from shared_models.people import Department, Person
from sync_server.county import County
from sync_server.log.writing import writing
from sync_server.registry.judge import holders, judge_newness, judge_person, refuse
from sync_server.storage.facts import current_of_kind


def keep_person(county: County, account: str, person: Person, *, is_new: bool) -> None:
    """A revocation and a portrait have acts of their own and are kept. Raises RefusedFieldsError."""
    with writing(county) as tx:
        departments = {fact.key: fact.load(Department) for fact in current_of_kind(tx.connection, "department")}
        people = {fact.key: fact.load(Person) for fact in current_of_kind(tx.connection, "person")}
        problems = judge_person(person, departments, people, holders(people))
        judge_newness(problems, is_known=person.id in people, is_new=is_new)
        before = people.get(person.id)
        if is_new and before is not None and before.department != person.department:
            problems["id"] = "held_in_another_department"
        refuse(problems)
        kept = replace(person, revoked=before.revoked, portrait=before.portrait) if before else person
        tx.append_act(account, PeopleRegistered((kept,)))
