"""What a desk asks of the list of off-site checks, as it stands in the page's address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from sync_server.pages.asked import address_of, given_in, one_of, text_in, time_and_id_in

_ID_BYTES = 8


class Wanted(StrEnum):
    """`overdue`: the enterprise is awaited and the day is over. `done`: nobody waits for anything."""

    OPEN = "open"
    ANSWERED = "answered"
    PUT_RIGHT = "put_right"
    OVERDUE = "overdue"
    DONE = "done"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page begins: after this check, in the list's order."""

    filed_at: int
    check: str

    def __str__(self) -> str:
        return f"{self.filed_at}.{self.check}"


@dataclass(frozen=True, slots=True)
class CheckFilter:
    department: str = ""
    state: Wanted | None = None
    words: str = ""
    """A number, or parts of an enterprise's name or code."""
    oldest_first: bool = False
    after: Place | None = None

    @property
    def is_narrowed(self) -> bool:
        return replace(self, after=None, oldest_first=False, state=None) != CheckFilter()

    def address(self, path: str, after: Place | None = None) -> str:
        values = {
            "department": self.department,
            "state": self.state,
            "words": self.words,
            "order": "oldest" if self.oldest_first else "",
            "after": after,
        }
        return address_of(path, values)

    def with_state(self, state: Wanted | None) -> CheckFilter:
        return replace(self, state=state, after=None)


def filter_from(query: Mapping[str, str]) -> CheckFilter:
    """Blank values are not given. Raises BadlyFormedError for what our own form cannot have sent."""
    given = given_in(query)
    after = time_and_id_in(given, "after", _ID_BYTES)
    return CheckFilter(
        department=text_in(given, "department"),
        state=one_of(Wanted, given, "state"),
        words=text_in(given, "words"),
        oldest_first=given.get("order") == "oldest",
        after=Place(after[0], after[1].hex()) if after else None,
    )
