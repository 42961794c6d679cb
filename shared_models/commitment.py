"""What an inspection finds, and the letter of 首违不罚 (rules 5, 三.6): a promise where the law spares.

A letter is no decision: the department decides afterwards. It never asks for the legal representative (54号).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shared_models.errors import BadlyFormedError
from shared_models.leniency import Leniency, LeniencyFacts, Outcome, spare
from shared_models.signature import check_signature
from shared_models.visit import Position

SPARED = frozenset({Leniency.NO_PENALTY_MINOR, Leniency.NO_PENALTY_FIRST})
OFFICERS_NEEDED = 2
MAX_TEXT, MAX_NAME = 1_200, 60
"""Characters of a field of the letter, so that whatever is written fits one record and few pages."""


@dataclass(frozen=True, slots=True)
class Provision:
    """A clause of the county's law library; `fact` how it is usually broken, `field` the 领域 of "first".

    `measure` is the usual correction.
    """

    id: str
    title: str
    clause: str
    text: str
    field: str
    fact: str = ""
    measure: str = ""
    department: str = ""

    @property
    def name(self) -> str:
        return f"{self.title}{self.clause}"


@dataclass(frozen=True, slots=True)
class Finding:
    """A violation noted on an inspection or recheck (发现问题); `provision` is blank where the library has none."""

    enterprise: str
    what: str
    where: str
    provision: str = ""
    provision_name: str = ""
    provision_text: str = ""
    field: str = ""
    photo: bytes | None = None
    """SHA-256 of a photo of the same visit."""


@dataclass(frozen=True, slots=True)
class PersonOnSite:
    name: str
    role: str
    phone: str


@dataclass(frozen=True, slots=True)
class Signed:
    """Drawn on the officer's phone. `path`: see `shared_models.signature`; `officer` is the id of an officer's."""

    name: str
    path: str
    officer: str | None = None
    licence: str | None = None

    def __post_init__(self) -> None:
        check_signature(self.path)


@dataclass(frozen=True, slots=True)
class Commitment:
    """The letter's words (domain c3). `finding` is the record that it is about, `filing` the visit's."""

    number: str
    filing: str | None
    enterprise: str
    enterprise_name: str
    on_site: PersonOnSite
    finding: bytes
    facts: str
    provision_name: str
    provision_text: str
    leniency: LeniencyFacts
    basis: str
    education: str
    measure: str
    due: date
    consequences: str
    statement: str
    recheck: date | None = None

    def __post_init__(self) -> None:
        outcome = spare(self.leniency)
        if outcome.outcome not in SPARED or outcome.basis != self.basis:
            raise BadlyFormedError("basis", "does not follow from the answers")
        _check_lengths(self, MAX_TEXT)
        _check_lengths(self.on_site, MAX_NAME)

    @property
    def outcome(self) -> Outcome:
        return spare(self.leniency)


@dataclass(frozen=True, slots=True)
class LetterSigned:
    """`on_site` is the hand of whoever the letter names; two officers sign with it."""

    letter: Commitment
    on_site: Signed
    officers: tuple[Signed, ...]
    position: Position | None = None

    def __post_init__(self) -> None:
        check_officers(self.officers)
        if self.on_site.officer is not None:
            raise BadlyFormedError("on_site", "must not be an officer")


@dataclass(frozen=True, slots=True)
class LetterRefused:
    """The person on site would not sign: a witness and the reason stand in their place (rules 5: row 3 stays)."""

    letter: Commitment
    reason: str
    witness: str
    officers: tuple[Signed, ...]
    witnessed: Signed | None = None
    position: Position | None = None

    def __post_init__(self) -> None:
        check_officers(self.officers)
        if not self.reason.strip() or not self.witness.strip():
            raise BadlyFormedError("reason", "must be given, and a witness named")


def check_officers(officers: tuple[Signed, ...]) -> None:
    """Two different people (行政处罚法 42)."""
    if len({one.officer for one in officers if one.officer}) < OFFICERS_NEEDED:
        raise BadlyFormedError("officers", "must be two")


def _check_lengths(part: Commitment | PersonOnSite, most: int) -> None:
    for name in part.__slots__:
        value = getattr(part, name)
        if isinstance(value, str) and len(value) > most:
            raise BadlyFormedError(name, f"must have at most {most} characters")
