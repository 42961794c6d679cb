"""Make accounts and change them; each change is a record in the log: who, what roles, by whom."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from shared_models.acts import AccountChange, AccountChanged
from sync_server.accounts.account import OF_A_DEPARTMENT, Account, Grant, Role
from sync_server.accounts.errors import AccountExistsError, AccountUnknownError, LastAdministratorError
from sync_server.accounts.sessions import account_of, grants_of
from sync_server.accounts.tables import account_roles, accounts, sessions
from sync_server.clock import milliseconds
from sync_server.county import County
from sync_server.errors import InvalidError
from sync_server.log.writing import Writing, writing
from sync_server.registry.certify_server import SYSTEM
from sync_server.registry.checks import check_key
from sync_server.storage.engine import reading
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
    by: str = SYSTEM,
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
        with writing(county) as tx:
            grants = checked_grants(tx.connection, grants, person)
            tx.connection.execute(insert(accounts).values(values))
            write_grants(tx.connection, key, grants)
            _record(tx, by, key, AccountChange.MADE)
    except IntegrityError as err:
        raise AccountExistsError(key) from err
    return Account(key, grants, display_name or key, person=person)


def change_roles(
    county: County, name: str, roles: Sequence[Grant], *, person: str | None = None, by: str = SYSTEM
) -> None:
    """Ends the account's sessions. Raises AccountUnknownError, LastAdministratorError, or InvalidError."""
    key = folded(name)
    with writing(county) as tx:
        grants = checked_grants(tx.connection, roles, person)
        _change(tx.connection, key, person=person)
        write_grants(tx.connection, key, grants)
        _check_somebody_administers(tx.connection, by)
        _record(tx, by, key, AccountChange.ROLES)


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


def change_password(county: County, name: str, password: str, *, by: str = SYSTEM) -> None:
    """Ends the account's sessions. Raises AccountUnknownError or PasswordTooWeakError."""
    key = folded(name)
    stored = county.passwords.hash(key or name, password)
    with writing(county) as tx:
        _change(tx.connection, key, password_hash=stored)
        _record(tx, by, key, AccountChange.PASSWORD)


def disable_account(county: County, name: str, *, disabled: bool = True, by: str = SYSTEM) -> None:
    """Ends the account's sessions. An account is never deleted: acts in the log name it.

    Raises AccountUnknownError or LastAdministratorError.
    """
    key = folded(name)
    with writing(county) as tx:
        _change(tx.connection, key, disabled=disabled)
        _check_somebody_administers(tx.connection, by)
        _record(tx, by, key, AccountChange.DISABLED if disabled else AccountChange.ENABLED)


def set_second_factor(county: County, name: str, factor: bytes | None, step: int | None, *, by: str) -> None:
    """`factor` null takes it away; `step` is that of the code by which it was proven. Raises AccountUnknownError."""
    key = folded(name)
    with writing(county) as tx:
        changed = tx.connection.execute(
            update(accounts).where(accounts.c.name == key).values(second_factor=factor, last_step=step)
        )
        if changed.rowcount != 1:
            raise AccountUnknownError(key)
        _record(tx, by, key, AccountChange.SECOND_FACTOR if factor else AccountChange.SECOND_FACTOR_TAKEN)


def list_accounts(county: County) -> tuple[Account, ...]:
    with reading(county.engine) as connection:
        grants = grants_of(connection)
        rows = connection.execute(select(accounts).order_by(accounts.c.name))
        return tuple(account_of(row, grants.get(row.name, ())) for row in rows)


def find_account(county: County, name: str) -> Account:
    """Raises AccountUnknownError."""
    with reading(county.engine) as connection:
        return _find(connection, name)


def _find(connection: Connection, name: str) -> Account:
    row = connection.execute(select(accounts).where(accounts.c.name == folded(name))).one_or_none()
    if row is None:
        raise AccountUnknownError(name)
    return account_of(row, grants_of(connection, (row.name,)).get(row.name, ()))


def _change(connection: Connection, key: str, **values: object) -> None:
    changed = connection.execute(update(accounts).where(accounts.c.name == key).values(**values))
    if changed.rowcount != 1:
        raise AccountUnknownError(key)
    connection.execute(delete(sessions).where(sessions.c.account == key))


def _check_somebody_administers(connection: Connection, by: str) -> None:
    """From a page nobody may lock everybody out; the command line can always make another."""
    query = (
        select(accounts.c.name)
        .join(account_roles, account_roles.c.account == accounts.c.name)
        .where(account_roles.c.role == Role.ADMINISTRATOR.value, accounts.c.disabled.is_(False))
        .limit(1)
    )
    if by != SYSTEM and connection.execute(query).first() is None:
        raise LastAdministratorError


def _record(tx: Writing, by: str, key: str, change: AccountChange) -> None:
    account = _find(tx.connection, key)
    roles = tuple(str(grant) for grant in account.grants)
    tx.append_act(by, AccountChanged(key, change, roles, account.disabled, account.person))
