"""Make accounts and change them; `zhuqi admin account` is their desk for now."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from sync_server.accounts.account import OF_A_DEPARTMENT, Account, Grant, Role
from sync_server.accounts.errors import AccountExistsError, AccountUnknownError
from sync_server.accounts.sessions import account_of, grants_of
from sync_server.accounts.tables import account_roles, accounts, sessions
from sync_server.clock import milliseconds
from sync_server.county import County
from sync_server.errors import InvalidError
from sync_server.registry.checks import check_key
from sync_server.storage.engine import reading, writing
from sync_server.storage.facts import current_facts

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")


def folded(name: str) -> str:
    """Names differ neither by case nor by blanks around them; one that no account can have becomes blank."""
    text = name.strip().lower()
    return text if _NAME.fullmatch(text) else ""


def add_account(
    county: County,
    name: str,
    password: str,
    roles: Role | Sequence[Grant],
    display_name: str = "",
    *,
    person: str | None = None,
) -> Account:
    """A single role is one for the county.

    Raises InvalidError (a name other than a-z 0-9 . _ -, what `checked_grants` refuses), AccountExistsError or
    PasswordTooWeakError.
    """
    key = folded(name)
    if not key:
        raise InvalidError("account", "name")
    grants = (Grant(roles),) if isinstance(roles, Role) else tuple(roles)
    values = {
        "name": key,
        "display_name": (display_name or key).encode(),
        "password_hash": county.passwords.hash(key, password),
        "disabled": False,
        "person": person,
        "made_at": milliseconds(county.clock.now()),
    }
    try:
        with writing(county.engine) as connection:
            grants = checked_grants(connection, grants, person)
            connection.execute(insert(accounts).values(values))
            write_grants(connection, key, grants)
    except IntegrityError as err:
        raise AccountExistsError(key) from err
    return Account(key, grants, display_name or key, person=person)


def change_roles(county: County, name: str, roles: Sequence[Grant], *, person: str | None = None) -> None:
    """Ends the account's sessions. Raises AccountUnknownError, or InvalidError as `add_account`."""
    key = folded(name)
    with writing(county.engine) as connection:
        grants = checked_grants(connection, roles, person)
        _change(connection, key, person=person)
        write_grants(connection, key, grants)


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


def change_password(county: County, name: str, password: str) -> None:
    """Ends the account's sessions. Raises AccountUnknownError or PasswordTooWeakError."""
    key = folded(name)
    _update(county, key, password_hash=county.passwords.hash(key or name, password))


def disable_account(county: County, name: str, *, disabled: bool = True) -> None:
    """Ends the account's sessions. An account is never deleted: acts in the log name it."""
    _update(county, folded(name), disabled=disabled)


def list_accounts(county: County) -> tuple[Account, ...]:
    with reading(county.engine) as connection:
        grants = grants_of(connection)
        rows = connection.execute(select(accounts).order_by(accounts.c.name))
        return tuple(account_of(row, grants.get(row.name, ())) for row in rows)


def find_account(county: County, name: str) -> Account:
    """Raises AccountUnknownError."""
    with reading(county.engine) as connection:
        row = connection.execute(select(accounts).where(accounts.c.name == folded(name))).one_or_none()
        if row is None:
            raise AccountUnknownError(name)
        return account_of(row, grants_of(connection, (row.name,)).get(row.name, ()))


def _update(county: County, key: str, **values: object) -> None:
    with writing(county.engine) as connection:
        _change(connection, key, **values)


def _change(connection: Connection, key: str, **values: object) -> None:
    changed = connection.execute(update(accounts).where(accounts.c.name == key).values(**values))
    if changed.rowcount != 1:
        raise AccountUnknownError(key)
    connection.execute(delete(sessions).where(sessions.c.account == key))
