"""A department withdraws its filing."""

from __future__ import annotations

from shared_models.acts import FilingWithdrawn
from shared_models.filing import FilingState
from sync_server.county import County
from sync_server.filings.accept_filing import filing_in_state
from sync_server.log.writing import writing


def withdraw_filing(county: County, account: str, filing: str, comment: str = "") -> None:
    """Raises NotFoundError or WrongStateError."""
    with writing(county) as tx:
        filing_in_state(tx, filing, FilingState.SUBMITTED, FilingState.ACCEPTED, FilingState.RETURNED)
        tx.append_act(account, FilingWithdrawn(filing, comment))
