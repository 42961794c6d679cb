"""A check as the writing transaction finds it, where its state allows what is asked."""

from __future__ import annotations

from sync_server.errors import NotFoundError, WrongStateError
from sync_server.log.writing import Writing
from sync_server.offsite.register import CheckState, OffsiteEntry


def check_in_state(tx: Writing, check: str, *states: CheckState) -> OffsiteEntry:
    """Raises NotFoundError or WrongStateError."""
    fact = tx.facts.get("offsite", check)
    if fact is None:
        raise NotFoundError("offsite", check)
    entry = fact.load(OffsiteEntry)
    if entry.state not in states:
        raise WrongStateError("offsite", check, entry.state.value)
    return entry
