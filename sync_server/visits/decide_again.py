"""The server decides again, twice (architecture, Trust).

At the size that the phone named it must come to the same; with all that was known at receipt it may not. And another
day between the two might have been refused.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, delete, select

from shared_models.calendar import SHANGHAI, day_of
from shared_models.county import Asked, PhoneTrust, PublishedCalendar, Reference, VisitCount, cap_key, facts_at_gate
from shared_models.enterprise import Enterprise
from shared_models.errors import BadlyFormedError, ZhuqiError
from shared_models.facts import Decision, Facts, Verdict
from shared_models.filing import FilingLine
from shared_models.gate import decide
from shared_models.people import Person
from shared_models.policy import PublishedPolicy
from shared_models.record import Record
from shared_models.shape import to_plain
from shared_models.visit import GateDecision
from sync_server.clock import instant_of
from sync_server.filings.scope import scoped_line
from sync_server.log.entries import NAME_LENGTH, USCC_LENGTH, Entry, column_text
from sync_server.storage.bulk import RowsIn, insert_rows
from sync_server.storage.facts import Fact, FactsWriter, facts_of_kinds_since, facts_of_since, plain_body
from sync_server.storage.tables import decisions, visits
from sync_server.visits.views import REFUSED

_MAX_DAYS = 400


@dataclass(frozen=True, slots=True)
class SecondDecision:
    """`again` is the verdict as a plain map, null where it is the phone's own.

    `why` names what kept the server from deciding at the phone's size, or what it found wrong before that.
    """

    reproduced: bool
    overtaken: bool
    clock_dependent: bool
    again: dict[str, Any] | None
    at_receipt: Decision | None
    refused_days: tuple[date, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class _History:
    """All facts that any of the openings may rest on, with their intervals."""

    of_uscc: dict[tuple[str, str], list[Fact]]
    """By enterprise and kind."""
    by_key: dict[tuple[str, str], list[Fact]]
    own: dict[tuple[bytes, str], list[tuple[int, int, str | None, str | None, int]]]
    """Entries by author and enterprise: index, seq, filing, department whose cap they count against, time."""

    def at(self, kind: str, key: str, size: int) -> Fact | None:
        for fact in self.by_key.get((kind, key), ()):
            if fact.from_index < size <= fact.to_index:
                return fact
        return None

    def of_enterprise(self, uscc: str, kind: str, size: int) -> tuple[Fact, ...]:
        return tuple([fact for fact in self.of_uscc.get((uscc, kind), ()) if fact.from_index < size <= fact.to_index])


class _Known(NamedTuple):
    """What the county's data said, at one size, of all that a visit concerns. What has not changed is the same fact."""

    enterprise: Fact | None
    calendar: Fact | None
    policy: Fact | None
    people: tuple[Fact | None, ...]
    lines: tuple[Fact, ...]
    counts: tuple[Fact, ...]

    def all_lines(self) -> tuple[FilingLine, ...]:
        return tuple([fact.load(FilingLine) for fact in self.lines])

    def reference(self, lines: tuple[FilingLine, ...], issued_at: datetime) -> Reference:
        return Reference(
            issued_at=issued_at,
            enterprise=self.enterprise.load(Enterprise) if self.enterprise else None,
            people={fact.key: fact.load(Person) for fact in self.people if fact},
            lines=lines,
            counts=tuple([fact.load(VisitCount) for fact in self.counts]),
            calendar=self.calendar.load(PublishedCalendar) if self.calendar else None,
            policy=self.policy.load(PublishedPolicy) if self.policy else None,
        )


def _known(entry: Entry, history: _History, size: int) -> _Known:
    body: GateDecision = entry.body
    return _Known(
        enterprise=history.at("enterprise", body.enterprise, size),
        calendar=history.at("calendar", "calendar", size),
        policy=history.at("policy", "policy", size),
        people=tuple([history.at("person", one.id, size) for one in body.people]),
        lines=history.of_enterprise(body.enterprise, "line", size),
        counts=history.of_enterprise(body.enterprise, "count", size),
    )


