"""An account gets another password."""

from __future__ import annotations

from shared_models.acts import AccountChange
from sync_server.accounts.account import folded
from sync_server.accounts.record_change import change_in, record_change
from sync_server.county import County
from sync_server.log.writing import writing
from sync_server.registry.certify_server import SYSTEM


def change_password(county: County, name: str, password: str, *, by: str = SYSTEM) -> None:
    """Ends the account's sessions. Raises AccountUnknownError or PasswordTooWeakError."""
    key = folded(name)
    stored = county.passwords.hash(key or name, password)
    with writing(county) as tx:
        change_in(tx.connection, key, password_hash=stored)
        record_change(tx, by, key, AccountChange.PASSWORD)
