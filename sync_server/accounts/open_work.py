"""What an account leaves behind when it is disabled: said before, so that somebody takes it over."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from sync_server.accounts.account import Account
from sync_server.cases.waits_for_review import waits_for_review
from sync_server.county import County
from sync_server.drafts.draft import OPEN
from sync_server.drafts.tables import kept_drafts
from sync_server.storage.engine import reading
from sync_server.storage.tables import visits
from sync_server.visits.answer_exception import STATED


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
    is_theirs = (visits.c.approver == account.person, visits.c.exception_state == STATED)
    waiting = select(func.count()).select_from(visits).where(*is_theirs)
    with reading(county.engine) as connection:
        count = int(connection.execute(own).scalar_one())
        claims = int(connection.execute(waiting).scalar_one()) if account.person else 0
        reviews = waits_for_review(connection, account.name)
    return OpenWork(count, claims, reviews)