def decide_entries_again(
    connection: Connection, facts: FactsWriter, entries: Sequence[Entry], overtaking: Sequence[Entry] = ()
) -> None:
    """Decide and keep the result of every opening and refusal among these accepted entries.

    `overtaking` came before entries of their own phone that they follow: now that those are here, they are decided
    anew.
    """
    at_gate = [entry for entry in entries if isinstance(entry.body, GateDecision) and entry.record.visit]
    if not at_gate:
        return
    if overtaking:
        connection.execute(delete(decisions).where(decisions.c.index.in_([entry.index for entry in overtaking])))
        at_gate += overtaking
    history = _gather(connection, facts, at_gate)
    rows = []
    for entry in at_gate:
        second = decide_again(entry, history)
        rows.append(
            {
                "index": entry.index,
                "visit": entry.record.visit,
                "reproduced": second.reproduced,
                "overtaken": second.overtaken,
                "clock_dependent": second.clock_dependent,
                "details": plain_body(second),
            }
        )
    insert_rows(connection, decisions, rows)


def decide_again(entry: Entry, history: _History) -> SecondDecision:
    record, body = entry.record, entry.body
    why, then, again, sees_all = "", None, None, False
    known: _Known | None = None
    try:
        known = _known(entry, history, _size_then(entry))
        lines = _lines_then(entry, history, known)
        sees_all = lines == known.all_lines()
        then = facts_at_gate(
            known.reference(lines, body.basis.reference_issued_at), _asked(entry, body.basis.own_entries)
        )
        again = decide(then)
    except ZhuqiError as err:
        why = err.code
    claimed = {key: made for key, made in body.basis.own_entries.items() if made}
    if not why and claimed != _own_entries(entry, history):
        why = "own_entries"
    now = _known(entry, history, entry.index)
    # mostly nothing has changed, and the age of the data did not matter: the same facts need no second look
    is_settled = sees_all and known == now and not body.basis.own_entries and again and not _rests_on_age(again)
    at_receipt = again.verdict if again and is_settled else _at_receipt(entry, now)
    days = _refused_days(record, entry.received_at, then) if then and body.verdict.verdict.may_enter else ()
    is_same = not why and again == body.verdict
    return SecondDecision(
        reproduced=is_same,
        overtaken=at_receipt is not None and at_receipt is not body.verdict.verdict,
        clock_dependent=bool(days),
        again=None if again is None or is_same else to_plain(again),
        at_receipt=at_receipt,
        refused_days=days,
        why=why,
    )


def _size_then(entry: Entry) -> int:
    size: int = entry.body.basis.reference_size
    seen = entry.record.seen
    if not 0 <= size <= min(entry.index, seen.size if seen else entry.index):
        raise BadlyFormedError("basis.reference_size", "is beyond what the phone had seen")
    return size


def _lines_then(entry: Entry, history: _History, known: _Known) -> tuple[FilingLine, ...]:
    """What the phone knew: its own department's lines in full, of others what is published to it."""
    officer = _officer(entry.record, history, entry.body.basis.reference_size)
    department = officer.department if officer else ""
    return tuple(line for line in (scoped_line(line, department) for line in known.all_lines()) if line is not None)


def _at_receipt(entry: Entry, now: _Known) -> Decision | None:
    """The decision with all that was known when the record came; null where the rules refuse to decide on it."""
    try:
        reference = now.reference(now.all_lines(), instant_of(entry.record.at))
        return decide(facts_at_gate(reference, _asked(entry, {}))).verdict
    except ZhuqiError:
        return None


def _rests_on_age(verdict: Verdict) -> bool:
    """Rows 17 and 18 and the due day of a filing afterwards ask when the data was issued; nothing else does."""
    return verdict.post_filing_due is not None or any(reason.code in _OF_AGE for reason in verdict.reasons)


_OF_AGE = frozenset({"reference_stale", "clock_behind"})


