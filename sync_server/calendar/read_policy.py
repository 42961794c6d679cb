"""The policy in force, and what was in force before, from when to when and by whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from shared_models.acts import PolicyPublished
from shared_models.errors import ZhuqiError
from shared_models.kinds import body_of
from shared_models.people import Department, Person
from shared_models.policy import Policy, PublishedPolicy
from shared_models.record import peek
from shared_models.shape import to_plain
from sync_server.calendar.views import PLANNED
from sync_server.county import County
from sync_server.storage.engine import reading
from sync_server.storage.facts import Fact, facts_since
from sync_server.storage.kept_facts import kept_of_kind
from sync_server.storage.tables import CURRENT, log_entries

Change = tuple[str, str, str]
"""What was changed, from, to; lists as texts."""


@dataclass(frozen=True, slots=True)
class PolicyVersion:
    """`until` null: in force."""

    index: int
    since: int
    until: int | None
    account: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class ShownPolicy:
    published: PublishedPolicy
    is_published: bool
    versions: tuple[PolicyVersion, ...]
    """The newest first."""
    planned: tuple[PolicyPublished, ...]
    """Announced for a later day, the nearest first."""
    departments: tuple[Department, ...]
    people: tuple[Person, ...]


def read_policy(county: County) -> ShownPolicy:
    with reading(county.engine) as connection:
        found = sorted(facts_since(connection, "policy", ["policy"], 0), key=lambda fact: fact.from_index)
        departments = tuple(fact.load(Department) for fact in kept_of_kind(connection, "department"))
        people = tuple(fact.load(Person) for fact in kept_of_kind(connection, "person"))
        versions = _versions(connection, found)
        planned = tuple(fact.load(PolicyPublished) for fact in kept_of_kind(connection, PLANNED))
    published = found[-1].load(PublishedPolicy) if found else PublishedPolicy(Policy(), ())
    return ShownPolicy(published, bool(found), versions, planned, departments, people)


def _versions(connection: Connection, found: list[Fact]) -> tuple[PolicyVersion, ...]:
    accounts = _accounts(connection, [fact.from_index for fact in found])
    times = {fact.from_index: fact.at for fact in found}
    made = []
    before: dict[str, Any] = {}
    for fact in found:
        now = _flat(to_plain(fact.load(PublishedPolicy)))
        changes = tuple(
            (key, before.get(key, ""), now.get(key, ""))
            for key in sorted(before.keys() | now.keys())
            if before.get(key) != now.get(key)
        )
        until = None if fact.to_index == CURRENT else times.get(fact.to_index)
        account = accounts.get(fact.from_index, "")
        made.append(PolicyVersion(fact.from_index, fact.at, until, account, changes if before else ()))
        before = now
    return tuple(reversed(made))


def _accounts(connection: Connection, indexes: list[int]) -> dict[int, str]:
    query = select(log_entries.c.index, log_entries.c.envelope).where(log_entries.c.index.in_(indexes))
    found: dict[int, str] = {}
    rows: list[Any] = list(connection.execute(query))
    for row in rows:
        try:
            found[row.index] = str(body_of(peek(bytes(row.envelope))).account)
        except ZhuqiError:  # published by a later release
            continue
    return found


def _flat(plain: Any, where: str = "") -> dict[str, str]:
    if isinstance(plain, dict):
        parts = (_flat(value, f"{where}.{key}".removeprefix(".policy.").lstrip(".")) for key, value in plain.items())
        return {key: value for part in parts for key, value in part.items()}
    return {where: " ".join(str(one) for one in plain) if isinstance(plain, list) else str(plain)}
