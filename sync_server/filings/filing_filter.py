"""What a desk asks of the list of filings, as it stands in the page's address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from shared_models.filing import FilingState, Purpose
from sync_server.pages.asked import address_of, day_in, given_in, one_of, text_in, time_and_id_in

_ID_BYTES = 8


class Order(StrEnum):
    NEWEST = "newest"
    OLDEST = "oldest"


class Mark(StrEnum):
    """联合, 已并入, 例外, 事后."""

    JOINT = "joint"
    MERGED = "merged"
    EXCEPTION = "exception"
    AFTERWARDS = "afterwards"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page begins: after this filing, in the list's order."""

    submitted_at: int
    filing: str

    def __str__(self) -> str:
        return f"{self.submitted_at}.{self.filing}"


@dataclass(frozen=True, slots=True)
class FilingFilter:
    department: str = ""
    state: FilingState | None = None
    purpose: Purpose | None = None
    mark: Mark | None = None
    words: str = ""
    """A number, or parts of an enterprise's name or code."""
    first_day: str = ""
    last_day: str = ""
    order: Order = Order.NEWEST
    after: Place | None = None

    @property
    def is_narrowed(self) -> bool:
        return replace(self, after=None, order=Order.NEWEST) != FilingFilter()

    def address(self, path: str, after: Place | None = None) -> str:
        values = {
            "department": self.department,
            "state": self.state,
            "purpose": self.purpose,
            "mark": self.mark,
            "words": self.words,
            "from": self.first_day,
            "until": self.last_day,
            "order": "" if self.order is Order.NEWEST else self.order,
            "after": after,
        }
        return address_of(path, values)


def filter_from(query: Mapping[str, str]) -> FilingFilter:
    """Blank values are not given. Raises BadlyFormedError for what our own form cannot have sent."""
    given = given_in(query)
    after = time_and_id_in(given, "after", _ID_BYTES)
    return FilingFilter(
        department=text_in(given, "department"),
        state=one_of(FilingState, given, "state"),
        purpose=one_of(Purpose, given, "purpose"),
        mark=one_of(Mark, given, "mark"),
        words=text_in(given, "words"),
        first_day=day_in(given, "from"),
        last_day=day_in(given, "until"),
        order=one_of(Order, given, "order") or Order.NEWEST,
        after=Place(after[0], after[1].hex()) if after else None,
    )
