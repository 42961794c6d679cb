"""The self-check lists that a department keeps."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection

from shared_models.offsite import SelfCheckList
from sync_server.errors import NotFoundError
from sync_server.storage.facts import current_facts, current_of_kind


def lists_of(connection: Connection, departments: Collection[str] | None) -> tuple[SelfCheckList, ...]:
    """By department and title, the retired last; null for those of all departments."""
    found = [fact.load(SelfCheckList) for fact in current_of_kind(connection, "self_check_list")]
    ours = [one for one in found if departments is None or one.department in departments]
    return tuple(sorted(ours, key=lambda one: (one.retired, one.department, one.title)))


def find_list(connection: Connection, key: str) -> SelfCheckList:
    """Raises NotFoundError."""
    fact = current_facts(connection, "self_check_list", [key]).get(key) if key.isprintable() else None
    if fact is None:
        raise NotFoundError("self_check_list", "")
    return fact.load(SelfCheckList)
