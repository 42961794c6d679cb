"""What the registry says to an off-site check that is being typed."""

from __future__ import annotations

from datetime import datetime

from shared_models.calendar import day_of
from shared_models.enterprise import Enterprise, EnterpriseStatus
from shared_models.people import Person
from sync_server.offsite.typed_check import CheckLimits, TypedCheck
from sync_server.storage.facts import FactsWriter


def limits_of(facts: FactsWriter, department: str, typed: TypedCheck, now: datetime) -> CheckLimits:
    facts.prefetch("person", typed.officers)
    people = [fact.load(Person) for one in typed.officers if (fact := facts.get("person", one))]
    facts.prefetch("enterprise", typed.rows)
    known = [fact.load(Enterprise) for one in typed.rows if (fact := facts.get("enterprise", one))]
    return CheckLimits(
        today=day_of(now),
        officers=frozenset(one.id for one in people if may_answer(one, department)),
        enterprises=frozenset(one.uscc for one in known if one.status is EnterpriseStatus.ACTIVE),
    )


def may_answer(person: Person, department: str) -> bool:
    return person.department == department and bool(person.licence) and not person.revoked
