"""A draft and its states, from the first word to what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from shared_models.errors import ZhuqiError

T = TypeVar("T")


class DraftState(StrEnum):
    """`filed`: what came of it is in the register; the draft only remembers which."""

    WRITING = "writing"
    FOR_HEAD = "for_head"
    SENT_BACK = "sent_back"
    FILED = "filed"
    DROPPED = "dropped"


WITH_CLERK = (DraftState.WRITING, DraftState.SENT_BACK)
OPEN = (*WITH_CLERK, DraftState.FOR_HEAD)


@dataclass(frozen=True, slots=True)
class Draft(Generic[T]):
    """`comment` is the head's; `filed` the ids of the filings or checks that came of it."""

    id: str
    department: str
    state: DraftState
    version: int
    saved_by: str
    saved_at: int
    typed: T
    comment: str = ""
    filed: tuple[str, ...] = ()


@dataclass(eq=False)
class DraftChangedError(ZhuqiError):
    """Somebody else has saved it since: `saved_by` at `saved_at`."""

    code = "draft_changed"
    saved_by: str
    saved_at: int
