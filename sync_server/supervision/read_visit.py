"""Put a visit's page together from what was gathered."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from shared_models import cbor
from shared_models.acts import ExceptionAnswered
from shared_models.calendar import day_of
from shared_models.commitment import Finding, LetterRefused, LetterSigned
from shared_models.corrections import ObjectionWord
from shared_models.county import Answer
from shared_models.enterprise import Enterprise
from shared_models.filing import FilingLine
from shared_models.kinds import CountyAct
from shared_models.people import Department, Person
from shared_models.policy import Policy, PublishedPolicy
from shared_models.visit import Amendment, Companion, GateDecision, Photo
from sync_server.county import County
from sync_server.filings.register import FilingEntry
from sync_server.storage.engine import reading
from sync_server.storage.facts import MAX_BODY_BYTES, current_facts
from sync_server.supervision.check_records import LoggedRecord
from sync_server.supervision.gather_visit import Gathered, gather_visit
from sync_server.supervision.provable_times import at_of, in_order, late_check, seen_at
from sync_server.supervision.shown_visit import (
    ChainState,
    Check,
    Difference,
    ExPost,
    Presence,
    Proofs,
    ShownException,
    ShownPerson,
    ShownRecord,
    ShownVisit,
)


def read_visit(county: County, visit: bytes) -> ShownVisit:
    """Raises NotFoundError."""
    with reading(county.engine) as connection:
        gathered = gather_visit(county, connection, visit)
        lines = _lines(gathered)
        filings = current_facts(connection, "filing", [line.filing for line in lines] if _due(gathered) else [])
    found = gathered.opening
    opening = found[1] if found else None
    names = _names(gathered)
    number = opening.verdict.filing if opening else None
    filing = next((line for line in lines if line.number == number), None) if number else None
    later = [fact.load(FilingEntry) for fact in filings.values()]
    return ShownVisit(
        visit=visit.hex(),
        state=gathered.row.state if gathered.row else None,
        opening=opening,
        at=found[0].record.at if found else None,
        enterprise=gathered.load("enterprise", opening.enterprise, Enterprise) if opening else None,
        departments=_departments(gathered, opening),
        people=tuple(_person(gathered, one) for one in opening.people) if opening else (),
        filing=filing,
        exceptions=_exceptions(gathered, opening, filing),
        expost=_expost(gathered, visit, later, day_of(county.clock.now())),
        records=tuple(_record(county, gathered, one) for one in in_order(gathered)),
        differences=tuple(_differences(gathered)),
        proofs=_proofs(gathered),
        names=names,
    )


def _lines(gathered: Gathered) -> list[FilingLine]:
    return [fact.load(FilingLine) for (kind, _), fact in gathered.facts.items() if kind == "line"]


def _due(gathered: Gathered) -> date | None:
    due = gathered.row.post_filing_due if gathered.row else None
    return date.fromisoformat(due) if due else None


def _names(gathered: Gathered) -> dict[str, str]:
    names = {}
    for (kind, key), fact in gathered.facts.items():
        if kind in ("person", "department"):
            names[key] = (fact.load(Person) if kind == "person" else fact.load(Department)).name
    if gathered.opening:
        for companion in gathered.opening[1].people:
            names.setdefault(companion.id, companion.name)
    return names


def _departments(gathered: Gathered, opening: GateDecision | None) -> tuple[Department, ...]:
    """Of the people, the lead of the filing in force first."""
    ids = dict.fromkeys(one.department for one in opening.people) if opening else {}
    lead = gathered.row.department if gathered.row else None
    ordered = sorted(ids, key=lambda key: key != lead)
    return tuple(gathered.load("department", key, Department) or Department(key, key) for key in ordered)


def _person(gathered: Gathered, companion: Companion) -> ShownPerson:
    person = gathered.load("person", companion.id, Person) if companion.listed else None
    department = gathered.load("department", companion.department, Department)
    return ShownPerson(
        companion=companion,
        department=department.name if department else companion.department,
        presence=_presence(gathered, companion),
        has_portrait=person is not None and person.portrait is not None,
    )


def _presence(gathered: Gathered, companion: Companion) -> Presence:
    """Joined by their own phone; late where that was long after the opening, or after the end."""
    row = gathered.row
    if row is not None and companion.listed and row.officer == companion.id:
        return Presence.AUTHOR
    joined = [
        one.record.at
        for one in gathered.records
        if one.record.kind == "joined"
        and one.status == "accepted"
        and gathered.bodies[one.index] is not None
        and row is not None
        and gathered.bodies[one.index].opening == row.record_id
        and gathered.officers.get(one.record.author) == companion.id
    ]
    if not joined or not companion.listed:
        return Presence.NAMED
    latest = [row.at + _join_late_ms(gathered)] if row is not None else []
    latest += [row.closed_at] if row is not None and row.closed_at is not None else []
    return Presence.JOINED_LATE if any(min(joined) > late for late in latest) else Presence.JOINED


def _join_late_ms(gathered: Gathered) -> int:
    policy = gathered.load("policy", "policy", PublishedPolicy) or PublishedPolicy(Policy(), ())
    return policy.join_late_minutes * 60_000


def _exceptions(
    gathered: Gathered, opening: GateDecision | None, filing: FilingLine | None
) -> tuple[ShownException, ...]:
    shown = []
    if opening and opening.claim and gathered.row is not None:
        claim = opening.claim
        answers = [
            body.act
            for body in gathered.bodies.values()
            if isinstance(body, CountyAct) and isinstance(body.act, ExceptionAnswered)
        ]
        why = answers[-1].reason if answers else ""
        state = gathered.row.exception_state
        shown.append(ShownException("claim", claim.reason, claim.note, claim.proof, claim.approver, state, why))
    if filing and filing.exception:
        filed = filing.exception
        shown.append(ShownException("filing", filed.reason, filed.note, filed.proof, filed.approver, None))
    return tuple(shown)


def _expost(gathered: Gathered, visit: bytes, filings: Iterable[FilingEntry], today: date) -> ExPost | None:
    due = _due(gathered)
    if due is None:
        return None
    number = next((one.number or one.filing for one in filings if one.form.opened_by_visit == visit), None)
    return ExPost(due, number, is_overdue=number is None and today > due)


def _record(county: County, gathered: Gathered, logged: LoggedRecord) -> ShownRecord:
    record, body = logged.record, gathered.bodies[logged.index]
    is_county = record.author in gathered.server_kids
    amended = body.amends if isinstance(body, Amendment) else None
    return ShownRecord(
        id=logged.id.hex(),
        index=logged.index,
        kind=record.kind,
        body=body.act if isinstance(body, CountyAct) else body,
        author_name=body.account if isinstance(body, CountyAct) else _author(gathered, record.author),
        is_county=is_county,
        seq=record.seq,
        at=at_of(gathered, logged),
        seen_at=seen_at(gathered, logged),
        received_at=logged.received_at,
        status=logged.status,
        code=logged.code,
        amends=next((one.record.seq for one in gathered.records if one.id == amended), None),
        photo_arrived=isinstance(body, Photo) and county.blobs.has(body.sha256),
        checked=gathered.checked[logged.index],
        letter_state=_letter_state(gathered, logged, body) if isinstance(body, LetterSigned | LetterRefused) else None,
        is_disguised=_is_disguised(gathered, body),
        is_late_check=late_check(gathered, logged) is not None,
    )


def _is_disguised(gathered: Gathered, body: Any) -> bool:
    opening = gathered.opening
    return (
        isinstance(body, Finding | LetterSigned | LetterRefused)
        and opening is not None
        and not (opening[1].purpose.may_find)
    )


def _letter_state(gathered: Gathered, logged: LoggedRecord, body: LetterSigned | LetterRefused) -> str:
    answer = gathered.load("answer", logged.id.hex(), Answer)
    ended = gathered.load("answer", f"{logged.id.hex()}/promise", Answer)
    if ended is not None and ended.state == ObjectionWord.UNFOUNDED:
        return "letter_unfounded"
    if answer is None:
        return "letter_unsigned" if isinstance(body, LetterRefused) else "letter_unanswered"
    return f"letter_{answer.state}"


def _author(gathered: Gathered, kid: bytes) -> str:
    officer = gathered.officers.get(kid)
    person = gathered.load("person", officer, Person) if officer else None
    return person.name or person.id if person else kid.hex()


def _differences(gathered: Gathered) -> Iterable[Difference]:
    kinds = {one.index: one.record.kind for one in gathered.records}
    for row in gathered.decisions:
        details: dict[str, Any] = cbor.decode(row.details, max_bytes=MAX_BODY_BYTES)
        yield Difference(
            kind=kinds.get(row.index, ""),
            reproduced=row.reproduced,
            again=_verdict(details["again"]),
            overtaken=row.overtaken,
            at_receipt=details["at_receipt"],
            refused_days=tuple(date.fromisoformat(day) for day in details["refused_days"]),
        )


def _verdict(plain: dict[str, Any] | None) -> str | None:
    return str(plain["verdict"]) if plain else None


def _proofs(gathered: Gathered) -> Proofs:
    forks: dict[bytes, list[int]] = {}
    for one in gathered.records:
        if "chain_fork" in gathered.checked[one.index].codes:
            forks.setdefault(one.record.author, []).append(one.record.seq)
    states = tuple(
        ChainState(
            author_name=_author(gathered, row.author),
            missing=gathered.missing.get(row.author, ()),
            forks=tuple(sorted(set(forks.get(row.author, ())))),
            forks_elsewhere=row.forks > 0,
        )
        for row in gathered.chains
    )
    checkpoint = gathered.checkpoint
    worst = [checked.worst for checked in gathered.checked.values()]
    return Proofs(
        size=checkpoint.size if checkpoint else 0,
        issued_at=checkpoint.issued_at * 1000 if checkpoint else 0,
        checkpoint=Check.GOOD if checkpoint else Check.BAD,
        bad=worst.count(Check.BAD),
        waiting=worst.count(Check.WAITING),
        chains=states,
    )
