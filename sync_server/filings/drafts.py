"""Drafts of filings."""

from __future__ import annotations

from sync_server.county import County
from sync_server.drafts.draft import Draft
from sync_server.drafts.kept_drafts import KeptDrafts
from sync_server.filings.typed_filing import TypedFiling

FilingDraft = Draft[TypedFiling]
filing_drafts = KeptDrafts("filing", TypedFiling)


def draft_of_visit(county: County, department: str, visit: str) -> FilingDraft | None:
    """One that was opened for this visit, which is to be filed afterwards, and is not filed yet."""
    found = (one for one in filing_drafts.list_open(county, {department}) if one.typed.opened_by_visit == visit)
    return next(found, None)
