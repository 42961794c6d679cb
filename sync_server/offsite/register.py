"""An off-site check as the log has it: filed, answered, answered by the department, put right, done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sqlalchemy import Connection

from shared_models.calendar import day_of
from shared_models.offsite import OffsiteCheckFiled, Outcome
from sync_server.clock import instant_of
from sync_server.errors import NotFoundError
from sync_server.storage.facts import current_facts

MOST_ANSWERS = 40
LINK_DAYS = 60
"""How long the link holds after the last day on which somebody waits for something."""
CHECK_HEX = 16


class CheckState(StrEnum):
    """`answered`: the department's turn. `put_right`: the enterprise's again. The last three are over."""

    OPEN = "open"
    ANSWERED = "answered"
    PUT_RIGHT = "put_right"
    IN_ORDER = "in_order"
    VISIT_NEEDED = "visit_needed"
    WITHDRAWN = "withdrawn"


ENTERPRISES_TURN = (CheckState.OPEN, CheckState.PUT_RIGHT)
OVER = (CheckState.IN_ORDER, CheckState.VISIT_NEEDED, CheckState.WITHDRAWN)
_OF_OUTCOME = {
    Outcome.IN_ORDER: CheckState.IN_ORDER,
    Outcome.PUT_RIGHT: CheckState.PUT_RIGHT,
    Outcome.VISIT_NEEDED: CheckState.VISIT_NEEDED,
}


@dataclass(frozen=True, slots=True)
class Told:
    """An answer of either side, by its record; what it says is read from the log. `at` in milliseconds."""

    record: bytes
    index: int
    at: int
    by: str


@dataclass(frozen=True, slots=True)
class OffsiteEntry:
    """`link` counts the addresses given; `due` is the day that holds now, that of the last `put_right_by` if any.

    `answers` are the enterprise's, `reviews` the department's, the newest last.
    """

    check: str
    form: OffsiteCheckFiled
    record: bytes
    filed_by: str
    filed_at: int
    due: date
    link: int = 0
    answers: tuple[Told, ...] = ()
    reviews: tuple[Told, ...] = ()
    outcome: Outcome | None = None
    """Of the last review, while no newer answer waits."""
    withdrawn_at: int | None = None
    comment: str = ""

    @property
    def state(self) -> CheckState:
        if self.withdrawn_at is not None:
            return CheckState.WITHDRAWN
        if self.outcome is not None:
            return _OF_OUTCOME[self.outcome]
        return CheckState.ANSWERED if self.answers else CheckState.OPEN

    @property
    def is_amendable(self) -> bool:
        """The enterprise has answered and the department has not."""
        return self.state is CheckState.ANSWERED

    def is_overdue(self, today: date) -> bool:
        return self.state in ENTERPRISES_TURN and today > self.due

    def link_until(self) -> date:
        """The last day on which its page opens."""
        days = [self.due, *(day_of(instant_of(one.at)) for one in (*self.answers[-1:], *self.reviews[-1:]))]
        return max(days) + timedelta(days=LINK_DAYS)


@dataclass(frozen=True, slots=True)
class LastCheckNumber:
    last: int


def check_id(record_id: bytes) -> str:
    """A check is named after its `offsite_check_filed` record."""
    return record_id[:8].hex()


def find_check(connection: Connection, check: str) -> OffsiteEntry:
    """Raises NotFoundError."""
    known = len(check) == CHECK_HEX and check.isascii() and check.isalnum()
    fact = current_facts(connection, "offsite", [check]).get(check) if known else None
    if fact is None:
        raise NotFoundError("offsite", check if known else "")
    return fact.load(OffsiteEntry)
