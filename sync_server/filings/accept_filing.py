"""The county office accepts a filing and numbers it (rules 6, 8)."""

from __future__ import annotations

from shared_models.acts import FilingAccepted, FilingWithdrawn
from shared_models.calendar import day_of
from shared_models.filing import FilingState
from sync_server.county import County
from sync_server.errors import NotFoundError, WrongStateError
from sync_server.filings.register import FilingEntry, LastNumber
from sync_server.log.writing import Writing, writing

_MAX_A_YEAR = 99_999


def accept_filing(county: County, account: str, filing: str) -> str:
    """The number it was given. Raises NotFoundError, or WrongStateError where it is not submitted."""
    with writing(county) as tx:
        return accept_in(tx, account, filing)


def accept_in(tx: Writing, account: str, filing: str, *, by_rule: bool = False) -> str:
    entry = filing_in_state(tx, filing, FilingState.SUBMITTED)
    number = _next_number(tx)
    tx.append_act(account, FilingAccepted(filing, number, by_rule))
    if entry.form.replaces:
        _withdraw_replaced(tx, account, entry.form.replaces, number)
    return number


def _withdraw_replaced(tx: Writing, account: str, filing: str, number: str) -> None:
    """Of the two there is one in force at any time; one that was merged meanwhile is the joint visit's."""
    fact = tx.facts.get("filing", filing)
    old = fact.load(FilingEntry) if fact else None
    if old is not None and old.merged_into is None and old.state is not FilingState.WITHDRAWN:
        tx.append_act(account, FilingWithdrawn(filing, f"→ {number}"))


def filing_in_state(tx: Writing, filing: str, *states: FilingState) -> FilingEntry:
    fact = tx.facts.get("filing", filing)
    if fact is None:
        raise NotFoundError("filing", filing)
    entry = fact.load(FilingEntry)
    if entry.state not in states:
        raise WrongStateError("filing", filing, entry.state.value)
    return entry


def _next_number(tx: Writing) -> str:
    """`BA` + county + year + `-` + five digits, unique and never reused (rules 8): the log's lock is held."""
    year = f"{day_of(tx.now).year:04}"
    fact = tx.facts.get("number", year)
    last = fact.load(LastNumber).last if fact else 0
    if last >= _MAX_A_YEAR:
        raise WrongStateError("number", year, "used up")
    return f"BA{tx.county.settings.county_code}{year}-{last + 1:05}"
