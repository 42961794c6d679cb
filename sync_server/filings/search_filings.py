"""What the words above the list of filings mean: a filing's number, another system's number, or an enterprise."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, func, or_, select

from sync_server.filings.tables import filing_refs, filings
from sync_server.registry.contacts import enterprises_of_ref
from sync_server.registry.refs import folded_ref
from sync_server.storage.tables import CURRENT, facts
from sync_server.supervision.enterprise_names import EnterpriseNames

_FILING_HEX = 16
_MOST_OF_A_NUMBER = 200


def named_by(connection: Connection, words: str, names: EnterpriseNames) -> ColumnElement[bool]:
    number = words.strip().upper()
    if number.startswith("BA") and number[2:].replace("-", "").isdigit():
        # looked up by itself: else the list is searched in its own order until enough of it is found
        found = select(filings.c.filing).where(filings.c.number >= number, filings.c.number < number + "~").distinct()
        return filings.c.filing.in_(connection.execute(found.limit(_MOST_OF_A_NUMBER)).scalars().all())
    ref = folded_ref(words)
    usccs = {*names.matching(connection, words), *enterprises_of_ref(connection, ref)}
    listing = select(func.substr(facts.c.key, 1, _FILING_HEX)).where(
        facts.c.kind == "line", facts.c.uscc.in_(sorted(usccs)), facts.c.to_index == CURRENT
    )
    of_enterprise = filings.c.filing.in_(listing)
    own = select(filing_refs.c.filing).where(filing_refs.c.ref == ref).limit(_MOST_OF_A_NUMBER)
    found_by_ref = connection.execute(own).scalars().all() if ref else ()
    return or_(filings.c.filing.in_(found_by_ref), of_enterprise) if found_by_ref else of_enterprise
