"""Make accounts and change them; `zhuqi admin account` is their desk for now."""

from __future__ import annotations

import re

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from sync_server.accounts.account import Account, Role
from sync_server.accounts.errors import AccountExistsError, AccountUnknownError
from sync_server.accounts.passwords import hash_password
from sync_server.accounts.sessions import account_of
from sync_server.accounts.tables import accounts, sessions
from sync_server.clock import milliseconds
from sync_server.county import County
from sync_server.errors import InvalidError
from sync_server.registry.checks import check_key
from sync_server.storage.engine import reading, writing

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")


def folded(name: str) -> str:
    """Names differ neither by case nor by blanks around them; one that no account can have becomes blank."""
    text = name.strip().lower()
    return text if _NAME.fullmatch(text) else ""


def add_account(
    county: County, name: str, password: str, role: Role, display_name: str = "", *, person: str | None = None
) -> Account:
    """Raises InvalidError (a name other than a-z 0-9 . _ -), AccountExistsError or PasswordTooWeakError.

    An approver's account belongs to a `person` of the register, nobody else's does.
    """
    key = folded(name)
    if not key:
        raise InvalidError("account", "name")
    if (role is Role.APPROVER) != bool(person):
        raise InvalidError("account", "person")
    if person:
        check_key("person", person)
    account = Account(key, role, display_name or key, person=person)
    values = {
        "name": key,
        "role": role.value,
        "display_name": account.display_name.encode(),
        "password_hash": hash_password(key, password),
        "disabled": False,
        "person": person,
        "made_at": milliseconds(county.clock.now()),
    }
    try:
        with writing(county.engine) as connection:
            connection.execute(insert(accounts).values(values))
    except IntegrityError as err:
        raise AccountExistsError(key) from err
    return account


def change_password(county: County, name: str, password: str) -> None:
    """Ends the account's sessions. Raises AccountUnknownError or PasswordTooWeakError."""
    key = folded(name)
    _update(county, key, password_hash=hash_password(key or name, password))


def disable_account(county: County, name: str, *, disabled: bool = True) -> None:
    """Ends the account's sessions. An account is never deleted: acts in the log name it."""
    _update(county, folded(name), disabled=disabled)


def list_accounts(county: County) -> tuple[Account, ...]:
    with reading(county.engine) as connection:
        return tuple(account_of(row) for row in connection.execute(select(accounts).order_by(accounts.c.name)))


def find_account(county: County, name: str) -> Account:
    """Raises AccountUnknownError."""
    with reading(county.engine) as connection:
        row = connection.execute(select(accounts).where(accounts.c.name == folded(name))).one_or_none()
    if row is None:
        raise AccountUnknownError(name)
    return account_of(row)


def _update(county: County, key: str, **values: object) -> None:
    with writing(county.engine) as connection:
        changed = connection.execute(update(accounts).where(accounts.c.name == key).values(**values))
        if changed.rowcount != 1:
            raise AccountUnknownError(key)
        connection.execute(delete(sessions).where(sessions.c.account == key))
