"""The county office returns a filing to its department, with what is to be mended."""

from __future__ import annotations

from shared_models.acts import FilingReturned
from shared_models.filing import FilingState
from sync_server.county import County
from sync_server.errors import InvalidError
from sync_server.filings.accept_filing import filing_in_state
from sync_server.log.writing import writing


def return_filing(county: County, account: str, filing: str, comment: str) -> None:
    """Also one that was accepted by rule (rules 6). Raises NotFoundError, WrongStateError or InvalidError."""
    if not comment.strip():
        raise InvalidError("comment", "is_missing")
    with writing(county) as tx:
        filing_in_state(tx, filing, FilingState.SUBMITTED, FilingState.ACCEPTED)
        tx.append_act(account, FilingReturned(filing, comment))
