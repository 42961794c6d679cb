"""An account gets other roles, or another person."""

from __future__ import annotations

from collections.abc import Sequence

from shared_models.acts import AccountChange
from sync_server.accounts.account import Grant, folded
from sync_server.accounts.grants import checked_grants, write_grants
from sync_server.accounts.record_change import change_in, check_somebody_administers, record_change
from sync_server.county import County
from sync_server.log.writing import writing
from sync_server.registry.certify_server import SYSTEM


def change_roles(
    county: County, name: str, roles: Sequence[Grant], *, person: str | None = None, by: str = SYSTEM
) -> None:
    """Ends the account's sessions. Raises AccountUnknownError, LastAdministratorError, or InvalidError."""
    key = folded(name)
    with writing(county) as tx:
        grants = checked_grants(tx.connection, roles, person)
        change_in(tx.connection, key, person=person)
        write_grants(tx.connection, key, grants)
        check_somebody_administers(tx.connection, by)
        record_change(tx, by, key, AccountChange.ROLES)
