"""What the owner at the gate is told: one of three actions and one reason. Pure: all it rests on is handed in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from shared_models.calendar import day_of
from shared_models.codes import OpenedPass
from shared_models.enterprise import Enterprise
from shared_models.filing import FilingLine, FilingState
from shared_models.people import Department, Person
from shared_models.visit import GateDecision
from sync_server.check.read_pass import ReadPass

FRESH_SECONDS = 60
"""A phone shows a new pass every 30 seconds; what is older was kept by somebody, or its clock is slow."""
_MUST_BE_FILED = ("inspection", "recheck")
_LET_IN = ("allow", "allow_exception", "allow_then_file")


class Advice(StrEnum):
    """可以放行 · 先核实 · 可以不让进."""

    LET_IN = "let_in"
    VERIFY = "verify"
    MAY_REFUSE = "may_refuse"


ADVICE_OF_STATUS: dict[str, Advice] = {
    "valid": Advice.LET_IN,
    "unreadable": Advice.VERIFY,
    "unknown_format": Advice.MAY_REFUSE,
    "badly_formed": Advice.MAY_REFUSE,
    "unknown_key": Advice.MAY_REFUSE,
    "signature_mismatch": Advice.MAY_REFUSE,
    "unsupported": Advice.VERIFY,
    "expired": Advice.MAY_REFUSE,
    "not_yet": Advice.VERIFY,
    "revoked": Advice.MAY_REFUSE,
    "wrong_host": Advice.MAY_REFUSE,
    "trust_too_old": Advice.VERIFY,
}


@dataclass(frozen=True, slots=True)
class Opening:
    """The opening record, where it has arrived. `fits`: it is by the pass's own phone and says the same visit."""

    visit: bytes
    body: GateDecision
    state: str
    exception_state: str | None
    fits: bool
    reproduced: bool
    joined: frozenset[str]
    """Ids of persons whose own phones joined, the author's included."""
    closed_at: int | None = None
    """Milliseconds by the phone's clock."""


@dataclass(frozen=True, slots=True)
class PassFacts:
    """`sheet` is the enterprise whose own gate sheet the check started from; `line` the filing as it stands now."""

    read: ReadPass
    now: datetime
    sheet: str | None
    person: Person | None = None
    department: Department | None = None
    enterprise: Enterprise | None = None
    line: FilingLine | None = None
    opening: Opening | None = None
    is_protected: bool = False
    is_live: bool = False
    """An earlier check of the same visit shows that the phone makes new passes, with a clock as much off as now."""

    @property
    def skew_seconds(self) -> int | None:
        """The server's clock minus the pass's: what the phone's clock is behind, or how old the pass is."""
        genuine = self.read.genuine
        return None if genuine is None else int(self.now.timestamp()) - genuine.visit_pass.at


@dataclass(frozen=True, slots=True)
class Answer:
    """`why` is `valid…` or one of the twelve statuses, or what is wrong with a valid pass."""

    advice: Advice
    why: str


def judge_pass(facts: PassFacts) -> Answer:
    opened = facts.read.opened
    if opened is None:
        return Answer(ADVICE_OF_STATUS[facts.read.status], facts.read.status)
    for rule in _RULES:
        answer = rule(facts, opened)
        if answer is not None:
            return answer
    return Answer(Advice.LET_IN, _valid_word(facts, opened))


def in_force(line: FilingLine | None, now: datetime) -> bool:
    if line is None or line.state is not FilingState.ACCEPTED or line.merged_into is not None:
        return False
    first, last = line.window
    return first <= day_of(now) <= last


def _another_enterprise(facts: PassFacts, opened: OpenedPass) -> Answer | None:
    if facts.sheet is not None and opened.visit_pass.enterprise != facts.sheet:
        return Answer(Advice.MAY_REFUSE, "other_enterprise")
    return None


def _opening_differs(facts: PassFacts, _: OpenedPass) -> Answer | None:
    opening = facts.opening
    return Answer(Advice.MAY_REFUSE, "opening_differs") if opening is not None and not opening.fits else None


