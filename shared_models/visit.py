"""The bodies of a phone's records: what happened at a gate and in the enterprise, one dataclass a kind.

Nothing here is ever edited; what was wrong is amended by a new record that names the old one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from shared_models.facts import ExceptionClaim, Ground, Verdict
from shared_models.filing import Purpose


class Entry(StrEnum):
    """How the visit was entered into the app, shown as such everywhere (rules 2)."""

    AT_GATE = "at_gate"
    BEFORE_LEAVING = "before_leaving"
    AFTERWARDS = "afterwards"


class Identified(StrEnum):
    """How the enterprise was found; all rank the same (architecture, Gate code)."""

    CAMERA = "camera"
    PHOTO = "photo"
    TYPED = "typed"
    SEARCH = "search"


@dataclass(frozen=True, slots=True)
class Position:
    """Taken at the gate and at signing only. Microdegrees, because the records know no fractions."""

    latitude_microdegrees: int
    longitude_microdegrees: int
    accuracy_metres: int


@dataclass(frozen=True, slots=True)
class GroundGiven:
    """Why a service visit comes: who invited and when, the theme's number, or the liaison."""

    kind: Ground
    by: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Companion:
    """A person on the visit as shown to the enterprise. `listed` is false for a visitor typed in by hand."""

    id: str
    name: str
    department: str
    unit: str = ""
    licence: str | None = None
    listed: bool = True


@dataclass(frozen=True, slots=True)
class Basis:
    """On which data the phone decided, so that the verdict can be decided again.

    `own_entries` counts this phone's entered visits that the data did not yet hold, by filing number and, for the
    year's counted inspections, by `"cap:" + department`.
    """

    reference_size: int
    reference_issued_at: datetime
    own_entries: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class GateDecision:
    """Body of `visit_opened` and of `visit_refused`: what was asked at the gate, and what the gate said."""

    enterprise: str
    purpose: Purpose
    people: tuple[Companion, ...]
    verdict: Verdict
    basis: Basis
    identified: Identified
    entry: Entry = Entry.AT_GATE
    entry_reason: str = ""
    enterprise_name: str = ""
    gate: int | None = None
    assistants: int = 0
    ground: GroundGiven | None = None
    claim: ExceptionClaim | None = None
    position: Position | None = None
    unverified: bool = False
    """Entered although the gate could not verify (rules 4: survey only), shown as 待核."""


@dataclass(frozen=True, slots=True)
class Guidance:
    """What was advised (现场指导)."""

    text: str
    snippet: str | None = None


@dataclass(frozen=True, slots=True)
class LegalEducation:
    """What law was taught (普法)."""

    text: str
    provision: str = ""
    snippet: str | None = None


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo is bound by its hash; the picture itself travels as a blob."""

    sha256: bytes
    size_bytes: int
    width: int
    height: int
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Need:
    """What the enterprise asks for (企业诉求)."""

    text: str
    contact: str = ""


@dataclass(frozen=True, slots=True)
class VisitClosed:
    """`why_no_legal_education` is blank exactly where some was recorded."""

    why_no_legal_education: str = ""
    note: str = ""
    position: Position | None = None


@dataclass(frozen=True, slots=True)
class Joined:
    """A second officer's own word that they were there; on their own phone's chain."""

    opening: bytes


@dataclass(frozen=True, slots=True)
class Amendment:
    """Amends the record that it names; both stay."""

    amends: bytes
    text: str


@dataclass(frozen=True, slots=True)
class Resumed:
    """A phone restored from a backup goes on from the server's head."""

    server_seq: int
    server_head: bytes
    local_seq: int
