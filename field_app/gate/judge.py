"""May this visit enter now: the county's data as the phone holds it, this phone's own entries, and `gate.decide`."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, ClassVar

from field_app.clock import instant_of, milliseconds
from field_app.gate.proposal import Proposal
from field_app.phone import Phone
from field_app.storage.database import Rows
from field_app.storage.records import Entered, entered_beyond
from field_app.storage.reference import held, held_through, items_about, read_item
from shared_models.calendar import day_of
from shared_models.county import Asked, PublishedCalendar, Reference, cap_key, facts_at_gate
from shared_models.enterprise import Enterprise
from shared_models.errors import ZhuqiError
from shared_models.facts import Facts, Verdict
from shared_models.filing import FilingLine, Purpose
from shared_models.gate import decide, next_allowed
from shared_models.people import Person
from shared_models.policy import Policy, PublishedPolicy
from shared_models.record import Seen
from shared_models.visit import Basis

_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict with all that a screen says beside it, and all that a record must say of it."""

    at: datetime
    verdict: Verdict
    next_allowed: tuple[date, ...]
    enterprise: Enterprise | None
    line: FilingLine | None
    """The filing in force."""
    basis: Basis
    seen: Seen | None
    entered: Entered
    """What entering now would count for."""

    @property
    def age(self) -> timedelta:
        """Of the data, by the phone's clock."""
        return self.at - self.basis.reference_issued_at


@dataclass(eq=False)
class VerdictChangedError(ZhuqiError):
    """What the gate says now is not what was on the screen: it is shown before anybody enters."""

    code: ClassVar[str] = "verdict_changed"
    judgement: Judgement


async def judge(phone: Phone, proposal: Proposal) -> Judgement:
    return await judge_at(phone, proposal, phone.clock.now())


async def judge_at(phone: Phone, proposal: Proposal, now: datetime, *, with_days: bool = True) -> Judgement:
    at = instant_of(milliseconds(now))  # a record carries milliseconds, and must be judged again alike
    return await phone.database.read(lambda rows: _judge(phone, rows, proposal, at, with_days=with_days))


def _judge(phone: Phone, rows: Rows, proposal: Proposal, at: datetime, *, with_days: bool) -> Judgement:
    seen = held(rows)
    reference = _reference(phone, rows, proposal, seen)
    own = _own_entries(rows, proposal.enterprise, seen, day_of(at).year)
    facts = facts_at_gate(
        reference,
        Asked(
            now=at,
            purpose=proposal.purpose,
            companions=proposal.companions,
            ground=None if proposal.ground is None else proposal.ground.kind,
            claim=proposal.claim,
            own_entries=own,
        ),
    )
    verdict = decide(facts)
    line = _in_force(reference, verdict)
    return Judgement(
        at=at,
        verdict=verdict,
        next_allowed=next_allowed(facts) if with_days and not verdict.verdict.may_enter else (),
        enterprise=reference.enterprise,
        line=line,
        basis=Basis(0 if seen is None else seen.size, reference.issued_at, own),
        seen=seen,
        entered=_entered(proposal, facts, line, day_of(at).year),
    )


def _reference(phone: Phone, rows: Rows, proposal: Proposal, seen: Seen | None) -> Reference:
    calendar, policy = _published(phone, rows, seen)
    listed = (companion.id for companion in proposal.companions if companion.listed)
    found: dict[str, Person | None] = {one: read_item(rows, "person", one) for one in listed}
    return Reference(
        issued_at=_NEVER if seen is None else datetime.fromtimestamp(seen.issued_at, UTC),
        enterprise=read_item(rows, "enterprise", proposal.enterprise),
        people={one: person for one, person in found.items() if person is not None},
        lines=items_about(rows, "line", proposal.enterprise),
        counts=items_about(rows, "count", proposal.enterprise),
        calendar=calendar,
        policy=policy,
    )


def _published(phone: Phone, rows: Rows, seen: Seen | None) -> tuple[PublishedCalendar | None, PublishedPolicy | None]:
    """Read once for each state of the log, because every touch on the card asks for them again."""
    root = None if seen is None else seen.root
    cached: tuple[Any, ...] | None = phone.published
    if cached is None or cached[0] != root:
        cached = (root, read_item(rows, "calendar", "calendar"), read_item(rows, "policy", "policy"))
        phone.published = cached
    return cached[1], cached[2]


def _own_entries(rows: Rows, uscc: str, seen: Seen | None, year: int) -> dict[str, int]:
    count: Counter[str] = Counter()
    for entered in entered_beyond(rows, uscc, 0 if seen is None else seen.size, held_through(rows)):
        if entered.filing is not None:
            count[entered.filing] += 1
        if entered.cap_department is not None and entered.year == year:
            count[cap_key(entered.cap_department)] += 1
    return dict(count)


def _in_force(reference: Reference, verdict: Verdict) -> FilingLine | None:
    return next((line for line in reference.lines if line.number == verdict.filing), None)


def _entered(proposal: Proposal, facts: Facts, line: FilingLine | None, year: int) -> Entered:
    """Counted as the server counts (rules 4): inspections, without those whose exception is cap-exempt."""
    policy: Policy = facts.policy
    reasons = {
        None if proposal.claim is None else proposal.claim.reason,
        None if line is None or line.exception is None else line.exception.reason,
    }
    department = None
    if proposal.purpose is Purpose.INSPECTION and reasons.isdisjoint(policy.cap_exempt_reasons):
        first = proposal.companions[0].department if proposal.companions else None
        department = line.departments[0] if line is not None else first
    return Entered(None if line is None else line.number, department, year)
