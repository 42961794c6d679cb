"""A draft that begins where a filing's first question was answered: it can be done off-site."""

from __future__ import annotations

from datetime import date, timedelta

from sync_server.filings.typed_filing import TypedFiling
from sync_server.offsite.typed_check import MAX_ROWS, TypedCheck, TypedItem, lines_of

USUAL_DAYS = 10


def typed_from_filing(filing: TypedFiling, draft: str, today: date) -> TypedCheck:
    """Officers, enterprises and items as the filing has them; its basis stands with each item, to be mended there."""
    provision = "；".join(lines_of(filing.basis))
    return TypedCheck(
        due=usual_due(today),
        officers=filing.officers,
        items=tuple(TypedItem(line, provision) for line in lines_of(filing.items)),
        rows=tuple(row.uscc for row in filing.rows)[:MAX_ROWS],
        external_refs=filing.external_refs,
        from_filing=draft,
    )


def usual_due(today: date) -> str:
    return (today + timedelta(days=USUAL_DAYS)).isoformat()
