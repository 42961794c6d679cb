"""An account is shut, or opened again."""

from __future__ import annotations

from shared_models.acts import AccountChange
from sync_server.accounts.account import folded
from sync_server.accounts.record_change import change_in, check_somebody_administers, record_change
from sync_server.county import County
from sync_server.log.writing import writing
from sync_server.registry.certify_server import SYSTEM


def disable_account(county: County, name: str, *, disabled: bool = True, by: str = SYSTEM) -> None:
    """Ends the account's sessions. An account is never deleted: acts in the log name it.

    Raises AccountUnknownError or LastAdministratorError.
    """
    key = folded(name)
    with writing(county) as tx:
        change_in(tx.connection, key, disabled=disabled)
        check_somebody_administers(tx.connection, by)
        record_change(tx, by, key, AccountChange.DISABLED if disabled else AccountChange.ENABLED)
