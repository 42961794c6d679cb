"""What the pages of all drafts have in common: what they are asked for, and what they show of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Choice:
    """`more` tells namesakes apart; `note` is a stable word on what speaks against it."""

    id: str
    name: str
    more: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that is not taken, by its number in the list, and why."""

    line: int
    text: str
    problem: str


@dataclass(frozen=True, slots=True)
class Looked:
    """What else the page was asked for: which of its pages, what to search, and lines that could not be read."""

    page: int = 1
    find: str = ""
    bad: tuple[BadLine, ...] = ()


class ShownDraft(Protocol):
    @property
    def problems(self) -> dict[str, str]:
        """By field, what has to be mended."""

    @property
    def may_be_sent(self) -> bool:
        """Whether the head may see it."""
