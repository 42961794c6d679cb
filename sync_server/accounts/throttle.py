"""How often one account may be tried, and from one address: each further failure makes the next wait longer."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from sqlalchemy import Connection, delete, select, text, update

from sync_server.accounts.errors import LoginThrottledError
from sync_server.accounts.tables import login_attempts

_MILLISECONDS = 1000
FIRST_WAIT_SECONDS = 15
LONGEST_WAIT_SECONDS = 15 * 60
_FORGOTTEN_AFTER = 60 * 60 * _MILLISECONDS


@dataclass(frozen=True, slots=True)
class Tried:
    """What an attempt is counted under, and how many failures are free."""

    key: str
    free_failures: int


def tried(name: str, address: str) -> tuple[Tried, Tried]:
    """An address has more, for an office shares one."""
    return Tried(tried_key("account", name), 5), Tried(tried_key("address", address), 30)


def count_attempt(connection: Connection, attempts: tuple[Tried, ...], now: int) -> None:
    """Count the attempt before its password is looked at, so that many at once gain nothing.

    Raises LoginThrottledError.
    """
    columns = login_attempts.c
    if seconds := blocked_seconds(connection, attempts, now):
        raise LoginThrottledError(seconds)
    connection.execute(delete(login_attempts).where(columns.last_at < now - _FORGOTTEN_AFTER))
    for attempt in attempts:
        failures: int = connection.execute(_COUNT, {"key": attempt.key, "now": now}).scalar_one()
        over = failures - attempt.free_failures
        if over >= 0:
            wait = min(LONGEST_WAIT_SECONDS, FIRST_WAIT_SECONDS * 2 ** min(over, 10))
            until = now + wait * _MILLISECONDS
            connection.execute(
                update(login_attempts).where(columns.key == attempt.key).values(blocked_until=until),
            )


def blocked_seconds(connection: Connection, attempts: tuple[Tried, ...], now: int) -> int:
    """How long one still has to wait; 0 where one may try."""
    columns = login_attempts.c
    keys = [attempt.key for attempt in attempts]
    blocked = connection.execute(
        select(columns.blocked_until).where(columns.key.in_(keys), columns.blocked_until > now)
    ).scalars()
    return -(-(max(blocked, default=now) - now) // _MILLISECONDS)


def forgive(connection: Connection, attempts: tuple[Tried, ...]) -> None:
    """The attempt was right: the account starts afresh, the address gets only this one attempt back."""
    account, address = attempts
    columns = login_attempts.c
    connection.execute(delete(login_attempts).where(columns.key == account.key))
    connection.execute(
        update(login_attempts)
        .where(columns.key == address.key, columns.failures > 0)
        .values(failures=columns.failures - 1, blocked_until=0)
    )


_COUNT = text(
    "INSERT INTO login_attempts (key, failures, last_at, blocked_until) VALUES (:key, 1, :now, 0) "
    "ON CONFLICT (key) DO UPDATE SET failures = login_attempts.failures + 1, last_at = excluded.last_at "
    "RETURNING failures"
)


def tried_key(kind: str, value: str) -> str:
    return hashlib.sha256(f"{kind}:{value}".encode("utf-8", "surrogatepass")).hexdigest()
