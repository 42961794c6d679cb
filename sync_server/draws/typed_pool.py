"""A pool as it is typed: one candidate a line, with a weight behind it; blank lists mean all that fit."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Connection

from shared_models.draw import MAX_OFFICERS_EACH, MAX_TAKE, Candidate, Interest, Pool
from shared_models.enterprise import Enterprise, EnterpriseStatus
from shared_models.people import Person
from sync_server.registry.desk.enterprise_index import EnterpriseIndex, fold
from sync_server.registry.desk.typed import Typed
from sync_server.storage.facts import current_facts, current_of_kind

_MOST_DIGITS = 4


def typed_pool(connection: Connection, typed: Typed, index: EnterpriseIndex, today: date) -> Pool:
    """What is wrong with a line is put into `typed.errors`."""
    enterprises = _candidates(typed, "enterprises", upper=True)
    words = fold(typed.text("words")).split()
    if words:
        known = {one.id for one in enterprises}
        found = index.codes(connection, words=words, flag=EnterpriseStatus.ACTIVE.value)
        enterprises += [Candidate(uscc) for uscc in found if uscc not in known]
    officers = _candidates(typed, "officers") or _all_officers(connection, typed.text("department"), today)
    return Pool(
        tuple(enterprises),
        tuple(officers),
        tuple(_interests(typed)),
        _number(typed, "take", MAX_TAKE),
        _number(typed, "officers_each", MAX_OFFICERS_EACH),
    )


def closed_ones(connection: Connection, pool: Pool) -> list[str]:
    """Enterprises of the pool that are registered as closed: nobody can be inspected there."""
    found = current_facts(connection, "enterprise", [one.id for one in pool.enterprises])
    return [uscc for uscc, fact in found.items() if fact.load(Enterprise).status == EnterpriseStatus.CLOSED]


def _all_officers(connection: Connection, department: str, today: date) -> list[Candidate]:
    people: Iterable[Person] = (fact.load(Person) for fact in current_of_kind(connection, "person"))
    return [
        Candidate(one.id)
        for one in people
        if one.department == department
        and one.licence is not None
        and not one.revoked
        and (one.valid_from or today) <= today <= (one.valid_until or today)
    ]


def _candidates(typed: Typed, field: str, *, upper: bool = False) -> list[Candidate]:
    found = []
    for line in typed.values.get(field, "").splitlines():
        parts = line.replace("，", " ").replace(",", " ").split()
        if not parts:
            continue
        weight = parts[1] if len(parts) > 1 else "1"
        if len(parts) > 2 or not (weight.isascii() and weight.isdigit() and len(weight) <= _MOST_DIGITS):  # noqa: PLR2004
            typed.errors[field] = "draw_line"
            continue
        found.append(Candidate(parts[0].upper() if upper else parts[0], int(weight)))
    return found


def _interests(typed: Typed) -> Iterable[Interest]:
    for line in typed.values.get("interests", "").splitlines():
        parts = line.replace("，", " ").replace(",", " ").split()
        if len(parts) == 2:  # noqa: PLR2004 - an officer and an enterprise
            yield Interest(parts[0], parts[1].upper())
        elif parts:
            typed.errors["interests"] = "draw_interest"


def _number(typed: Typed, field: str, most: int) -> int:
    text = typed.text(field)
    if not (text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS and 1 <= int(text) <= most):
        typed.errors[field] = f"draw_{field}"
        return 1
    return int(text)
