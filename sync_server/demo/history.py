"""Visits of the past weeks, written by phones of the demo county: real keys, chains and receipts, like any other."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from shared_models import ed25519
from shared_models.calendar import SHANGHAI
from shared_models.county import Asked, PublishedCalendar, Reference, VisitCount, facts_at_gate
from shared_models.enterprise import Enterprise
from shared_models.facts import ExceptionClaim
from shared_models.filing import FilingLine, FilingState, Purpose
from shared_models.gate import decide
from shared_models.kinds import VERSION
from shared_models.people import Person
from shared_models.policy import PublishedPolicy
from shared_models.record import Record, Seen, record_id, sign
from shared_models.shape import to_plain
from shared_models.suite import kid_of
from shared_models.sync import EnrolmentRequest
from shared_models.visit import (
    Basis,
    Companion,
    Entry,
    GateDecision,
    Guidance,
    Identified,
    LegalEducation,
    Need,
    VisitClosed,
)
from sync_server.clock import milliseconds
from sync_server.county import County
from sync_server.demo.county import DemoCounty
from sync_server.demo.filings import PlannedFiling
from sync_server.enrolment.confirm_enrolment import confirm_enrolment
from sync_server.enrolment.issue_code import issue_code
from sync_server.enrolment.request_enrolment import request_enrolment
from sync_server.filings.scope import scoped_line
from sync_server.log.tree import TreeReader, log_size
from sync_server.log.writing import reading
from sync_server.storage.facts import current_facts, current_facts_of, current_of_kind
from sync_server.sync.accept_records import accept_records

PAST_VISITS = 36

_INSIDE = timedelta(minutes=52)

Event = tuple[datetime, Callable[[County], None]]


@dataclass
class Phone:
    officer: Person
    seed: bytes
    seq: int = 0
    head: bytes | None = None
    waiting: list[bytes] = field(default_factory=list)

    @property
    def kid(self) -> bytes:
        return kid_of(ed25519.public_key(self.seed))

    def write(self, kind: str, body: object, visit: bytes, at: datetime, seen: Seen) -> None:
        self.seq += 1
        record = Record(VERSION, kind, self.kid, self.seq, self.head, visit, milliseconds(at), seen, to_plain(body))
        envelope = sign(record, lambda message: ed25519.sign(self.seed, message))
        self.head = record_id(envelope)
        self.waiting.append(envelope)


class HistoryPhones:
    """The two inspectors of the cockpit have no history: their phones are the visitor's."""

    def __init__(self, county: County, demo: DemoCounty, seed: int) -> None:
        self._demo = demo
        self._pick = random.Random(seed + 7)  # noqa: S311  # a story, not a secret
        self._people = {person.id: person for person in demo.people}
        self._phones: dict[str, Phone] = {}
        self._seed = seed
        self._county = county

    def events(self) -> list[Event]:
        """Visits on the days of their filings' windows, and a few that had none."""
        past: list[Event] = []
        for i, planned in enumerate(self._demo.filings):
            if len(past) >= 2 * PAST_VISITS:
                break
            day = self._past_day(planned)
            if (
                planned.state is FilingState.ACCEPTED
                and day is not None
                and planned.form.officers[0] not in self._cast()
            ):
                at = datetime.combine(day, time(9 + i % 7, (i * 7) % 60), SHANGHAI)
                officers = planned.form.officers
                past.append((at, self._visit(officers, planned.form.enterprises[0], i)))
                past.append((at + _INSIDE, self.arrival(officers[0])))
        return past

    def at_gate(self, county: County, phone: Phone, uscc: str, officers: tuple[str, ...]) -> tuple[GateDecision, Seen]:
        """What the phone's gate says now, and the log that it has seen."""
        gate = _Gate(county, phone.officer)
        return gate.decide(uscc, tuple(_companion(self._people[one]) for one in officers), None), gate.seen

    def name_of(self, person: str) -> str:
        return self._people[person].name

    def enterprise_name(self, uscc: str) -> str:
        return next(one.name for one in self._demo.enterprises if one.uscc == uscc)

    def _cast(self) -> tuple[str, ...]:
        cast = self._demo.cast
        return (cast.inspector, cast.colleague, cast.other_inspector)

    def _past_day(self, planned: PlannedFiling) -> date | None:
        first = max(planned.form.window[0], self._demo.day - timedelta(days=planned.submitted_days_ago - 1))
        last = min(planned.form.window[1], self._demo.day - timedelta(days=1))
        days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
        weekdays = [day for day in days if day.weekday() < 5]  # noqa: PLR2004
        return self._pick.choice(weekdays) if weekdays else None

    def _visit(self, officers: tuple[str, ...], uscc: str, i: int) -> Callable[[County], None]:
        def act(county: County) -> None:
            phone = self.phone_of(county, officers[0])
            gate = _Gate(county, phone.officer)
            companions = tuple(_companion(self._people[one]) for one in officers[: 1 if i % 13 == 12 else 2])  # noqa: PLR2004
            claim = None
            body = gate.decide(uscc, companions, claim)
            visit = hashlib.sha256(f"{self._seed}/{i}".encode()).digest()[:16]
            at = county.clock.now()
            if not body.verdict.verdict.may_enter:
                phone.write("visit_refused", body, visit, at, gate.seen)
                if i % 3 == 0:
                    # the first has an account in the demo
                    approver = next(one for one in self._demo.policy.approvers if one not in officers)
                    claim = ExceptionClaim("emergency", "接报设备冒烟，现场处置", "", approver)
                    body = gate.decide(uscc, companions, claim)
            if body.verdict.verdict.may_enter:
                entry = (Entry.AT_GATE, Entry.AT_GATE, Entry.BEFORE_LEAVING, Entry.AFTERWARDS)[i % 4]
                reason = "手机没电" if entry is Entry.AFTERWARDS else ""
                phone.write("visit_opened", replace(body, entry=entry, entry_reason=reason), visit, at, gate.seen)
                self._inside(phone, visit, at, gate.seen, i)

        return act

    def arrival(self, officer: str) -> Callable[[County], None]:
        """The phone has a signal again: what it wrote during the visit is received after it."""

        def act(county: County) -> None:
            phone = self.phone_of(county, officer)
            if phone.waiting:
                accept_records(county, b"".join(phone.waiting))
                phone.waiting.clear()

        return act

    def _inside(self, phone: Phone, visit: bytes, at: datetime, seen: Seen, i: int) -> None:
        guidance = [s for s in self._demo.snippets if s.kind == "guidance"]
        law = [s for s in self._demo.snippets if s.kind == "law"]
        advice, taught = guidance[i % len(guidance)], law[i % len(law)]
        steps: list[tuple[str, Any, int]] = [
            ("guidance_given", Guidance(advice.text, advice.id), 12),
            ("law_taught", LegalEducation(taught.text, taught.provision, taught.id), 21),
        ]
        if i % 5 == 0:
            steps.append(("need_noted", Need("希望夜间错峰用电政策说明", "办公室"), 30))
        for kind, body, minutes in steps:
            phone.write(kind, body, visit, at + timedelta(minutes=minutes), seen)
        if i % 11 != 10:  # noqa: PLR2004  # one in a while is never closed
            phone.write("visit_closed", VisitClosed(), visit, at + timedelta(minutes=48), seen)

    def phone_of(self, county: County, officer: str) -> Phone:
        if officer not in self._phones:
            seed = hashlib.sha256(f"zhuqi demo phone {self._seed} {officer}".encode()).digest()
            phone = Phone(self._people[officer], seed)
            code = issue_code(county, "clerk", officer)
            proof = ed25519.sign(seed, code.secret)
            reply = request_enrolment(
                county, EnrolmentRequest(code.secret, ed25519.public_key(seed), "software", proof)
            )
            confirm_enrolment(county, "clerk", reply.id)
            self._phones[officer] = phone
        return self._phones[officer]


