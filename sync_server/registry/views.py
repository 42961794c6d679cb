"""What the registry's acts change: departments, people, enterprises, taught codes, the server's keys, snippets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from shared_models import acts
from shared_models.county import TaughtCode
from shared_models.people import Person
from sync_server.log.entries import Entry, fact_from
from sync_server.storage.facts import FactsWriter


def _departments(facts: FactsWriter, entry: Entry, act: acts.DepartmentsRegistered) -> None:
    for department in act.departments:
        facts.set(fact_from(entry, "department", department.id, department, department=department.id))


def _people(facts: FactsWriter, entry: Entry, act: acts.PeopleRegistered) -> None:
    facts.prefetch("person", [person.id for person in act.people])
    for person in act.people:
        facts.set(fact_from(entry, "person", person.id, person, department=person.department))


def _revoked(facts: FactsWriter, entry: Entry, act: acts.PersonRevoked) -> None:
    before = facts.get("person", act.person)
    if before is not None:
        person = replace(before.load(Person), revoked=True)
        facts.set(fact_from(entry, "person", person.id, person, department=person.department))


def _enterprises(facts: FactsWriter, entry: Entry, act: acts.EnterprisesRegistered) -> None:
    facts.prefetch("enterprise", [enterprise.uscc for enterprise in act.enterprises])
    for enterprise in act.enterprises:
        facts.set(fact_from(entry, "enterprise", enterprise.uscc, enterprise, uscc=enterprise.uscc))


def _code(facts: FactsWriter, entry: Entry, act: acts.CodeTaught) -> None:
    facts.set(fact_from(entry, "code", act.text, TaughtCode(act.enterprise), uscc=act.enterprise))


def _certificate(facts: FactsWriter, entry: Entry, act: acts.CertificateAct) -> None:
    facts.set(fact_from(entry, "certificate", entry.record.author.hex(), act))


def _snippets(facts: FactsWriter, entry: Entry, act: acts.SnippetsPublished) -> None:
    for snippet in act.snippets:
        facts.set(fact_from(entry, "snippet", snippet.id, snippet, department=snippet.department))


def _provisions(facts: FactsWriter, entry: Entry, act: acts.ProvisionsPublished) -> None:
    for provision in act.provisions:
        facts.set(fact_from(entry, "provision", provision.id, provision, department=provision.department))


REGISTRY_VIEWS: dict[str, Callable[[FactsWriter, Entry, Any], None]] = {
    "departments_registered": _departments,
    "people_registered": _people,
    "person_revoked": _revoked,
    "enterprises_registered": _enterprises,
    "code_taught": _code,
    "server_key_certified": _certificate,
    "snippets_published": _snippets,
    "provisions_published": _provisions,
}
