"""One visit as its page shows it. Values, no words: the template says them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from shared_models.enterprise import Enterprise
from shared_models.filing import FilingLine
from shared_models.people import Department
from shared_models.visit import Companion, GateDecision

_CLOCKS_DIFFER = 2 * 60_000


class Check(StrEnum):
    """`waiting`: what would decide it has not arrived."""

    GOOD = "good"
    WAITING = "waiting"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Checked:
    """The checks of one record that were made for this page; a code says why one failed."""

    signature: Check
    chain: Check
    inclusion: Check
    witness: Check
    codes: tuple[str, ...] = ()

    @property
    def worst(self) -> Check:
        found = (self.signature, self.chain, self.inclusion, self.witness)
        return next((check for check in (Check.BAD, Check.WAITING) if check in found), Check.GOOD)


@dataclass(frozen=True, slots=True)
class ShownRecord:
    """`body` is null for a kind that is not known here; `at` is the phone's own time, the others the county's.

    What happened lies between `seen_at`, the newest of the county's checkpoints that its phone held, and `received_at`.
    """

    id: str
    index: int
    kind: str
    body: Any
    author_name: str
    is_county: bool
    seq: int
    at: int
    seen_at: int | None
    received_at: int
    status: str
    code: str | None
    amends: int | None
    photo_arrived: bool
    checked: Checked
    letter_state: str | None = None
    """Of a letter: a word of `texts.terms`."""
    is_disguised: bool = False
    """A finding or a letter on a visit whose purpose allows none: an altered app wrote it (三.4)."""
    is_late_check: bool = False
    """A check that was made without signal and arrived later: its time is the enterprise's phone's own."""

    @property
    def is_set_aside(self) -> bool:
        return self.status != "accepted"

    @property
    def is_clock_off(self) -> bool:
        """Whether the phone's time lies outside of what can be proven, by more than clocks commonly differ."""
        too_early = self.seen_at is not None and self.at < self.seen_at - _CLOCKS_DIFFER
        return not self.is_county and (too_early or self.at > self.received_at + _CLOCKS_DIFFER)


class Presence(StrEnum):
    AUTHOR = "author"
    JOINED = "joined"
    JOINED_LATE = "joined_late"
    NAMED = "named"


@dataclass(frozen=True, slots=True)
class ShownPerson:
    companion: Companion
    department: str
    presence: Presence
    has_portrait: bool


@dataclass(frozen=True, slots=True)
class ShownException:
    """`source` is `claim` for one stated at the gate, `filing` for one that the filing in force carries."""

    source: str
    reason: str
    note: str
    proof: str
    approver: str
    state: str | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class ExPost:
    """The filing that is due after an entry by exception."""

    due: date
    number: str | None
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class Difference:
    """The second decisions on one record: verdicts as words of the gate, null where the server could not decide."""

    kind: str
    reproduced: bool
    again: str | None
    overtaken: bool
    at_receipt: str | None
    refused_days: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class ChainState:
    author_name: str
    missing: tuple[tuple[int, int], ...]
    forks: tuple[int, ...]
    """Numbers of this visit's records that stand at a fork."""
    forks_elsewhere: bool


@dataclass(frozen=True, slots=True)
class Proofs:
    """`checkpoint` is good where both of its signatures verify under the county's key."""

    size: int
    issued_at: int
    checkpoint: Check
    bad: int
    waiting: int
    """Records that pass but for what has not arrived."""
    chains: tuple[ChainState, ...]


@dataclass(frozen=True, slots=True)
class ShownVisit:
    """`opening` is null where only other records of the visit have arrived, or its opening was set aside."""

    visit: str
    state: str | None
    opening: GateDecision | None
    at: int | None
    enterprise: Enterprise | None
    departments: tuple[Department, ...]
    people: tuple[ShownPerson, ...]
    filing: FilingLine | None
    exceptions: tuple[ShownException, ...]
    expost: ExPost | None
    records: tuple[ShownRecord, ...]
    differences: tuple[Difference, ...]
    proofs: Proofs
    names: dict[str, str]
    """Of people and departments, for ids that reasons are about."""

    @property
    def photos(self) -> tuple[ShownRecord, ...]:
        return tuple(record for record in self.records if record.kind == "photo_taken" and record.body is not None)
