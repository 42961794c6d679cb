"""The head approves a draft: each enterprise of it is filed, and what is clean is numbered at once (rules 6)."""

from __future__ import annotations

from dataclasses import replace

from shared_models.enterprise import Enterprise, EnterpriseStatus
from sync_server.clock import milliseconds
from sync_server.county import County
from sync_server.drafts.draft import DraftState
from sync_server.errors import InvalidError, WrongStateError
from sync_server.filings.drafts import FilingDraft, filing_drafts
from sync_server.filings.submit_filing import SubmittedFiling, submit_in
from sync_server.filings.typed_filing import TypedRow, find_problems, form_of
from sync_server.filings.what_limits import limits_of
from sync_server.log.writing import Writing, writing


def approve_draft(county: County, account: str, approved_by: str, draft: FilingDraft) -> tuple[SubmittedFiling, ...]:
    """All or nothing. `approved_by` is the head's name as documents show it.

    Raises WrongStateError where it does not wait for the head, DraftChangedError where it was changed meanwhile, and
    InvalidError where it is not complete any more.
    """
    with writing(county) as tx:
        now = filing_drafts.read_in(tx.connection, draft.id)
        if now.state is not DraftState.FOR_HEAD:
            raise WrongStateError("draft", draft.id, now.state.value)
        problems = find_problems(now.typed, limits_of(tx.facts, now.department, now.typed, tx.now))
        if problems:
            where, problem = next(iter(problems.items()))
            raise InvalidError(where, problem)
        rows = _standing(tx, now.typed.rows)
        at = milliseconds(tx.now)
        forms = [form_of(now.typed, row, now.department, approved_by=approved_by, approved_at=at) for row in rows]
        # one filing takes another's place; what else the draft lists is filed beside it
        forms[1:] = [replace(form, replaces="", opened_by_visit=None) for form in forms[1:]]
        made = tuple(submit_in(tx, account, form) for form in forms)
        filed = tuple(one.filing for one in made)
        claimed = replace(
            draft, typed=now.typed, state=DraftState.FILED, saved_by=account, saved_at=at, filed=filed, comment=""
        )
        filing_drafts.save_in(tx.connection, claimed)
    return made


def _standing(tx: Writing, rows: tuple[TypedRow, ...]) -> tuple[TypedRow, ...]:
    """Raises InvalidError for an enterprise that was closed, or left the registry, meanwhile."""
    tx.facts.prefetch("enterprise", [row.uscc for row in rows])
    for row in rows:
        fact = tx.facts.get("enterprise", row.uscc)
        if fact is None:
            raise InvalidError(f"rows.{row.uscc}", "not_registered")
        if fact.load(Enterprise).status is EnterpriseStatus.CLOSED:
            raise InvalidError(f"rows.{row.uscc}", "is_closed")
    return rows
