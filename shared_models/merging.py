"""Which filings at one enterprise belong together (三.4).

The same lead: they must be merged. Another lead: the county is asked for a joint visit.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from shared_models.filing import Filing, FilingLine, FilingState, Window


def lead_of(filing: Filing) -> str | None:
    return filing.departments[0] if filing.departments else None


def is_open(filing: Filing | FilingLine) -> bool:
    """Accepted, in no joint visit, with visits left; whether its window has ended is the caller's question."""
    accepted = filing.state is FilingState.ACCEPTED and filing.merged_into is None
    return accepted and filing.visits_made < filing.planned_visits


def days_apart(one: Window, other: Window) -> int:
    """Between the nearer ends: 16-20 and 23-25 are 3 apart, overlapping windows 0."""
    return max(0, (other[0] - one[1]).days, (one[0] - other[1]).days)


def open_filings_near(
    filing: Filing, filings: Iterable[Filing], *, enterprise: str, day: date, merge_window_days: int
) -> tuple[Filing, ...]:
    """The other open filings of the same purpose at the enterprise, near enough to be merged with this one."""
    return tuple(
        other
        for other in filings
        if other.number != filing.number
        and other.purpose is filing.purpose
        and enterprise in other.enterprises
        and is_open(other)
        and other.window[1] >= day
        and days_apart(filing.window, other.window) <= merge_window_days
    )
