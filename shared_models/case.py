"""A case (案件): the law's checklist as it follows from the facts, and what may then be decided (rules 5; 三.6).

A box is one of the needs of rules 5. No decision of any kind stands while a box is open (行政处罚法 57, 58).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import ClassVar

from shared_models.errors import BadlyFormedError, ZhuqiError
from shared_models.leniency import Correction, Harm, Leniency, LeniencyFacts, spare

MAX_FINE = 10**13
"""In fen: what nobody means to type lies above it."""
DECIDE_WITHIN_DAYS = 90
"""Calendar days from the opening (行政处罚法 60)."""
PRESENT_NEEDED = 3
"""行政处罚法 57 names no number; fewer than three heads would be no collective that can come to a majority."""


class Step(StrEnum):
    """The boxes, in the order in which they are filled and shown; the words are those of rules 5."""

    DISCRETION_STANDARD = "discretion_standard"
    COMMITMENT_LETTER = "commitment_letter"
    EDUCATION = "education"
    RECHECK = "recheck"
    SERVER_CONFIRMATION = "server_confirmation"
    LEGAL_REVIEW = "legal_review"
    COLLECTIVE_DECISION = "collective_decision"
    DEPARTMENT_DECISION = "department_decision"


CLAUSES: dict[Step, str] = {
    Step.DISCRETION_STANDARD: "处罚法34",
    Step.COMMITMENT_LETTER: "三.6",
    Step.EDUCATION: "处罚法33.3",
    Step.RECHECK: "三.6",
    Step.SERVER_CONFIRMATION: "处罚法33.1后",
    Step.LEGAL_REVIEW: "处罚法58",
    Step.COLLECTIVE_DECISION: "处罚法57.2",
    Step.DEPARTMENT_DECISION: "处罚法57.1",
}
_JUDGING = (Step.LEGAL_REVIEW, Step.COLLECTIVE_DECISION, Step.DEPARTMENT_DECISION)
"""Boxes that judge what the others hold, and come after them (行政处罚法 57, 58)."""


class ReviewGround(StrEnum):
    """Why a case is to be reviewed whatever its gravity (行政处罚法 58, one to four)."""

    PUBLIC_INTEREST = "public_interest"
    HEARING = "hearing"
    MANY_RELATIONS = "many_relations"
    OTHER_LAW = "other_law"


class Ended(StrEnum):
    """Why there is nothing to decide on any more: 行政处罚法 57 ¶1 (三), (四), and 36."""

    UNFOUNDED = "unfounded"
    CRIME = "crime"
    TIME_BARRED = "time_barred"


_ENDED_BY = {Ended.UNFOUNDED: "处罚法57.1(三)", Ended.CRIME: "处罚法57.1(四)", Ended.TIME_BARRED: "处罚法36"}


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """`complicated` is 情节复杂 (行政处罚法 57 ¶2)."""

    leniency: LeniencyFacts
    complicated: bool = False
    review: tuple[ReviewGround, ...] = ()
    ended: Ended | None = None

    @property
    def is_grave(self) -> bool:
        return self.leniency.serious or self.leniency.harm is Harm.SERIOUS


def facts_of_broken_promise(leniency: LeniencyFacts) -> CaseFacts:
    """What the letter said, but the promised correction did not come: nothing is spared any more."""
    return CaseFacts(replace(leniency, correction=Correction.REFUSED))


class DecisionKind(StrEnum):
    PENALTY = "penalty"
    NO_PENALTY = "no_penalty"
    DROPPED = "dropped"


def decisions_open(facts: CaseFacts) -> tuple[DecisionKind, ...]:
    """What the facts leave to decide; only "first, slight" is a may (行政处罚法 33 ¶1 s.2)."""
    if facts.ended is not None:
        return (DecisionKind.DROPPED,)
    outcome = spare(facts.leniency).outcome
    if outcome is Leniency.CASE:
        return (DecisionKind.PENALTY,)
    if outcome is Leniency.NO_PENALTY_FIRST:
        return (DecisionKind.NO_PENALTY, DecisionKind.PENALTY)
    return (DecisionKind.NO_PENALTY,)


def basis_of(facts: CaseFacts, kind: DecisionKind) -> str:
    if facts.ended is not None:
        return _ENDED_BY[facts.ended]
    outcome = spare(facts.leniency)
    is_not_spared = kind is DecisionKind.PENALTY and outcome.outcome is not Leniency.CASE
    return "处罚法5" if is_not_spared else outcome.basis


def boxes(facts: CaseFacts, kind: DecisionKind | None = None) -> tuple[Step, ...]:
    """The checklist for one kind of decision; without one, for the first that is open."""
    kind = kind or decisions_open(facts)[0]
    if facts.ended is not None:
        # nobody drops a grave case alone (四.3)
        needs = {Step.LEGAL_REVIEW, Step.COLLECTIVE_DECISION} if facts.is_grave else {Step.DEPARTMENT_DECISION}
    else:
        needs = {Step(need) for need in spare(facts.leniency).needs}
        if kind is DecisionKind.PENALTY:
            needs.add(Step.DISCRETION_STANDARD)
    if facts.review:
        needs.add(Step.LEGAL_REVIEW)
    if facts.complicated:
        needs.add(Step.COLLECTIVE_DECISION)
    return tuple(step for step in Step if step in needs)


@dataclass(eq=False)
class BoxOpenError(ZhuqiError):
    """The law's checklist is not whole: the first open box, and its clause."""

    code: ClassVar[str] = "case_box_open"
    box: str
    clause: str


