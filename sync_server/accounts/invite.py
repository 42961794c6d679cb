"""An invitation: a link, good once and for some days, by which somebody makes their own account.

So nobody else ever knew its password.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select

from sync_server.accounts.account import Account, Grant, folded, grant_of
from sync_server.accounts.add_account import add_in
from sync_server.accounts.errors import AccountExistsError, InvitationError
from sync_server.accounts.grants import checked_grants
from sync_server.accounts.tables import accounts, invitations
from sync_server.clock import milliseconds
from sync_server.county import County
from sync_server.errors import InvalidError
from sync_server.log.writing import writing as log_writing
from sync_server.storage.engine import reading, writing

VALID_DAYS = 3
_DAY_MS = 24 * 3600 * 1000


@dataclass(frozen=True, slots=True)
class Invitation:
    name: str
    display_name: str
    grants: tuple[Grant, ...]
    person: str | None
    made_by: str
    expires_at: int


def invite(
    county: County, name: str, display_name: str, roles: Sequence[Grant], *, person: str | None = None, by: str
) -> str:
    """The token of the link; the database keeps its hash. Raises InvalidError or AccountExistsError."""
    key = folded(name)
    if not key:
        raise InvalidError("account", "name")
    now = milliseconds(county.clock.now())
    token = secrets.token_urlsafe(32)
    with writing(county.engine) as connection:
        grants = checked_grants(connection, roles, person)
        if connection.execute(select(accounts.c.name).where(accounts.c.name == key)).first() is not None:
            raise AccountExistsError(key)
        connection.execute(
            delete(invitations).where((invitations.c.expires_at < now) | (invitations.c.name == key)),
        )
        connection.execute(
            insert(invitations).values(
                token_hash=_hash(token),
                name=key,
                display_name=(display_name or key).encode(),
                roles="\n".join(str(grant) for grant in grants).encode(),
                person=person,
                made_by=by,
                expires_at=now + VALID_DAYS * _DAY_MS,
            )
        )
    return token


def find_invitation(county: County, token: str) -> Invitation:
    """Raises InvitationError for one that never was, was used, or is over: which is nobody's business."""
    with reading(county.engine) as connection:
        return _find(connection, token, milliseconds(county.clock.now()))


def accept_invitation(county: County, token: str, password: str) -> Account:
    """Raises InvitationError, PasswordTooWeakError, AccountExistsError, or InvalidError where a department went."""
    found = find_invitation(county, token)
    wanted = Account(found.name, found.grants, found.display_name, person=found.person)
    stored = county.passwords.hash(found.name, password)
    with log_writing(county) as tx:
        # hashing took its time: it may have been withdrawn, or used
        used = tx.connection.execute(delete(invitations).where(invitations.c.token_hash == _hash(token)))
        if used.rowcount != 1:
            raise InvitationError
        return add_in(tx, wanted, stored, by=found.made_by)


def open_invitations(county: County) -> tuple[Invitation, ...]:
    now = milliseconds(county.clock.now())
    query = select(invitations).where(invitations.c.expires_at >= now).order_by(invitations.c.name)
    with reading(county.engine) as connection:
        return tuple(_invitation(row) for row in connection.execute(query))


def withdraw_invitation(county: County, name: str) -> None:
    with writing(county.engine) as connection:
        connection.execute(delete(invitations).where(invitations.c.name == folded(name)))


def _find(connection: Connection, token: str, now: int) -> Invitation:
    row = connection.execute(select(invitations).where(invitations.c.token_hash == _hash(token))).one_or_none()
    if row is None or row.expires_at < now:
        raise InvitationError
    return _invitation(row)


def _invitation(row: object) -> Invitation:
    name, display, roles = (getattr(row, key) for key in ("name", "display_name", "roles"))
    person, made_by, expires_at = (getattr(row, key) for key in ("person", "made_by", "expires_at"))
    grants = tuple(grant_of(text) for text in roles.decode().splitlines())
    return Invitation(name, display.decode(), grants, person, made_by, expires_at)


def _hash(token: str) -> bytes:
    return hashlib.sha256(b"zhuqi/invitation/1" + token.encode("utf-8", "surrogatepass")).digest()
