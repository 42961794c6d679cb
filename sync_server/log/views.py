"""From entries to views: the same steps in the transaction that appends, and when all is made again from the log.

Each area says in its `views` module what an entry of its kinds changes; this file only calls them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Connection

from shared_models.kinds import KINDS, Author, CountyAct
from shared_models.log import ACCEPTED
from sync_server.accounts.views import ACCOUNT_VIEWS
from sync_server.calendar.views import CALENDAR_VIEWS
from sync_server.cases.listed import CasesWriter
from sync_server.cases.views import CASE_VIEWS
from sync_server.check.views import ChecksWriter
from sync_server.draws.views import DRAW_VIEWS
from sync_server.enrolment.views import ENROLMENT_VIEWS
from sync_server.filings.listed import FilingsWriter
from sync_server.filings.views import FILING_VIEWS, prefetch_filings
from sync_server.letters.matter_views import MattersWriter
from sync_server.log.entries import Entry
from sync_server.offsite.listed import OffsiteWriter
from sync_server.offsite.views import OFFSITE_VIEWS
from sync_server.registry.views import REGISTRY_VIEWS
from sync_server.settings import Settings
from sync_server.storage.facts import FactsWriter
from sync_server.visits.chain_views import ChainsWriter
from sync_server.visits.decide_again import decide_entries_again
from sync_server.visits.out_of_order import decided_too_early
from sync_server.visits.sequel_views import SequelsWriter
from sync_server.visits.views import VisitsWriter

ActView = Callable[[FactsWriter, Entry, Any], None]
_ACT_VIEWS: dict[str, ActView] = {
    **REGISTRY_VIEWS,
    **FILING_VIEWS,
    **CALENDAR_VIEWS,
    **ENROLMENT_VIEWS,
    **DRAW_VIEWS,
    **ACCOUNT_VIEWS,
    **OFFSITE_VIEWS,
    **CASE_VIEWS,
}


class Views:
    """The views of one transaction; `apply` leaves them written."""

    def __init__(self, connection: Connection, settings: Settings) -> None:
        self._connection = connection
        self._settings = settings
        self.facts = FactsWriter(connection)
        self.chains = ChainsWriter(connection)
        self.visits = VisitsWriter(connection, self.facts)
        self.checks = ChecksWriter(connection)
        self.filings = FilingsWriter(connection, self.facts)
        self.offsite = OffsiteWriter(connection, self.facts)
        self.cases = CasesWriter(connection, self.facts)
        self.sequels = SequelsWriter(connection, self.facts, self.visits)
        self.matters = MattersWriter(connection, self.facts, self.visits)

    def apply(self, entries: Sequence[Entry]) -> None:
        phones = [entry for entry in entries if _is_phones(entry)]
        heads = self.chains.heads({entry.record.author for entry in phones})
        reached = {author: head.head_seq for author, head in heads.items()}
        if phones:
            self.chains.prefetch(phones)
            self.visits.prefetch(phones)
        if len(entries) > len(phones) + 1:
            prefetch_filings(self.facts, [entry for entry in entries if not _is_phones(entry)])
        for entry in entries:
            self._apply_one(entry)
        self.facts.flush()
        self.chains.flush()
        self.visits.flush()
        self.checks.flush()
        self.filings.flush()
        self.offsite.flush()
        self.cases.flush()
        self.sequels.flush()
        accepted = [entry for entry in phones if entry.status == ACCEPTED]
        early = decided_too_early(self._connection, accepted, reached)
        decide_entries_again(self._connection, self.facts, accepted, early)

    def _apply_one(self, entry: Entry) -> None:
        if _is_phones(entry):
            self.chains.apply(entry)
            if entry.status == ACCEPTED:
                self.visits.apply(entry)
                self.sequels.apply(entry)
                self.matters.apply(entry)
            return
        act: CountyAct = entry.body
        view = _ACT_VIEWS.get(entry.record.kind)
        if view is not None:
            view(self.facts, entry, act.act)
        self.visits.apply_act(entry, act.act)
        self.checks.apply_act(entry, act.act)
        self.filings.apply_act(entry, act.act)
        self.offsite.apply_act(entry, act.act)
        self.cases.apply_act(entry, act.act)
        self.sequels.apply_act(entry, act.act)
        self.matters.apply_act(entry, act.act)


def _is_phones(entry: Entry) -> bool:
    """The county's acts are always accepted, and what a phone writes under a county's kind never is."""
    kind = KINDS.get(entry.record.kind)
    return entry.status != ACCEPTED or kind is None or kind.author is Author.PHONE
