"""Log in with a name and a password, and with a code where the account has a second factor."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, select

from sync_server.accounts.account import folded
from sync_server.accounts.errors import LoginFailedError
from sync_server.accounts.second_factor import use_code
from sync_server.accounts.sessions import open_session
from sync_server.accounts.tables import accounts
from sync_server.accounts.throttle import Tried, count_attempt, forgive, tried
from sync_server.clock import milliseconds
from sync_server.county import County
from sync_server.storage.engine import reading, writing


def log_in(county: County, name: str, password: str, address: str, code: str = "") -> str:
    """The token of a new session. Raises LoginFailedError, LoginThrottledError or SecondFactorError.

    The right password also waits while its account is throttled: else throttling would tell it from wrong ones.
    """
    name = folded(name)
    checked, attempts = _checked(county, name, password, address)
    with writing(county.engine) as connection:
        # comparing took its time: what is in force now counts, and a code that somebody else used meanwhile is used
        row = connection.execute(select(accounts).where(accounts.c.name == name).with_for_update()).one()
        if row.password_hash != checked.password_hash or row.disabled:
            raise LoginFailedError
        if row.second_factor is not None:
            use_code(connection, county, name, row.second_factor, row.last_step, code)
        forgive(connection, attempts)
        return open_session(connection, county, name)


def check_password(county: County, name: str, password: str, address: str) -> None:
    """Whether whoever has a session still knows its password. Raises LoginFailedError or LoginThrottledError."""
    _, attempts = _checked(county, folded(name), password, address)
    with writing(county.engine) as connection:
        forgive(connection, attempts)


def _checked(county: County, name: str, password: str, address: str) -> tuple[Row[Any], tuple[Tried, Tried]]:
    attempts = tried(name, address)
    with writing(county.engine) as connection:
        count_attempt(connection, attempts, milliseconds(county.clock.now()))
    with reading(county.engine) as connection:
        row = connection.execute(select(accounts).where(accounts.c.name == name)).one_or_none()
    if not county.passwords.is_right(row.password_hash if row else None, password) or row is None or row.disabled:
        raise LoginFailedError
    return row, attempts
