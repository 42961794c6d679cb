"""The registry desk's acts: one thing at a time, judged and appended under the log's lock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from shared_models.acts import DepartmentsRegistered, EnterprisesRegistered, PeopleRegistered, PolicyPublished
from shared_models.enterprise import Enterprise, Gate
from shared_models.people import Department, Person
from shared_models.policy import Policy, PublishedPolicy
from sync_server.county import County
from sync_server.errors import NotFoundError
from sync_server.log.writing import Writing, writing
from sync_server.registry.judge import Problems, RefusedFieldsError, judge_department, judge_enterprise, judge_person
from sync_server.storage.facts import current_of_kind

FIRST_GATE = 1


def keep_department(county: County, account: str, department: Department, *, is_new: bool) -> None:
    """Raises RefusedFieldsError."""
    with writing(county) as tx:
        problems = judge_department(department)
        _check_newness(tx, problems, ("department", department.id), is_new=is_new)
        _refuse(problems)
        tx.append_act(account, DepartmentsRegistered((department,)))


def keep_person(county: County, account: str, person: Person, *, is_new: bool) -> None:
    """A revocation and a portrait have acts of their own and are kept. Raises RefusedFieldsError."""
    with writing(county) as tx:
        departments = {fact.key: fact.load(Department) for fact in current_of_kind(tx.connection, "department")}
        people = {fact.key: fact.load(Person) for fact in current_of_kind(tx.connection, "person")}
        problems = judge_person(person, departments, people, holders(people))
        _check_newness(tx, problems, ("person", person.id), is_new=is_new)
        before = people.get(person.id)
        if is_new and before is not None and before.department != person.department:
            problems["id"] = "held_in_another_department"
        _refuse(problems)
        kept = replace(person, revoked=before.revoked, portrait=before.portrait) if before else person
        tx.append_act(account, PeopleRegistered((kept,)))


def set_portrait(county: County, account: str, person: str, sha256: bytes) -> None:
    """Raises NotFoundError."""
    with writing(county) as tx:
        fact = tx.facts.get("person", person)
        if fact is None:
            raise NotFoundError("person", person)
        tx.append_act(account, PeopleRegistered((replace(fact.load(Person), portrait=sha256),)))


def set_approver(county: County, account: str, person: str, *, may_approve: bool) -> None:
    """The signed list of those who may approve exceptions is a part of the policy. Raises NotFoundError."""
    with writing(county) as tx:
        if tx.facts.get("person", person) is None:
            raise NotFoundError("person", person)
        fact = tx.facts.get("policy", "policy")
        policy = fact.load(PublishedPolicy) if fact else PublishedPolicy(Policy(), ())
        others = tuple(one for one in policy.approvers if one != person)
        approvers = (*others, person) if may_approve else others
        if set(approvers) != set(policy.approvers):
            tx.append_act(account, PolicyPublished(replace(policy, approvers=approvers)))


def keep_enterprise(county: County, account: str, enterprise: Enterprise, *, is_new: bool) -> None:
    """Gates of one that is known have acts of their own and are kept. Raises RefusedFieldsError."""
    with writing(county) as tx:
        fact = tx.facts.get("enterprise", enterprise.uscc)
        if fact is not None and not is_new:
            enterprise = replace(enterprise, gates=fact.load(Enterprise).gates)
        problems = judge_enterprise(enterprise)
        _check_newness(tx, problems, ("enterprise", enterprise.uscc), is_new=is_new, field="uscc")
        _refuse(problems)
        tx.append_act(account, EnterprisesRegistered((enterprise,)))


def add_gate(county: County, account: str, uscc: str, place: str) -> Gate:
    """The next number, which none had before. Raises NotFoundError or RefusedFieldsError."""
    with writing(county) as tx:
        fact = tx.facts.get("enterprise", uscc)
        if fact is None:
            raise NotFoundError("enterprise", uscc)
        enterprise = fact.load(Enterprise)
        gate = Gate(max((one.no for one in enterprise.gates), default=FIRST_GATE - 1) + 1, place)
        changed = replace(enterprise, gates=(*enterprise.gates, gate))
        problems = judge_enterprise(changed)
        _refuse({"place": problems["gates"]} if "gates" in problems else {})
        tx.append_act(account, EnterprisesRegistered((changed,)))
    return gate


def holders(people: dict[str, Person]) -> dict[str, str]:
    """Who holds a licence."""
    return {person.licence: key for key, person in people.items() if person.licence}


def units_of(text: str) -> tuple[tuple[str, str], ...]:
    """`food=食品科`, one a line or parted by `;`; a line without `=` is both id and name."""
    lines: Sequence[str] = text.replace("；", "\n").replace(";", "\n").splitlines()
    parts = [line.partition("=") for line in lines if line.strip()]
    return tuple((key.strip(), (name if mark else key).strip()) for key, mark, name in parts)


def _check_newness(tx: Writing, problems: Problems, place: tuple[str, str], *, is_new: bool, field: str = "id") -> None:
    if field in problems:
        return
    is_known = tx.facts.get(*place) is not None
    if is_known == is_new:
        problems[field] = "exists" if is_new else "not_registered"


def _refuse(problems: Problems) -> None:
    if problems:
        raise RefusedFieldsError(problems)
