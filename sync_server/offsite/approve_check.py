"""The head approves a draft: each enterprise's check is filed and numbered at once (rules 6)."""

from __future__ import annotations

from dataclasses import replace

from sync_server.clock import milliseconds
from sync_server.county import County
from sync_server.drafts.draft import DraftState
from sync_server.errors import InvalidError, WrongStateError
from sync_server.filings.drafts import filing_drafts
from sync_server.log.writing import Writing, writing
from sync_server.offsite.drafts import CheckDraft, check_drafts
from sync_server.offsite.file_check import file_in
from sync_server.offsite.typed_check import find_problems, form_of
from sync_server.offsite.what_limits import limits_of


def approve_check(county: County, account: str, approved_by: str, draft: CheckDraft) -> tuple[str, ...]:
    """All or nothing; the ids of the checks. A filing's draft that it takes the place of is dropped.

    Raises WrongStateError where it does not wait for the head, DraftChangedError where it was changed meanwhile, and
    InvalidError where it is not complete any more.
    """
    with writing(county) as tx:
        now = check_drafts.read_in(tx.connection, draft.id)
        if now.state is not DraftState.FOR_HEAD:
            raise WrongStateError("draft", draft.id, now.state.value)
        problems = find_problems(now.typed, limits_of(tx.facts, now.department, now.typed, tx.now))
        if problems:
            where, problem = next(iter(problems.items()))
            raise InvalidError(where, problem)
        at = milliseconds(tx.now)
        forms = [
            form_of(now.typed, row, now.department, approved_by=approved_by, approved_at=at) for row in now.typed.rows
        ]
        filed = tuple(file_in(tx, account, form) for form in forms)
        claimed = replace(
            now, version=draft.version, state=DraftState.FILED, saved_by=account, saved_at=at, filed=filed
        )
        check_drafts.save_in(tx.connection, claimed)
        _drop_filing_draft(tx, account, now)
    return filed


def _drop_filing_draft(tx: Writing, account: str, draft: CheckDraft) -> None:
    """Nobody needs to enter any more; what somebody has sent to the head meanwhile stays."""
    if not draft.typed.from_filing:
        return
    other = filing_drafts.read_in(tx.connection, draft.typed.from_filing)
    if other.department == draft.department and other.state is DraftState.WRITING:
        filing_drafts.save_in(tx.connection, replace(other, state=DraftState.DROPPED, saved_by=account))
