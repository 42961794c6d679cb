"""What a desk asks of the list of off-site checks, as it stands in the page's address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from urllib.parse import urlencode

from shared_models.errors import BadlyFormedError

_LONGEST_TEXT, _CHECK_HEX, _DIGITS = 100, 16, 18


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
        query = urlencode({name: str(value) for name, value in values.items() if value})
        return f"{path}?{query}" if query else path

    def with_state(self, state: Wanted | None) -> CheckFilter:
        return replace(self, state=state, after=None)


def filter_from(query: Mapping[str, str]) -> CheckFilter:
    """Blank values are not given. Raises BadlyFormedError for what our own form cannot have sent."""
    given = {key: value.strip() for key, value in query.items() if value.strip()}
    if any("\x00" in value for value in given.values()):  # PostgreSQL knows no such text
        raise BadlyFormedError("words", "must be a text")
    try:
        state = Wanted(given["state"]) if "state" in given else None
    except ValueError as err:
        raise BadlyFormedError("state", f"must be one of {' '.join(Wanted)}") from err
    return CheckFilter(
        department=given.get("department", "")[:_LONGEST_TEXT],
        state=state,
        words=given.get("words", "")[:_LONGEST_TEXT],
        oldest_first=given.get("order") == "oldest",
        after=_place(given.get("after", "")),
    )


def _place(text: str) -> Place | None:
    if not text:
        return None
    at, _, check = text.partition(".")
    is_hex = len(check) == _CHECK_HEX and check.isascii() and check.isalnum()
    if not (at.isascii() and at.isdigit() and len(at) <= _DIGITS and is_hex):
        raise BadlyFormedError("after", "must be a place in the list")
    return Place(int(at), check)
