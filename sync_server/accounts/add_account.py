"""Somebody gets an account."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from shared_models.acts import AccountChange
from sync_server.accounts.account import Account, Grant, Role, folded
from sync_server.accounts.errors import AccountExistsError
from sync_server.accounts.grants import checked_grants, write_grants
from sync_server.accounts.record_change import record_change
from sync_server.accounts.tables import accounts
from sync_server.clock import milliseconds
from sync_server.county import County
from sync_server.errors import InvalidError
from sync_server.log.writing import Writing, writing
from sync_server.registry.certify_server import SYSTEM


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
    wanted = Account(key, grants, display_name or key, person=person)
    stored = county.passwords.hash(key, password)
    with writing(county) as tx:
        return add_in(tx, wanted, stored, by=by)


def add_in(tx: Writing, wanted: Account, stored: str, *, by: str) -> Account:
    """`stored` is the password's hash. Raises InvalidError or AccountExistsError."""
    made = replace(wanted, grants=checked_grants(tx.connection, wanted.grants, wanted.person))
    values = {
        "name": made.name,
        "display_name": made.display_name.encode(),
        "password_hash": stored,
        "disabled": False,
        "person": made.person,
        "made_at": milliseconds(tx.now),
    }
    try:
        tx.connection.execute(insert(accounts).values(values))
    except IntegrityError as err:
        raise AccountExistsError(made.name) from err
    write_grants(tx.connection, made.name, made.grants)
    record_change(tx, by, made.name, AccountChange.MADE)
    return made
