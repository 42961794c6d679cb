"""A joint visit as it is proposed for some filings: who leads, when, with whom; a person decides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from shared_models.filing import Window
from shared_models.people import Department, Person
from sync_server.county import County
from sync_server.filings.read_filing import ShownFiling, read_filing


@dataclass(frozen=True, slots=True)
class Proposal:
    parts: tuple[ShownFiling, ...]
    departments: tuple[Department, ...]
    lead: str
    window: Window
    officers: tuple[Person, ...]
    has_common_days: bool


def propose_joint(county: County, filings: Sequence[str]) -> Proposal:
    """The department with most of the filings leads. Raises NotFoundError."""
    parts = tuple(read_filing(county, filing) for filing in filings)
    departments = {one.id: one for part in parts for one in part.departments}
    leads = Counter(part.form.departments[0] for part in parts)
    first, last = (
        max(part.form.window[0] for part in parts),
        min(part.form.window[1] for part in parts),
    )
    is_common = first <= last
    if not is_common:
        first, last = last, first
    officers = {one.id: one for part in parts for one in part.officers}
    return Proposal(
        parts,
        tuple(departments.values()),
        leads.most_common(1)[0][0],
        (first, last),
        tuple(officers.values()),
        is_common,
    )
