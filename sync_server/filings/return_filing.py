"""The county office returns a filing to its department, with what is to be mended."""

from __future__ import annotations

from shared_models.acts import FilingReturned
from shared_models.calendar import day_of
from shared_models.filing import FilingState
from shared_models.policy import PublishedPolicy
from sync_server.calendar.published import working_calendar
from sync_server.clock import instant_of
from sync_server.county import County
from sync_server.errors import InvalidError, WrongStateError
from sync_server.filings.accept_filing import filing_in_state
from sync_server.filings.register import FilingEntry
from sync_server.log.writing import Writing, writing

DEFAULT_RETURN_DAYS = 2


def return_filing(county: County, account: str, filing: str, comment: str) -> None:
    """Also one that was accepted, within the policy's working days (rules 6).

    Raises NotFoundError, WrongStateError, or InvalidError without a comment.
    """
    if not comment.strip():
        raise InvalidError("comment", "is_missing")
    with writing(county) as tx:
        entry = filing_in_state(tx, filing, FilingState.SUBMITTED, FilingState.ACCEPTED)
        if entry.state is FilingState.ACCEPTED and not _may_still_return(tx, entry):
            raise WrongStateError("filing", filing, "accepted too long ago")
        tx.append_act(account, FilingReturned(filing, comment))


def _may_still_return(tx: Writing, entry: FilingEntry) -> bool:
    fact = tx.facts.get("policy", "policy")
    days = fact.load(PublishedPolicy).return_within_working_days if fact else DEFAULT_RETURN_DAYS
    accepted = day_of(instant_of(entry.answered_at or entry.submitted_at))
    return working_calendar(tx.facts).working_days_between(accepted, day_of(tx.now)) <= days