def _asked(entry: Entry, own_entries: Any) -> Asked:
    body: GateDecision = entry.body
    return Asked(
        now=instant_of(entry.record.at),
        purpose=body.purpose,
        companions=body.people,
        ground=body.ground.kind if body.ground else None,
        claim=body.claim,
        own_entries=own_entries,
    )


def _officer(record: Record, history: _History, size: int) -> Person | None:
    trust = history.at("phone", record.author.hex(), size)
    person = history.at("person", trust.load(PhoneTrust).officer, size) if trust else None
    return person.load(Person) if person else None


def _own_entries(entry: Entry, history: _History) -> dict[str, int]:
    """What the phone had entered here itself, beyond the data it decided on."""
    record, body = entry.record, entry.body
    year = day_of(instant_of(record.at)).year
    made: Counter[str] = Counter()
    for index, seq, filing, capped, at in history.own.get((record.author, body.enterprise), ()):
        if seq >= record.seq or index < body.basis.reference_size:
            continue
        if filing:
            made[filing] += 1
        if capped and day_of(instant_of(at)).year == year:
            made[cap_key(capped)] += 1
    return dict(made)


def _refused_days(record: Record, received_at: int, then: Facts) -> tuple[date, ...]:
    """The days on which the phone may have been, that the gate would have refused; its own day is not among them."""
    own = day_of(then.now)
    last = day_of(instant_of(received_at))
    seen_at = datetime.fromtimestamp(record.seen.issued_at, UTC) if record.seen else then.reference_issued_at
    first = max(day_of(seen_at), last - timedelta(days=_MAX_DAYS))
    time = then.now.astimezone(SHANGHAI).timetz()
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    others = (day for day in days if day != own)
    return tuple(
        day for day in others if decide(replace(then, now=datetime.combine(day, time))).verdict is Decision.DENY
    )


def _gather(connection: Connection, facts: FactsWriter, at_gate: Iterable[Entry]) -> _History:
    entries = list(at_gate)
    since = max(0, min(min(entry.body.basis.reference_size, entry.index) for entry in entries))
    of_uscc: dict[tuple[str, str], list[Fact]] = {}
    by_key: dict[tuple[str, str], list[Fact]] = {}
    usccs = {entry.body.enterprise for entry in entries if column_text(entry.body.enterprise, USCC_LENGTH)}
    for fact in facts_of_since(connection, usccs, since):
        of_uscc.setdefault((fact.uscc, fact.kind), []).append(fact)
        by_key.setdefault((fact.kind, fact.key), []).append(fact)
    authors = {entry.record.author for entry in entries}
    phones = [("phone", author.hex()) for author in authors]
    people = {one.id for entry in entries for one in entry.body.people if column_text(one.id, NAME_LENGTH)}
    # a phone never changes hands, so its officer then is its officer now
    people |= {fact.load(PhoneTrust).officer for fact in (facts.get(*phone) for phone in phones) if fact}
    places = {*phones, *(("person", person) for person in people), ("calendar", "calendar"), ("policy", "policy")}
    for fact in facts_of_kinds_since(connection, places, since):
        by_key.setdefault((fact.kind, fact.key), []).append(fact)
    own: dict[tuple[bytes, str], list[tuple[int, int, str | None, str | None, int]]] = {}
    for author, uscc, *entry in _entered(connection, sorted(authors), sorted(usccs), since=since, refused=REFUSED):
        own.setdefault((author, uscc), []).append(tuple(entry))
    return _History(of_uscc, by_key, own)


_entered = RowsIn(
    select(
        *(visits.c.author, visits.c.uscc, visits.c.index, visits.c.seq),
        *(visits.c.filing, visits.c.cap_department, visits.c.at),
    ).where(
        visits.c.author.in_(bindparam("authors", expanding=True)),
        visits.c.uscc.in_(bindparam("usccs", expanding=True)),
        visits.c.index >= bindparam("since"),
        visits.c.state != bindparam("refused"),
    ),
    "authors",
    "usccs",
)
