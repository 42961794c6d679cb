"""An account gets a second factor, or loses it; who is logged in stays so."""

from __future__ import annotations

from sqlalchemy import update

from shared_models.acts import AccountChange
from sync_server.accounts.account import folded
from sync_server.accounts.errors import AccountUnknownError
from sync_server.accounts.record_change import record_change
from sync_server.accounts.tables import accounts
from sync_server.county import County
from sync_server.log.writing import writing


def set_second_factor(county: County, name: str, factor: bytes | None, step: int | None, *, by: str) -> None:
    """`factor` null takes it away; `step` is that of the code by which it was proven. Raises AccountUnknownError."""
    key = folded(name)
    with writing(county) as tx:
        changed = tx.connection.execute(
            update(accounts).where(accounts.c.name == key).values(second_factor=factor, last_step=step)
        )
        if changed.rowcount != 1:
            raise AccountUnknownError(key)
        record_change(tx, by, key, AccountChange.SECOND_FACTOR if factor else AccountChange.SECOND_FACTOR_TAKEN)
