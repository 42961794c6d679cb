"""The visits of a county's last morning: what open filings allow, services that need none, claims to be approved."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import islice
from typing import Any

from sqlalchemy import select

from benchmarks.county import enrol_phones
from benchmarks.desk_county import DeskCounty
from benchmarks.paper_phones import PHONES, PaperPhone, companion_of
from shared_models.calendar import day_of
from shared_models.commitment import Finding
from shared_models.county import Asked, PublishedCalendar, Reference, facts_at_gate
from shared_models.enterprise import Enterprise, EnterpriseStatus
from shared_models.facts import ExceptionClaim, Ground
from shared_models.filing import FilingLine, Purpose
from shared_models.gate import decide
from shared_models.log import ACCEPTED
from shared_models.policy import PublishedPolicy
from shared_models.record import Seen
from shared_models.visit import Basis, GateDecision, GroundGiven, Identified, VisitClosed
from sync_server.county import County
from sync_server.filings.register import line_key
from sync_server.filings.tables import filings
from sync_server.log.tree import TreeReader, log_size
from sync_server.log.writing import reading
from sync_server.storage.facts import current_facts
from sync_server.sync.accept_records import accept_records

VISITS_AT_ONCE = 60
ONE_APPROVERS_CLAIMS = 60
DIFFERING = 55
"""The last of the claims, decided by another policy than the county's: more than a page of them in every county."""


def add_visits(desk: DeskCounty, county: County, *, visits: int, claims: int) -> tuple[str, ...]:
    """Ids of the visits. The first ONE_APPROVERS_CLAIMS claims name the county's last approver, the rest the others."""
    officers = desk.people[:PHONES]
    seeds = tuple(hashlib.sha256(b"desk phone" + one.id.encode()).digest() for one in officers)
    enrol_phones(county, officers, seeds)
    phones = [PaperPhone(officer, seed) for officer, seed in zip(officers, seeds, strict=True)]
    gate = _Gate(desk, county, visits)
    made: list[str] = []
    plans = _plans(desk, gate, visits, claims)
    for turn in range(-(-visits // VISITS_AT_ONCE)):
        phone = phones[turn % len(phones)]
        for plan in islice(plans, VISITS_AT_ONCE):
            made.append(_visit(gate, phone, plan, len(made)))
        reply = accept_records(county, b"".join(phone.written))
        phone.written.clear()
        if any(receipt.status != ACCEPTED for receipt in reply.receipts):
            raise RuntimeError("a record was not accepted")
    return tuple(made)


@dataclass(frozen=True, slots=True)
class _Plan:
    enterprise: Enterprise
    purpose: Purpose
    claim: ExceptionClaim | None = None
    differs: bool = False


def _plans(desk: DeskCounty, gate: _Gate, visits: int, claims: int) -> Iterator[_Plan]:
    """No enterprise is visited twice."""
    active = [one for one in desk.enterprises if one.status is EnterpriseStatus.ACTIVE]
    claimed = 0
    for one in active[:visits]:
        line = gate.lines.get(one.uscc)
        if line is None and claimed < claims:
            claim = _claim(gate.policy.approvers, claimed)
            yield _Plan(one, Purpose.INSPECTION, claim, differs=claimed >= claims - DIFFERING)
            claimed += 1
        else:
            yield _Plan(one, line.purpose if line else Purpose.SERVICE)


def _claim(approvers: tuple[str, ...], place: int) -> ExceptionClaim:
    approver = approvers[-1] if place < ONE_APPROVERS_CLAIMS else approvers[place % (len(approvers) - 1)]
    return ExceptionClaim("emergency", "接报有气味", "", approver)


class _Gate:
    def __init__(self, desk: DeskCounty, county: County, visits: int) -> None:
        self.step = timedelta(hours=2) / visits
        self.begins = desk.now - timedelta(hours=2)
        with reading(county) as connection:
            size = log_size(connection)
            self.seen = Seen(size, TreeReader(connection).root(size), int(self.begins.timestamp()))
            self.calendar = current_facts(connection, "calendar", ["calendar"])["calendar"].load(PublishedCalendar)
            self.policy = current_facts(connection, "policy", ["policy"])["policy"].load(PublishedPolicy)
            today = day_of(desk.now).isoformat()
            columns = filings.c
            open_now = select(columns.filing, columns.uscc).where(
                columns.is_lead,
                columns.state == "accepted",
                columns.last_day >= today,
                columns.first_day <= today,
                ~columns.is_joint,
            )
            rows: list[Any] = list(connection.execute(open_now))
            found = current_facts(connection, "line", [line_key(row.filing, row.uscc) for row in rows])
        another = replace(self.policy.policy, expost_working_days=self.policy.policy.expost_working_days + 1)
        self.another_policy = replace(self.policy, policy=another)
        self.lines = {fact.uscc: fact.load(FilingLine) for fact in found.values()}
        self.people = {person.id: person for person in desk.people}


def _visit(gate: _Gate, phone: PaperPhone, plan: _Plan, n: int) -> str:
    enterprise, purpose, claim = plan.enterprise, plan.purpose, plan.claim
    at = gate.begins + gate.step * (n + 1)
    line = gate.lines.get(enterprise.uscc) if purpose is not Purpose.SERVICE else None
    officer = gate.people[line.officers[0]] if line else phone.officer
    mate = gate.people[line.officers[1]] if line else gate.people[f"p{int(officer.id[1:]) + 40:04}"]
    people = tuple(companion_of(one) for one in (officer, mate))
    ground = GroundGiven(Ground.INVITED, "企业负责人", day_of(at)) if purpose is Purpose.SERVICE else None
    reference = Reference(
        issued_at=gate.begins,
        enterprise=enterprise,
        people={one.id: gate.people[one.id] for one in people},
        lines=(line,) if line else (),
        calendar=gate.calendar,
        policy=gate.another_policy if plan.differs else gate.policy,
    )
    facts = facts_at_gate(reference, Asked(at, purpose, people, ground.kind if ground else None, claim))
    opening = GateDecision(
        enterprise=enterprise.uscc,
        enterprise_name=enterprise.name,
        purpose=purpose,
        people=people,
        verdict=decide(facts),
        basis=Basis(gate.seen.size, gate.begins),
        identified=Identified.CAMERA,
        gate=1,
        ground=ground,
        claim=claim,
    )
    visit = hashlib.sha256(b"desk visit" + enterprise.uscc.encode()).digest()[:16]
    phone.write("visit_opened", opening, visit, at, gate.seen)
    if claim is not None:
        found = Finding(enterprise.uscc, "疏散通道堆放杂物", "一楼车间", field="消防安全")
        phone.write("finding_noted", found, visit, at + timedelta(minutes=10), gate.seen)
    phone.write("visit_closed", VisitClosed("已当面说明"), visit, at + timedelta(minutes=20), gate.seen)
    return visit.hex()
