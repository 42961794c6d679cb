"""Rows against the registry: what each would keep, and what is wrong with it, cell by cell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection

from shared_models.enterprise import Enterprise, EnterpriseStatus, Gate
from shared_models.people import Department, Person, Unit
from sync_server.registry.add_gate import FIRST_GATE
from sync_server.registry.contacts import Contact, contacts_of, judge_contact
from sync_server.registry.judge import Problems, holders, judge_department, judge_enterprise, judge_person
from sync_server.registry.sheets.columns import STATUS_WORDS
from sync_server.registry.sheets.read_rows import Row
from sync_server.registry.units import units_of
from sync_server.storage.facts import current_facts, current_of_kind

_CONTACT = ("person", "phone", "liaison", "credit_class", "risk", "external_refs")


@dataclass(frozen=True, slots=True)
class Judged:
    """`value` is what would be kept, null where anything is wrong; `is_new` whether the registry lacks it."""

    row: Row
    value: Any
    wrong: Problems
    is_new: bool
    contact: Contact | None = None


def judge_rows(connection: Connection, thing: str, rows: Sequence[Row]) -> list[Judged]:
    judges: dict[str, Callable[[Connection, Sequence[Row]], Iterable[Judged]]] = {
        "departments": _departments,
        "people": _people,
        "enterprises": _enterprises,
    }
    return list(judges[thing](connection, rows))


def _departments(connection: Connection, rows: Sequence[Row]) -> Iterable[Judged]:
    known = {fact.key: fact.load(Department) for fact in current_of_kind(connection, "department")}
    seen: set[str] = set()
    for row in rows:
        key = row.given.get("id", "")
        before = known.get(key)
        units = tuple(Unit(one, name) for one, name in units_of(row.given["units"])) if "units" in row.given else None
        made = Department(
            key, row.given.get("name", ""), units if units is not None else before.units if before else ()
        )
        wrong = judge_department(made) | _twice(key, "id", seen)
        yield _judged(row, made, wrong, is_new=before is None)


def _people(connection: Connection, rows: Sequence[Row]) -> Iterable[Judged]:
    departments = {fact.key: fact.load(Department) for fact in current_of_kind(connection, "department")}
    people = {fact.key: fact.load(Person) for fact in current_of_kind(connection, "person")}
    licences = holders(people)
    seen: set[str] = set()
    for row in rows:
        given, wrong = row.given, dict[str, str]()
        key = given.get("id", "")
        before = people.get(key)
        made = Person(
            id=key,
            name=given.get("name", ""),
            department=given.get("department", ""),
            unit=given.get("unit", before.unit if before else ""),
            licence=(given["licence"] or None) if "licence" in given else before.licence if before else None,
            valid_from=_day(given, "valid_from", before.valid_from if before else None, wrong),
            valid_until=_day(given, "valid_until", before.valid_until if before else None, wrong),
            revoked=before.revoked if before else False,
            portrait=before.portrait if before else None,
        )
        if before is not None and before.department != made.department:
            # a transfer is made by hand: in a table it is far more often one officer listed by two departments
            wrong["department"] = "held_in_another_department"
        wrong |= judge_person(made, departments, people, licences) | _twice(key, "id", seen)
        if not wrong:
            people[key] = made
            if made.licence:
                licences[made.licence] = key
        yield _judged(row, made, wrong, is_new=before is None)


def _enterprises(connection: Connection, rows: Sequence[Row]) -> Iterable[Judged]:
    keys = [row.given.get("uscc", "").upper() for row in rows]
    facts = current_facts(connection, "enterprise", [key for key in keys if "\x00" not in key])
    known_contacts = contacts_of(connection)
    seen: set[str] = set()
    for row, key in zip(rows, keys, strict=True):
        fact = facts.get(key)
        before = fact.load(Enterprise) if fact else Enterprise(key, EnterpriseStatus.ACTIVE, gates=(Gate(FIRST_GATE),))
        wrong: Problems = {}
        made = replace(
            before,
            status=_status(row.given, before.status, wrong),
            gates=_gates(row.given, before.gates, wrong, is_new=fact is None),
            **{name: row.given[name] for name in ("name", "township", "address", "industry") if name in row.given},
        )
        given_contact = {name: row.given[name] for name in _CONTACT if name in row.given}
        contact = replace(known_contacts.get(key, Contact()), **given_contact) if given_contact else None
        wrong |= judge_contact(Contact(**given_contact))
        wrong |= judge_enterprise(made) | _twice(key, "uscc", seen)
        yield _judged(row, made, wrong, is_new=fact is None, contact=contact)


def _judged(row: Row, made: Any, wrong: Problems, *, is_new: bool, contact: Contact | None = None) -> Judged:
    everything = {**wrong, **row.wrong}
    return Judged(row, None if everything else made, everything, is_new, contact)


def _twice(key: str, field: str, seen: set[str]) -> Problems:
    if key and key in seen:
        return {field: "twice_in_file"}
    seen.add(key)
    return {}


def _day(given: dict[str, str], name: str, before: date | None, wrong: Problems) -> date | None:
    if name not in given:
        return before
    text = given[name].replace("/", "-").replace(".", "-")
    try:
        parts = [int(part) for part in text.split("-")] if text else []
        return date(*parts) if parts else None
    except (TypeError, ValueError):
        wrong[name] = "not_a_day"
        return None


def _status(given: dict[str, str], before: EnterpriseStatus, wrong: Problems) -> EnterpriseStatus:
    if not given.get("status"):
        return before
    word = STATUS_WORDS.get(given["status"].casefold())
    if word is None:
        wrong["status"] = "unknown_status"
        return before
    return EnterpriseStatus(word)


def _gates(given: dict[str, str], before: tuple[Gate, ...], wrong: Problems, *, is_new: bool) -> tuple[Gate, ...]:
    """New places are added; a gate that is there keeps its number and is voided at the desk alone."""
    if not given.get("gates"):
        return before
    places: dict[int, str] = {}
    for part in given["gates"].replace("；", ";").split(";"):
        number, mark, place = part.partition("=")
        if not part.strip():
            continue
        if not mark or not (number.strip().isascii() and number.strip().isdigit()) or int(number) in places:
            wrong["gates"] = "not_gates"
            return before
        places[int(number)] = place.strip()
    known = () if is_new else before
    old = {gate.no for gate in known}
    return (*known, *(Gate(no, place) for no, place in sorted(places.items()) if no not in old))
