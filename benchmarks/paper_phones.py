"""Phones that only write: real keys, chains and verdicts as the phone's own gate decides, without its storage."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection

from benchmarks.county import Town, enrol_phones
from shared_models import ed25519
from shared_models.county import Asked, Reference, facts_at_gate
from shared_models.enterprise import Enterprise, EnterpriseStatus
from shared_models.facts import Ground
from shared_models.filing import FilingLine, Purpose
from shared_models.gate import decide
from shared_models.kinds import VERSION
from shared_models.people import Person
from shared_models.record import Record, Seen, record_id, sign
from shared_models.shape import to_plain
from shared_models.suite import kid_of
from shared_models.visit import (
    Basis,
    Companion,
    GateDecision,
    GroundGiven,
    Guidance,
    Identified,
    LegalEducation,
    Photo,
    Position,
    VisitClosed,
)
from sync_server.county import County
from sync_server.log.tree import TreeReader, log_size
from sync_server.log.writing import reading
from sync_server.storage.facts import current_of_kind

PHONES = 60
RECORDS_A_VISIT = 5
VISITS_A_BATCH = 10


@dataclass
class PaperPhone:
    officer: Person
    seed: bytes
    seq: int = 0
    head: bytes | None = None
    written: list[bytes] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.kid = kid_of(ed25519.public_key(self.seed))

    def write(self, kind: str, body: object, visit: bytes, at: datetime, seen: Seen) -> None:
        self.seq += 1
        milliseconds = int(at.timestamp() * 1000)
        record = Record(VERSION, kind, self.kid, self.seq, self.head, visit, milliseconds, seen, to_plain(body))
        envelope = sign(record, lambda message: ed25519.sign(self.seed, message))
        self.head = record_id(envelope)
        self.written.append(envelope)


def write_batches(town: Town, county: County, batches: int) -> list[bytes]:
    """Uploads of 50 records each: ten visits of opening, guidance, law, photo and close, one phone an upload.

    Nine in ten have a filing; the tenth is a service visit. No enterprise is visited twice.
    """
    officers = town.people[:PHONES]
    seeds = tuple(hashlib.sha256(b"paper phone" + one.id.encode()).digest() for one in officers)
    enrol_phones(county, officers, seeds)
    phones = [PaperPhone(officer, seed) for officer, seed in zip(officers, seeds, strict=True)]
    gate = _Gate(town, county)
    uploads: list[bytes] = []
    turn = 0
    while len(uploads) < batches:
        phone = phones[turn % len(phones)]
        turn += 1
        queue = gate.waiting[phone.officer.department]
        if len(queue) < VISITS_A_BATCH:
            raise ValueError("too few enterprises for so many visits")
        for n in range(VISITS_A_BATCH):
            _visit(gate, phone, queue.pop(), n)
        uploads.append(b"".join(phone.written))
        phone.written.clear()
    return uploads


class _Gate:
    """What every phone holds: the county at its present size."""

    def __init__(self, town: Town, county: County) -> None:
        self.town = town
        with reading(county) as connection:
            size = log_size(connection)
            self.seen = Seen(size, TreeReader(connection).root(size), int(town.now.timestamp()))
            self.lines = _lines(connection)
        self.people = {person.id: person for person in town.people}
        self.by_department: dict[str, list[Person]] = {}
        for person in town.people:
            self.by_department.setdefault(person.department, []).append(person)
        self.waiting: dict[str, list[Enterprise]] = {}
        for enterprise in town.enterprises:
            line = self.lines.get(enterprise.uscc)
            if line is not None and enterprise.status is EnterpriseStatus.ACTIVE:
                self.waiting.setdefault(line.departments[0], []).append(enterprise)

    def decision(self, officer: Person, enterprise: Enterprise, at: datetime, *, service: bool) -> GateDecision:
        mate = next(one for one in self.by_department[officer.department] if one.id != officer.id)
        companions = tuple(companion_of(one) for one in (officer, mate))
        purpose = Purpose.SERVICE if service else Purpose.INSPECTION
        ground = GroundGiven(Ground.INVITED, "企业负责人", at.date()) if service else None
        issued = datetime.fromtimestamp(self.seen.issued_at, UTC)
        reference = Reference(
            issued_at=issued,
            enterprise=enterprise,
            people={one.id: self.people[one.id] for one in companions},
            lines=(self.lines[enterprise.uscc],),
            calendar=self.town.calendar,
            policy=self.town.policy,
        )
        asked = Asked(at, purpose, companions, ground.kind if ground else None)
        return GateDecision(
            enterprise=enterprise.uscc,
            enterprise_name=enterprise.name,
            purpose=purpose,
            people=companions,
            verdict=decide(facts_at_gate(reference, asked)),
            basis=Basis(self.seen.size, issued),
            identified=Identified.CAMERA,
            gate=1,
            ground=ground,
            position=Position(27_662_000, 120_565_000, 12),
        )


def _visit(gate: _Gate, phone: PaperPhone, enterprise: Enterprise, n: int) -> None:
    at = gate.town.now + timedelta(minutes=n)
    visit = hashlib.sha256(enterprise.uscc.encode()).digest()[:16]
    opening = gate.decision(phone.officer, enterprise, at, service=n == VISITS_A_BATCH - 1)
    picture = hashlib.sha256(visit).digest()
    for minutes, (kind, body) in enumerate(
        (
            ("visit_opened", opening),
            ("guidance_given", Guidance("请补齐进货查验台账,并在车间入口张贴更新后的安全须知。", "s1")),
            ("law_taught", LegalEducation("应当建立健全全员安全生产责任制。", "《安全生产法》第二十二条", "s2")),
            ("photo_taken", Photo(picture, 312_400, 1600, 1200, "车间入口")),
            ("visit_closed", VisitClosed(position=Position(27_662_010, 120_565_020, 15))),
        )
    ):
        phone.write(kind, body, visit, at + timedelta(seconds=minutes), gate.seen)


def _lines(connection: Connection) -> dict[str, FilingLine]:
    lines = (fact.load(FilingLine) for fact in current_of_kind(connection, "line"))
    return {line.enterprise: line for line in lines}


def companion_of(person: Person) -> Companion:
    return Companion(person.id, person.name, person.department, person.unit, person.licence)
