"""What an account leaves behind when it is disabled: said before, so that somebody takes it over."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from shared_models.visit import GateDecision
from sync_server.accounts.account import Account
from sync_server.cases.waits_for_review import waits_for_review
from sync_server.county import County
from sync_server.drafts.draft import OPEN
from sync_server.drafts.tables import kept_drafts
from sync_server.log.entries import entry_of
from sync_server.storage.engine import reading
from sync_server.storage.tables import log_entries, visits

_MOST_CLAIMS = 500


@dataclass(frozen=True, slots=True)
class OpenWork:
    drafts: int
    claims: int
    reviews: bool = False
    """Whether cases wait for this account's legal review; how many is nobody's business (rules 7)."""

    @property
    def is_any(self) -> bool:
        return bool(self.drafts or self.claims or self.reviews)


def open_work(county: County, account: Account) -> OpenWork:
    is_own = (kept_drafts.c.saved_by == account.name, kept_drafts.c.state.in_([state.value for state in OPEN]))
    own = select(func.count()).select_from(kept_drafts).where(*is_own)
    waiting = (
        select(log_entries)
        .join(visits, visits.c.index == log_entries.c.index)
        .where(visits.c.exception_state == "stated")
        .limit(_MOST_CLAIMS)
    )
    with reading(county.engine) as connection:
        count = int(connection.execute(own).scalar_one())
        rows = connection.execute(waiting).all() if account.person else []
        reviews = waits_for_review(connection, account.name)
    bodies = [entry_of(row).body for row in rows]
    claims = [one.claim for one in bodies if isinstance(one, GateDecision) and one.claim is not None]
    return OpenWork(count, sum(claim.approver.strip() == account.person for claim in claims), reviews)
