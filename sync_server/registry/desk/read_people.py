"""People, departments and phones as the desk lists them. A county has some thousands: they are read at once."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection, select

from shared_models.calendar import day_of
from shared_models.county import PhoneTrust
from shared_models.people import Department, Person
from shared_models.policy import PublishedPolicy
from sync_server.county import County
from sync_server.errors import NotFoundError
from sync_server.registry.desk.wish import Found, ListWish, cut
from sync_server.storage.engine import reading
from sync_server.storage.facts import current_facts
from sync_server.storage.kept_facts import kept_of_kind
from sync_server.storage.tables import chains

SOON = timedelta(days=30)
FLAGS = ("officer", "visitor", "expiring", "expired", "revoked", "approver", "no_phone")
ORDERS = ("id", "name", "department", "until")


@dataclass(frozen=True, slots=True)
class ListedPerson:
    person: Person
    department: str
    unit: str
    flags: tuple[str, ...]
    phones: int


@dataclass(frozen=True, slots=True)
class ListedPhone:
    kid: str
    officer: str
    name: str
    department: str
    department_id: str
    revoked: bool
    changed_at: int
    records: int


def departments_of(connection: Connection) -> dict[str, Department]:
    return {fact.key: fact.load(Department) for fact in kept_of_kind(connection, "department")}


def list_people(county: County, wish: ListWish) -> Found:
    with reading(county.engine) as connection:
        listed = _people(connection, day_of(county.clock.now()))
    rows = [one for one in listed if _fits(one, wish)]
    rows.sort(key=lambda one: _place(one, wish.order))
    return cut(list(rows), wish)


def read_person(county: County, key: str) -> ListedPerson:
    """Raises NotFoundError."""
    if "\x00" in key:
        raise NotFoundError("person", "")
    with reading(county.engine) as connection:
        fact = current_facts(connection, "person", [key]).get(key)
        if fact is None:
            raise NotFoundError("person", key)
        departments = departments_of(connection)
        phones = Counter(phone.officer for _, phone in active_phones(connection))
        approvers = approvers_of(connection)
    return _listed(fact.load(Person), departments, phones, approvers, day_of(county.clock.now()))


def list_phones(county: County, wish: ListWish) -> Found:
    with reading(county.engine) as connection:
        departments = departments_of(connection)
        people = {fact.key: fact.load(Person) for fact in kept_of_kind(connection, "person")}
        heads = {row.author: row.head_seq for row in connection.execute(select(chains.c.author, chains.c.head_seq))}
        facts = kept_of_kind(connection, "phone")
    rows: list[ListedPhone] = []
    for fact in facts:
        trust = fact.load(PhoneTrust)
        person = people.get(trust.officer)
        own = person.department if person else ""
        named = departments[own].name if own in departments else own
        name = person.name if person else trust.officer
        records = heads.get(bytes.fromhex(fact.key), 0)
        rows.append(ListedPhone(fact.key, trust.officer, name, named, own, trust.revoked, fact.at, records))
    wanted = {"": None, "active": False, "revoked": True}[wish.flag]
    fitting = [
        one
        for one in rows
        if (wanted is None or one.revoked == wanted)
        and (not wish.department or one.department_id == wish.department)
        and all(word in f"{one.name} {one.officer} {one.kid}".casefold() for word in wish.words)
    ]
    fitting.sort(key=lambda one: (one.name, one.officer) if wish.order == "name" else (-one.changed_at, one.kid))
    return cut(list(fitting), wish)


def phones_of(connection: Connection, officer: str) -> list[tuple[str, PhoneTrust, int]]:
    """Active and revoked ones: key, trust, and since when it is so."""
    found = ((fact.key, fact.load(PhoneTrust), fact.at) for fact in kept_of_kind(connection, "phone"))
    return [one for one in found if one[1].officer == officer]


def active_phones(connection: Connection) -> list[tuple[str, PhoneTrust]]:
    found = ((fact.key, fact.load(PhoneTrust)) for fact in kept_of_kind(connection, "phone"))
    return [(key, trust) for key, trust in found if not trust.revoked]


def approvers_of(connection: Connection) -> frozenset[str]:
    fact = current_facts(connection, "policy", ["policy"]).get("policy")
    return frozenset(fact.load(PublishedPolicy).approvers) if fact else frozenset()


def _people(connection: Connection, today: date) -> list[ListedPerson]:
    departments = departments_of(connection)
    phones = Counter(phone.officer for _, phone in active_phones(connection))
    approvers = approvers_of(connection)
    people = (fact.load(Person) for fact in kept_of_kind(connection, "person"))
    return [_listed(person, departments, phones, approvers, today) for person in people]


def _listed(
    person: Person, departments: dict[str, Department], phones: Counter[str], approvers: frozenset[str], today: date
) -> ListedPerson:
    department = departments.get(person.department)
    units = {unit.id: unit.name for unit in department.units} if department else {}
    until = person.valid_until
    is_over = until is not None and until < today
    has = {
        "officer": person.licence is not None,
        "visitor": person.licence is None,
        "expiring": until is not None and not is_over and until - today <= SOON,
        "expired": is_over,
        "revoked": person.revoked,
        "approver": person.id in approvers,
        "no_phone": not phones[person.id],
    }
    return ListedPerson(
        person,
        department.name if department else person.department,
        units.get(person.unit, person.unit),
        tuple(flag for flag in FLAGS if has[flag]),
        phones[person.id],
    )


def _fits(one: ListedPerson, wish: ListWish) -> bool:
    text = f"{one.person.name} {one.person.id} {one.person.licence or ''}".casefold()
    return (
        (not wish.department or one.person.department == wish.department)
        and (not wish.flag or wish.flag in one.flags)
        and all(word in text for word in wish.words)
    )


def _place(one: ListedPerson, order: str) -> tuple[object, ...]:
    person = one.person
    places: dict[str, tuple[object, ...]] = {
        "name": (person.name, person.id),
        "department": (one.department, one.unit, person.id),
        "until": (person.valid_until or date.max, person.id),
    }
    return places.get(order, (person.id,))
