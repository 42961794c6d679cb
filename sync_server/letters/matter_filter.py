"""What a desk asks of the list of findings and letters, as it stands in the page's address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from shared_models.errors import BadlyFormedError
from sync_server.letters.matter_states import MatterKind
from sync_server.pages.asked import address_of, day_in, given_in, one_of, text_in

_ID_HEX = 64


class Stage(StrEnum):
    """The tabs of the list; without one, all that is not over."""

    OPEN = "open"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    SHOWN = "shown"
    UNDECIDED = "undecided"
    CONTESTED = "contested"
    KEPT = "kept"
    UNFOUNDED = "unfounded"
    BROKEN = "broken"


_ENDED = frozenset({Stage.CONTESTED, Stage.KEPT, Stage.UNFOUNDED, Stage.BROKEN})


class Order(StrEnum):
    DUE_FIRST = "due_first"
    DUE_LAST = "due_last"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page begins: after this matter, in the list's order."""

    due: str
    record: str

    def __str__(self) -> str:
        return f"{self.due}.{self.record}"


@dataclass(frozen=True, slots=True)
class MatterFilter:
    """`department` narrows to one of the account's own; `words` are parts of an enterprise's name or code."""

    stage: Stage | None = None
    kind: MatterKind | None = None
    department: str = ""
    words: str = ""
    first_day: str = ""
    last_day: str = ""
    order: Order | None = None
    after: Place | None = None

    @property
    def in_order(self) -> Order:
        """What waits begins with what is due first, what has ended with what has ended last."""
        return self.order or (Order.DUE_LAST if self.stage in _ENDED else Order.DUE_FIRST)

    @property
    def is_narrowed(self) -> bool:
        return replace(self, after=None, stage=None) != MatterFilter()

    def address(self, after: Place | None = None, **changes: object) -> str:
        wish = replace(self, **changes)  # type: ignore[arg-type]
        values = {
            "stage": wish.stage,
            "kind": wish.kind,
            "department": wish.department,
            "words": wish.words,
            "from": wish.first_day,
            "until": wish.last_day,
            "order": wish.order,
            "after": after,
        }
        return address_of("/letters", values)


def filter_from(query: Mapping[str, str]) -> MatterFilter:
    """Blank values are not given. Raises BadlyFormedError for what our own form cannot have sent."""
    given = given_in(query)
    return MatterFilter(
        stage=one_of(Stage, given, "stage"),
        kind=one_of(MatterKind, given, "kind"),
        department=text_in(given, "department"),
        words=text_in(given, "words"),
        first_day=day_in(given, "from"),
        last_day=day_in(given, "until"),
        order=one_of(Order, given, "order"),
        after=_place(given.get("after", "")),
    )


def _place(text: str) -> Place | None:
    if not text:
        return None
    due, _, record = text.partition(".")
    if len(record) != _ID_HEX or set(record) - set("0123456789abcdef") or not day_in({"after": due}, "after"):
        raise BadlyFormedError("after", "must be a place in the list")
    return Place(due, record)
