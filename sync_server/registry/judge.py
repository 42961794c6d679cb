"""Whether a thing may stand in the registry: what is wrong with it, field by field. The desks and the imports ask this.

Problems are stable words; `texts.registry_desk` says `wrong_<problem>`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from shared_models.enterprise import Enterprise, is_uscc
from shared_models.errors import ZhuqiError
from shared_models.people import Department, Person
from sync_server.log.entries import NAME_LENGTH

LONGEST_NAME, LONGEST_LICENCE, LONGEST_TEXT = 60, 32, 200
MOST_GATES, MOST_UNITS, HIGHEST_GATE = 99, 200, 9999
Problems = dict[str, str]


@dataclass(eq=False)
class RefusedFieldsError(ZhuqiError):
    """A form whose fields the registry does not take: what is wrong at each."""

    code: ClassVar[str] = "invalid"
    problems: Mapping[str, str]


def judge_department(department: Department) -> Problems:
    found = _judge_key("id", department.id) | _judge_text("name", department.name, required=True, limit=LONGEST_NAME)
    ids = [unit.id for unit in department.units]
    if len(ids) > MOST_UNITS or any(_judge_key("id", key) for key in ids):
        found["units"] = "not_a_key"
    elif len(set(ids)) != len(ids):
        found["units"] = "twice"
    elif any(not unit.name.strip() or len(unit.name) > LONGEST_NAME for unit in department.units):
        found["units"] = "empty"
    return found


def judge_person(
    person: Person, departments: Mapping[str, Department], people: Mapping[str, Person], licences: Mapping[str, str]
) -> Problems:
    """`licences` says who holds a licence; `people` is the register before this change."""
    found = _judge_key("id", person.id) | _judge_text("name", person.name, required=True, limit=LONGEST_NAME)
    department = departments.get(person.department)
    if department is None:
        found["department"] = "not_registered"
    elif person.unit and department.units and person.unit not in {unit.id for unit in department.units}:
        found["unit"] = "not_registered"
    if len(person.unit) > NAME_LENGTH or not _is_printable(person.unit):
        found["unit"] = "not_a_text"
    if person.licence is not None:
        found |= _judge_licence(person, people, licences)
    if person.valid_from and person.valid_until and person.valid_until < person.valid_from:
        found["valid_until"] = "ends_before_it_starts"
    return found


def judge_enterprise(enterprise: Enterprise) -> Problems:
    found = _judge_text("name", enterprise.name, required=True, limit=LONGEST_TEXT)
    if not is_uscc(enterprise.uscc):
        found["uscc"] = "not_a_uscc"
    for name in ("township", "address", "industry"):
        found |= _judge_text(name, getattr(enterprise, name), limit=LONGEST_TEXT)
    numbers = [gate.no for gate in enterprise.gates]
    if len(set(numbers)) != len(numbers) or not all(1 <= no <= HIGHEST_GATE for no in numbers):
        found["gates"] = "not_gates"
    elif len(numbers) > MOST_GATES or any(len(gate.place) > LONGEST_NAME for gate in enterprise.gates):
        found["gates"] = "too_long"
    return found


def judge_newness(problems: Problems, *, is_known: bool, is_new: bool, field: str = "id") -> None:
    """One that is new must not be there yet, one that is changed must."""
    if field not in problems and is_known == is_new:
        problems[field] = "exists" if is_new else "not_registered"


def refuse(problems: Problems) -> None:
    """Raises RefusedFieldsError where there are any."""
    if problems:
        raise RefusedFieldsError(problems)


def holders(people: Mapping[str, Person]) -> dict[str, str]:
    """Who holds a licence."""
    return {person.licence: key for key, person in people.items() if person.licence}


def _judge_licence(person: Person, people: Mapping[str, Person], licences: Mapping[str, str]) -> Problems:
    licence = person.licence or ""
    if not 1 <= len(licence.strip()) <= LONGEST_LICENCE or not _is_printable(licence):
        return {"licence": "not_a_licence"}
    holder = licences.get(licence)
    if holder is None or holder == person.id:
        return {}
    other = people.get(holder)
    # the same officer in two departments would be two people at the gate
    return {"licence": "held_in_another_department" if other and other.department != person.department else "held"}


def _judge_key(field: str, key: str) -> Problems:
    if not key.strip():
        return {field: "empty"}
    return {} if len(key) <= NAME_LENGTH and key == key.strip() and _is_printable(key) else {field: "not_a_key"}


def _judge_text(field: str, text: str, *, required: bool = False, limit: int) -> Problems:
    if required and not text.strip():
        return {field: "empty"}
    if len(text) > limit:
        return {field: "too_long"}
    return {} if _is_printable(text) else {field: "not_a_text"}


def _is_printable(text: str) -> bool:
    return not text or text.isprintable()
