"""Log in with a name and a password."""

from __future__ import annotations

from sqlalchemy import select

from sync_server.accounts.errors import LoginFailedError
from sync_server.accounts.keep_accounts import folded
from sync_server.accounts.sessions import open_session
from sync_server.accounts.tables import accounts
from sync_server.accounts.throttle import count_attempt, forgive, tried
from sync_server.clock import milliseconds
from sync_server.county import County
from sync_server.storage.engine import reading, writing


def log_in(county: County, name: str, password: str, address: str) -> str:
    """The token of a new session. Raises LoginFailedError or LoginThrottledError.

    The right password also waits while its account is throttled: else throttling would tell it from wrong ones.
    """
    name = folded(name)
    attempts = tried(name, address)
    with writing(county.engine) as connection:
        count_attempt(connection, attempts, milliseconds(county.clock.now()))
    query = select(accounts.c.password_hash, accounts.c.disabled).where(accounts.c.name == name)
    with reading(county.engine) as connection:
        row = connection.execute(query).one_or_none()
    if not county.passwords.is_right(row.password_hash if row else None, password) or row is None or row.disabled:
        raise LoginFailedError
    with writing(county.engine) as connection:
        forgive(connection, attempts)
        return open_session(connection, county, name)