@dataclass(eq=False)
class DecisionNotOpenError(ZhuqiError):
    """The facts do not leave this decision; `clause` is the basis that they lead to."""

    code: ClassVar[str] = "case_decision_not_open"
    clause: str


@dataclass(frozen=True, slots=True)
class Decision:
    """`fine` in fen, 0 for none; `penalty` says in words what else is imposed (警告, 没收…)."""

    kind: DecisionKind
    reason: str
    basis: str
    fine: int = 0
    penalty: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.fine <= MAX_FINE:
            raise BadlyFormedError("fine", "must be an amount in fen")
        is_penalty = self.kind is DecisionKind.PENALTY
        if is_penalty != bool(self.fine or self.penalty.strip()):
            raise BadlyFormedError("fine", "goes with a penalty, and a penalty with one")
        if not self.reason.strip():
            raise BadlyFormedError("reason", "must be given")


def check_decision(facts: CaseFacts, done: Collection[Step], kind: DecisionKind) -> None:
    """`done`: the boxes filled on these facts. Raises DecisionNotOpenError or BoxOpenError."""
    if kind not in decisions_open(facts):
        raise DecisionNotOpenError(basis_of(facts, decisions_open(facts)[0]))
    _check_done(boxes(facts, kind), done)


def check_step(facts: CaseFacts, done: Collection[Step], step: Step) -> None:
    """Whether the box may be filled now: it is one of the case's, and what it judges is there.

    Raises DecisionNotOpenError for a box that the facts do not ask for, BoxOpenError for what has to come first.
    """
    if step not in boxes_asked(facts):
        raise DecisionNotOpenError(CLAUSES[step])
    if step is Step.LEGAL_REVIEW:
        _check_done(tuple(box for box in boxes(facts) if box not in _JUDGING), done)
    elif step in _JUDGING and Step.LEGAL_REVIEW in boxes_asked(facts):
        _check_done((Step.LEGAL_REVIEW,), done)


def boxes_asked(facts: CaseFacts) -> tuple[Step, ...]:
    """The boxes of every decision that the facts leave open."""
    asked = {box for kind in decisions_open(facts) for box in boxes(facts, kind)}
    return tuple(step for step in Step if step in asked)


def reopened_by(step: Step) -> frozenset[Step]:
    """What was judged before this box was filled, and has to be judged again."""
    order = tuple(Step)
    return frozenset(box for box in _JUDGING if order.index(box) > order.index(step))


def _check_done(needed: tuple[Step, ...], done: Collection[Step]) -> None:
    for box in needed:
        if box not in done:
            raise BoxOpenError(box.value, CLAUSES[box])


@dataclass(frozen=True, slots=True)
class DiscretionStandard:
    """裁量基准: which, the provision in it, and how the case falls under it."""

    standard: str
    provision: str
    applied: str = ""


@dataclass(frozen=True, slots=True)
class LegalReview:
    """法制审核. Where it was not passed, the box stays open (行政处罚法 58)."""

    reviewer: str
    opinion: str
    passed: bool


@dataclass(frozen=True, slots=True)
class CollectiveDecision:
    """集体讨论: the heads who were there, by name. Who handles or reviews the case reports and does not count."""

    present: tuple[str, ...]
    on: date
    opinion: str


@dataclass(frozen=True, slots=True)
class StepDone:
    """What fills one box: the part that belongs to it, or words."""

    step: Step
    note: str = ""
    standard: DiscretionStandard | None = None
    review: LegalReview | None = None
    discussion: CollectiveDecision | None = None

    def __post_init__(self) -> None:
        parts = {
            Step.DISCRETION_STANDARD: self.standard,
            Step.LEGAL_REVIEW: self.review,
            Step.COLLECTIVE_DECISION: self.discussion,
        }
        given = {step for step, part in parts.items() if part is not None}
        if given != ({self.step} & parts.keys()):
            raise BadlyFormedError("step", "must carry its own part")
        if self.step not in parts and not self.note.strip():
            raise BadlyFormedError("note", "must be given")
        if self.standard and not (self.standard.standard.strip() and self.standard.provision.strip()):
            raise BadlyFormedError("standard", "must be named, with its provision")
        if self.review and not (self.review.reviewer.strip() and self.review.opinion.strip()):
            raise BadlyFormedError("review", "must say who, and the opinion")
        if self.discussion is not None:
            _check_discussion(self.discussion)

    @property
    def fills(self) -> bool:
        return self.review is None or self.review.passed


def _check_discussion(discussion: CollectiveDecision) -> None:
    names = [name.strip() for name in discussion.present]
    if len(set(names)) != len(names) or not all(names) or len(names) < PRESENT_NEEDED:
        raise BadlyFormedError("present", f"must be {PRESENT_NEEDED} different people at least")
    if not discussion.opinion.strip():
        raise BadlyFormedError("opinion", "must be given")
