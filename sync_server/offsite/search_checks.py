"""What the words above the list mean: a check's number, another system's number, or an enterprise."""

from __future__ import annotations

from sqlalchemy import Connection, select

from sync_server.filings.search_filings import begins_with
from sync_server.filings.tables import filing_refs, filings
from sync_server.offsite.tables import offsite_checks, offsite_refs
from sync_server.registry.contacts import enterprises_of_ref
from sync_server.registry.refs import folded_ref
from sync_server.supervision.enterprise_names import EnterpriseNames

_MOST_OF_A_NUMBER, _MOST_NAMED = 200, 10_000


def checks_named(connection: Connection, words: str, names: EnterpriseNames) -> list[str]:
    """The ids, looked up by themselves: else the list is searched in its own order until enough of it is found."""
    columns, number, ref = offsite_checks.c, words.strip().upper(), folded_ref(words)
    if number.startswith("FX") and number[2:].replace("-", "").isdigit():
        found = select(columns.id).where(begins_with(columns.number, number))
        return list(connection.execute(found.limit(_MOST_OF_A_NUMBER)).scalars())
    usccs = {*names.matching(connection, words), *enterprises_of_ref(connection, ref)}
    ids: set[str] = set()
    if usccs:
        of_enterprises = select(columns.id).where(columns.uscc.in_(sorted(usccs)))
        ids |= set(connection.execute(of_enterprises.limit(_MOST_NAMED)).scalars())
    if ref:
        own = select(offsite_refs.c.id).where(offsite_refs.c.ref == ref)
        ids |= set(connection.execute(own.limit(_MOST_OF_A_NUMBER)).scalars())
    return sorted(ids)


def filings_after(connection: Connection, number: str) -> tuple[tuple[str, str], ...]:
    """Ids and numbers of filings that carry this check's number: the visits that were needed after it."""
    query = (
        select(filings.c.filing, filings.c.number)
        .join(filing_refs, filing_refs.c.filing == filings.c.filing)
        .where(filing_refs.c.ref == folded_ref(number), filings.c.is_lead)
        .order_by(filings.c.submitted_at)
    )
    return tuple((str(filing), str(given)) for filing, given in connection.execute(query.limit(_MOST_OF_A_NUMBER)))
