"""A matter's page as values: finding and correction side by side, what was said to it, and what may be done now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from shared_models.calendar import day_of
from shared_models.commitment import LetterSigned
from shared_models.corrections import (
    CorrectionAnswered,
    CorrectionShown,
    FollowUpPlanned,
    ObjectionAnswered,
    PromiseBroken,
    SparingDecided,
)
from shared_models.county import Answer, PublishedCalendar
from shared_models.enterprise import Enterprise
from shared_models.errors import ZhuqiError
from shared_models.filing import Purpose
from shared_models.kinds import CountyAct, body_of
from shared_models.people import Department, Person
from shared_models.record import peek
from sync_server.calendar.published import published_policy
from sync_server.clock import instant_of
from sync_server.county import County
from sync_server.errors import NotFoundError
from sync_server.letters.find_matter import Matter, find_matter, officers_of
from sync_server.letters.open_window import open_window
from sync_server.letters.read_letter import LetterState
from sync_server.letters.register_offences import Registered, offences_of
from sync_server.storage.engine import reading
from sync_server.storage.facts import FactsWriter, current_facts, current_of_kind
from sync_server.storage.tables import log_entries, mentions, visits
from sync_server.texts.recheck_draft import what_of_follow_up

_SAID = (CorrectionShown, CorrectionAnswered, ObjectionAnswered, PromiseBroken, SparingDecided, FollowUpPlanned)


@dataclass(frozen=True, slots=True)
class ShownPhoto:
    """`arrived`: a phone's picture may come after the record that names it."""

    sha256: str
    arrived: bool


@dataclass(frozen=True, slots=True)
class Said:
    """One act on the matter, in the log's order."""

    kind: str
    act: object
    account: str
    at: int
    index: int


@dataclass(frozen=True, slots=True)
class Recheck:
    visit: str
    at: int


@dataclass(frozen=True, slots=True)
class ShownMatter:
    matter: Matter
    enterprise: str
    department: str
    is_overdue: bool
    may_be_broken: bool
    found_photo: ShownPhoto | None
    shown_photos: tuple[ShownPhoto, ...]
    shown_note: str
    said: tuple[Said, ...]
    contest_note: str
    earlier: tuple[Registered, ...]
    """Violations of the same field that the register holds of other visits, up to this one."""
    rechecks: tuple[Recheck, ...]
    names: Mapping[str, str]
    """Of the people that the acts and the letter name."""
    handlers: tuple[str, ...]
    people: tuple[Person, ...]
    """Of the matter's department, for a visit or a case."""
    follow_up_day: date
    follow_up_what: str
    latest_due: date

    @property
    def is_signed(self) -> bool:
        return isinstance(self.matter.letter, LetterSigned)


def read_matter(county: County, record: bytes) -> ShownMatter:
    """Raises NotFoundError."""
    now = county.clock.now()
    today = day_of(now)
    with reading(county.engine) as connection:
        matter = find_matter(connection, record)
        said = said_of(connection, matter)
        shown = [one.act for one in said if isinstance(one.act, CorrectionShown)]
        people = _people(connection, matter.department)
        days = published_policy(FactsWriter(connection))
        enterprise = current_facts(connection, "enterprise", [matter.uscc]).get(matter.uscc)
        department = current_facts(connection, "department", [matter.department]).get(matter.department)
        calendar = current_facts(connection, "calendar", ["calendar"]).get("calendar")
        answer = current_facts(connection, "answer", [record.hex()]).get(record.hex())
        handlers = officers_of(connection, matter)
        named = current_facts(connection, "person", {*handlers, *_named(said)})
        earlier = _earlier(connection, matter)
        rechecks = _rechecks(connection, matter)
    photo = matter.finding.photo if matter.finding else None
    first = open_window(calendar.load(PublishedCalendar).as_calendar(), today)[0] if calendar else today
    return ShownMatter(
        matter=matter,
        enterprise=enterprise.load(Enterprise).name if enterprise else "",
        department=department.load(Department).name if department else matter.department,
        is_overdue=matter.is_overdue(today),
        may_be_broken=matter.may_be_broken(today),
        found_photo=ShownPhoto(photo.hex(), county.blobs.has(photo)) if photo else None,
        shown_photos=tuple(ShownPhoto(one.hex(), county.blobs.has(one)) for one in _latest_photos(shown)),
        shown_note="\n".join(one.note for one in shown if one.note),
        said=said,
        contest_note=_contest_note(answer.load(Answer)) if answer else "",
        earlier=earlier,
        rechecks=rechecks,
        names={key: fact.load(Person).name or key for key, fact in named.items()},
        handlers=handlers,
        people=people,
        follow_up_day=first,
        follow_up_what=what_of_follow_up(matter.field),
        latest_due=date.fromordinal(today.toordinal() + days.correction_days),
    )


def find_matter_photo(connection: Connection, matter: Matter, sha256: bytes) -> None:
    """Raises NotFoundError where neither the finding nor the enterprise names this picture."""
    named = {matter.finding.photo} if matter.finding else set()
    for one in said_of(connection, matter):
        if isinstance(one.act, CorrectionShown):
            named |= set(one.act.photos)
    if sha256 not in named:
        raise NotFoundError("photo", sha256.hex())


def _latest_photos(shown: list[CorrectionShown]) -> tuple[bytes, ...]:
    """The newest first; a picture that was sent twice stands once."""
    return tuple(dict.fromkeys(photo for one in reversed(shown) for photo in one.photos))


def said_of(connection: Connection, matter: Matter) -> tuple[Said, ...]:
    """The acts on it, in the log's order."""
    of_matter = select(mentions.c.index).where(mentions.c.record == matter.record)
    columns = (log_entries.c.index, log_entries.c.envelope, log_entries.c.received_at, log_entries.c.kind)
    query = select(*columns).where(log_entries.c.index.in_(of_matter)).order_by(log_entries.c.index)
    found = []
    for index, envelope, received_at, kind in connection.execute(query):
        try:
            body = body_of(peek(bytes(envelope)))
        except ZhuqiError:
            continue
        if isinstance(body, CountyAct) and isinstance(body.act, _SAID):
            found.append(Said(kind, body.act, body.account, received_at, index))
    return tuple(found)


def _earlier(connection: Connection, matter: Matter) -> tuple[Registered, ...]:
    return tuple(
        one
        for one in offences_of(connection, matter.uscc)
        if one.field == matter.field and one.visit != matter.visit and one.day <= matter.found_on
    )


def _contest_note(answer: Answer) -> str:
    return answer.note if answer.state == LetterState.CONTESTED else ""


def _named(said: tuple[Said, ...]) -> set[str]:
    return {one for each in said if isinstance(each.act, FollowUpPlanned) for one in each.act.people}


def _people(connection: Connection, department: str) -> tuple[Person, ...]:
    loaded = (fact.load(Person) for fact in current_of_kind(connection, "person"))
    return tuple(one for one in loaded if one.department == department and not one.revoked)


def _rechecks(connection: Connection, matter: Matter) -> tuple[Recheck, ...]:
    """Rechecks of the department at this enterprise since: on one of them it may have been seen."""
    query = (
        select(visits.c.visit, visits.c.at)
        .where(
            visits.c.uscc == matter.uscc,
            visits.c.department == matter.department,
            visits.c.purpose == Purpose.RECHECK.value,
            visits.c.state != "refused",
        )
        .order_by(visits.c.at.desc())
        .limit(20)
    )
    found = [Recheck(bytes(row.visit).hex(), row.at) for row in connection.execute(query)]
    return tuple(one for one in found if day_of(instant_of(one.at)) >= matter.found_on)
