"""Accounts by name, and all of them."""

from __future__ import annotations

from sqlalchemy import Connection, select

from sync_server.accounts.account import Account, folded
from sync_server.accounts.errors import AccountUnknownError
from sync_server.accounts.sessions import account_of, grants_of
from sync_server.accounts.tables import accounts
from sync_server.county import County
from sync_server.storage.engine import reading


def list_accounts(county: County) -> tuple[Account, ...]:
    with reading(county.engine) as connection:
        grants = grants_of(connection)
        rows = connection.execute(select(accounts).order_by(accounts.c.name))
        return tuple(account_of(row, grants.get(row.name, ())) for row in rows)


def find_account(county: County, name: str) -> Account:
    """Raises AccountUnknownError."""
    with reading(county.engine) as connection:
        return find_account_in(connection, name)


def find_account_in(connection: Connection, name: str) -> Account:
    """Raises AccountUnknownError."""
    row = connection.execute(select(accounts).where(accounts.c.name == folded(name))).one_or_none()
    if row is None:
        raise AccountUnknownError(name)
    return account_of(row, grants_of(connection, (row.name,)).get(row.name, ()))
