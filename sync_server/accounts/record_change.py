"""Each change of an account is a record in the log: what it is now, by whom. What it was logged in with ends."""

from __future__ import annotations

from sqlalchemy import Connection, delete, select, update

from shared_models.acts import AccountChange, AccountChanged
from sync_server.accounts.account import Role
from sync_server.accounts.errors import AccountUnknownError, LastAdministratorError
from sync_server.accounts.read_accounts import find_account_in
from sync_server.accounts.tables import account_roles, accounts, sessions
from sync_server.log.writing import Writing
from sync_server.registry.certify_server import SYSTEM


def record_change(tx: Writing, by: str, key: str, change: AccountChange) -> None:
    account = find_account_in(tx.connection, key)
    roles = tuple(str(grant) for grant in account.grants)
    tx.append_act(by, AccountChanged(key, change, roles, account.disabled, account.person))


def change_in(connection: Connection, key: str, **values: object) -> None:
    """Ends the account's sessions. Raises AccountUnknownError."""
    changed = connection.execute(update(accounts).where(accounts.c.name == key).values(**values))
    if changed.rowcount != 1:
        raise AccountUnknownError(key)
    connection.execute(delete(sessions).where(sessions.c.account == key))


def check_somebody_administers(connection: Connection, by: str) -> None:
    """From a page nobody may lock everybody out; the command line can always make another."""
    query = (
        select(accounts.c.name)
        .join(account_roles, account_roles.c.account == accounts.c.name)
        .where(account_roles.c.role == Role.ADMINISTRATOR.value, accounts.c.disabled.is_(False))
        .limit(1)
    )
    if by != SYSTEM and connection.execute(query).first() is None:
        raise LastAdministratorError