class _Gate:
    """What the officer's phone would know at this instant, straight from the log."""

    def __init__(self, county: County, officer: Person) -> None:
        self._county, self._officer = county, officer
        now = county.clock.now()
        with reading(county) as connection:
            size = log_size(connection)
            self.seen = Seen(size, TreeReader(connection).root(size), int(now.timestamp()))

    def decide(self, uscc: str, companions: tuple[Companion, ...], claim: ExceptionClaim | None) -> GateDecision:
        now = self._county.clock.now().astimezone(UTC).replace(microsecond=0)
        issued = datetime.fromtimestamp(self.seen.issued_at, UTC)
        reference, name = self._reference(uscc, companions, issued)
        asked = Asked(now, Purpose.INSPECTION, companions, None, claim)
        return GateDecision(
            enterprise=uscc,
            enterprise_name=name,
            purpose=Purpose.INSPECTION,
            people=companions,
            verdict=decide(facts_at_gate(reference, asked)),
            basis=Basis(self.seen.size, issued),
            identified=Identified.CAMERA,
            gate=1,
            claim=claim,
        )

    def _reference(self, uscc: str, companions: tuple[Companion, ...], issued: datetime) -> tuple[Reference, str]:
        with reading(self._county) as connection:
            about = current_facts_of(connection, [uscc])
            people = current_facts(connection, "person", [one.id for one in companions])
            calendar = current_of_kind(connection, "calendar")
            policy = current_of_kind(connection, "policy")
        enterprise = next(fact.load(Enterprise) for fact in about if fact.kind == "enterprise")
        lines = (scoped_line(f.load(FilingLine), self._officer.department) for f in about if f.kind == "line")
        reference = Reference(
            issued_at=issued,
            enterprise=enterprise,
            people={key: fact.load(Person) for key, fact in people.items()},
            lines=tuple(line for line in lines if line is not None),
            counts=tuple(fact.load(VisitCount) for fact in about if fact.kind == "count"),
            calendar=calendar[0].load(PublishedCalendar),
            policy=policy[0].load(PublishedPolicy),
        )
        return reference, enterprise.name


def _companion(person: Person) -> Companion:
    return Companion(person.id, person.name, person.department, person.unit, person.licence)
