"""Which roles an account may have together, and where they are kept."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, delete, insert

from sync_server.accounts.account import OF_A_DEPARTMENT, Grant, Role
from sync_server.accounts.tables import account_roles
from sync_server.errors import InvalidError
from sync_server.registry.checks import check_key
from sync_server.storage.facts import current_facts


def checked_grants(connection: Connection, grants: Sequence[Grant], person: str | None) -> tuple[Grant, ...]:
    """Raises InvalidError.

    An account has a role; a clerk and a head are of a department of the register, the others of none; an approver's
    account belongs to a `person` of the register, no other need to.
    """
    if not grants:
        raise InvalidError("account", "roles")
    if person:
        check_key("person", person)
    elif any(grant.role is Role.APPROVER for grant in grants):
        raise InvalidError("account", "person")
    named = {grant.department for grant in grants if grant.department}
    if any((grant.role in OF_A_DEPARTMENT) != bool(grant.department) for grant in grants):
        raise InvalidError("account", "department")
    if any("\x00" in key for key in named) or len(current_facts(connection, "department", named)) != len(named):
        raise InvalidError("account.department", "not_registered")
    order = tuple(Role)
    return tuple(sorted(set(grants), key=lambda one: (order.index(one.role), one.department)))


def write_grants(connection: Connection, name: str, grants: Sequence[Grant]) -> None:
    connection.execute(delete(account_roles).where(account_roles.c.account == name))
    rows = [{"account": name, "role": one.role.value, "department": one.department} for one in grants]
    connection.execute(insert(account_roles), rows)