def _denied_at_gate(facts: PassFacts, opened: OpenedPass) -> Answer | None:
    if opened.visit_pass.verdict == "deny" or (facts.opening is not None and facts.opening.state == "refused"):
        return Answer(Advice.MAY_REFUSE, "verdict_denied")
    return None


def _officer(facts: PassFacts, opened: OpenedPass) -> Answer | None:
    person = facts.person
    if opened.visit_pass.purpose not in _MUST_BE_FILED or person is None:
        return None
    if person.licence is None:
        return Answer(Advice.MAY_REFUSE, "officer_unlicensed")
    day = day_of(facts.now)
    begun = person.valid_from is None or person.valid_from <= day
    over = person.valid_until is not None and day > person.valid_until
    return Answer(Advice.MAY_REFUSE, "officer_expired") if over or not begun else None


def _exception_denied(facts: PassFacts, _: OpenedPass) -> Answer | None:
    if facts.opening is not None and facts.opening.exception_state == "denied":
        return Answer(Advice.MAY_REFUSE, "exception_denied")
    return None


def _no_ground(facts: PassFacts, opened: OpenedPass) -> Answer | None:
    visit_pass = opened.visit_pass
    if facts.is_protected and visit_pass.purpose == "service" and visit_pass.ground is None:
        return Answer(Advice.MAY_REFUSE, "service_without_ground")
    return None


def _closed(facts: PassFacts, _: OpenedPass) -> Answer | None:
    is_closed = facts.opening is not None and facts.opening.state == "closed"
    return Answer(Advice.VERIFY, "visit_closed") if is_closed else None


def _old_code(facts: PassFacts, _: OpenedPass) -> Answer | None:
    age = facts.skew_seconds
    return Answer(Advice.VERIFY, "old_code") if age is not None and age > FRESH_SECONDS and not facts.is_live else None


def _unverified(facts: PassFacts, opened: OpenedPass) -> Answer | None:
    if opened.visit_pass.verdict not in _LET_IN:
        return Answer(Advice.VERIFY, "gate_unverified")
    if facts.opening is not None and not facts.opening.reproduced:
        return Answer(Advice.VERIFY, "not_reproduced")
    return None


def _exception_stated(facts: PassFacts, opened: OpenedPass) -> Answer | None:
    opening = facts.opening
    if opening is not None and opening.exception_state is not None:
        return None if opening.exception_state == "confirmed" else Answer(Advice.VERIFY, "exception_stated")
    if opened.visit_pass.verdict == "allow_then_file":
        return Answer(Advice.VERIFY, "exception_not_arrived")
    return None


def _not_filed(facts: PassFacts, opened: OpenedPass) -> Answer | None:
    is_exception = facts.opening is not None and facts.opening.exception_state is not None
    if opened.visit_pass.purpose not in _MUST_BE_FILED or is_exception or in_force(facts.line, facts.now):
        return None
    return Answer(Advice.VERIFY, "not_filed" if facts.line is None and opened.slip is None else "filing_not_in_force")


def _protected_day(facts: PassFacts, opened: OpenedPass) -> Answer | None:
    """The phone's word alone does not make a visit lawful on a protected day; a service visit names its ground."""
    if not facts.is_protected or opened.visit_pass.purpose == "service" or facts.opening is not None:
        return None
    by_filing = facts.line is not None and facts.line.exception is not None
    return None if by_filing else Answer(Advice.VERIFY, "protected_day")


_RULES: tuple[Callable[[PassFacts, OpenedPass], Answer | None], ...] = (
    _another_enterprise,
    _opening_differs,
    _denied_at_gate,
    _officer,
    _exception_denied,
    _no_ground,
    _closed,
    _old_code,
    _unverified,
    _exception_stated,
    _not_filed,
    _protected_day,
)
"""What speaks against the visit first, then what is not certain; the first that fits is the one reason given."""


def _valid_word(facts: PassFacts, opened: OpenedPass) -> str:
    if facts.opening is not None and facts.opening.exception_state == "confirmed":
        return "valid_exception"
    purpose = opened.visit_pass.purpose
    if purpose in _MUST_BE_FILED:
        return "valid_filed"
    if purpose == "service":
        return "valid_invited" if opened.visit_pass.ground == "invited" else "valid_service"
    return "valid_survey"
