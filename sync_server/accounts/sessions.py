"""Sessions in the database, so that any server process knows them; the database holds only the token's hash."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from sync_server.accounts.account import Account, Grant, Role
from sync_server.accounts.tables import account_roles, accounts, sessions
from sync_server.clock import milliseconds
from sync_server.county import County
from sync_server.storage.engine import reading, writing

_MINUTE = 60_000
_SEEN_EVERY = _MINUTE
"""A session's last use is written at most this often, so that reading a page is not writing."""


@dataclass(frozen=True, slots=True)
class Session:
    token: str
    account: Account


def open_session(connection: Connection, county: County, account: str) -> str:
    """The token of a fresh session; ended ones are swept away."""
    now = milliseconds(county.clock.now())
    token = secrets.token_urlsafe(32)
    connection.execute(delete(sessions).where(sessions.c.expires_at < now))
    connection.execute(
        insert(sessions).values(
            token_hash=_hash(token),
            account=account,
            opened_at=now,
            seen_at=now,
            expires_at=now + county.settings.session_minutes * _MINUTE,
        )
    )
    return token


def find_session(county: County, token: str) -> Session | None:
    """None where it is unknown, over, idle for too long, or its account is disabled."""
    now = milliseconds(county.clock.now())
    query = (
        select(sessions.c.seen_at, sessions.c.expires_at, accounts)
        .join(accounts, accounts.c.name == sessions.c.account)
        .where(sessions.c.token_hash == _hash(token))
    )
    with reading(county.engine) as connection:
        row = connection.execute(query).one_or_none()
        grants = grants_of(connection, (row.name,)).get(row.name, ()) if row else ()
    if row is None or row.disabled or row.expires_at <= now:
        return None
    if row.seen_at + county.settings.session_idle_minutes * _MINUTE <= now:
        return None
    if now - row.seen_at > _SEEN_EVERY:
        with writing(county.engine) as connection:
            connection.execute(
                update(sessions).where(sessions.c.token_hash == _hash(token)).values(seen_at=now),
            )
    return Session(token, account_of(row, grants))


def close_session(county: County, token: str) -> None:
    with writing(county.engine) as connection:
        connection.execute(delete(sessions).where(sessions.c.token_hash == _hash(token)))


@dataclass(frozen=True, slots=True)
class OpenSession:
    """`key` names it on pages; the token cannot be told from it."""

    key: str
    opened_at: int
    seen_at: int


def sessions_of(county: County, account: str) -> tuple[OpenSession, ...]:
    """Those that are not over, the newest first."""
    now = milliseconds(county.clock.now())
    query = (
        select(sessions)
        .where(sessions.c.account == account, sessions.c.expires_at > now)
        .where(sessions.c.seen_at > now - county.settings.session_idle_minutes * _MINUTE)
        .order_by(sessions.c.opened_at.desc())
    )
    with reading(county.engine) as connection:
        rows = connection.execute(query)
        return tuple(OpenSession(row.token_hash.hex()[:32], row.opened_at, row.seen_at) for row in rows)


def key_of(token: str) -> str:
    return _hash(token).hex()[:32]


def end_sessions(county: County, account: str, *, key: str | None = None, but: str | None = None) -> None:
    """One by its key, or all but one."""
    with writing(county.engine) as connection:
        own = connection.execute(select(sessions.c.token_hash).where(sessions.c.account == account)).scalars().all()
        ended = [one for one in own if (one.hex()[:32] == key if key is not None else one.hex()[:32] != but)]
        connection.execute(delete(sessions).where(sessions.c.token_hash.in_(ended)))


def account_of(row: Any, grants: Sequence[Grant]) -> Account:
    has_factor = row.second_factor is not None
    return Account(row.name, tuple(grants), row.display_name.decode(), row.disabled, row.person, has_factor)


def grants_of(connection: Connection, names: Collection[str] | None = None) -> dict[str, tuple[Grant, ...]]:
    """The roles of these accounts, or of all, in the order in which pages list them."""
    query = select(account_roles)
    if names is not None:
        query = query.where(account_roles.c.account.in_(names))
    found: dict[str, list[Grant]] = {}
    for row in connection.execute(query):
        found.setdefault(row.account, []).append(Grant(Role(row.role), row.department))
    order = tuple(Role)
    return {
        name: tuple(sorted(grants, key=lambda one: (order.index(one.role), one.department)))
        for name, grants in found.items()
    }


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()
