"""What waits for an approver: claims that name this person, what was stated, and until when to answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, Row, Select, select

from shared_models.calendar import Calendar, day_of
from shared_models.enterprise import Enterprise
from shared_models.errors import ZhuqiError
from shared_models.facts import ExceptionClaim
from shared_models.kinds import body_of
from shared_models.people import Department
from shared_models.record import peek
from shared_models.visit import GateDecision
from sync_server.calendar.published import working_calendar
from sync_server.clock import instant_of, milliseconds
from sync_server.county import County
from sync_server.storage.engine import reading
from sync_server.storage.facts import FactsWriter, current_facts
from sync_server.storage.tables import log_entries, visits
from sync_server.visits.answer_exception import STATED, may_answer

ANSWER_WORKING_DAYS = 1
"""One working day to answer (rules 3)."""
_MOST_READ, _MOST_PAST = 2_000, 20
_HOUR_MS = 60 * 60 * 1000


@dataclass(frozen=True, slots=True)
class WaitingClaim:
    """`state` is of the visit's exception; `is_late`: nobody answered in time, so it is *stated only*."""

    visit: str
    claim: ExceptionClaim
    opening: GateDecision
    at: int
    enterprise: str
    department: str
    due: date
    is_late: bool
    state: str
    waited_hours: int
    """Since the county has it."""


@dataclass(frozen=True, slots=True)
class Claims:
    waiting: tuple[WaitingClaim, ...]
    past: tuple[WaitingClaim, ...]

    @property
    def late(self) -> int:
        return sum(one.is_late for one in self.waiting)


def list_claims(county: County, person: str) -> Claims:
    """Those over their time first, then the oldest; of those answered the newest."""
    now = county.clock.now()
    with reading(county.engine) as connection:
        waiting = _of(connection, visits.c.exception_state == STATED, newest=False, person=person, now=now)
        answered = visits.c.exception_state.in_(("confirmed", "denied"))
        past = _of(connection, answered, newest=True, person=person, now=now)
    return Claims(tuple(sorted(waiting, key=lambda one: not one.is_late)), tuple(past[:_MOST_PAST]))


def _of(connection: Connection, condition: object, *, newest: bool, person: str, now: datetime) -> list[WaitingClaim]:
    order = visits.c.at.desc() if newest else visits.c.at
    query: Select[tuple[object, ...]] = (
        select(visits, log_entries.c.envelope)
        .join(log_entries, log_entries.c.index == visits.c.index)
        .where(visits.c.approver == person, condition)  # type: ignore[arg-type]
        .order_by(order, visits.c.visit)
        .limit(_MOST_READ)
    )
    rows = [(row, opening) for row in connection.execute(query) if (opening := _claimed(row, person)) is not None]
    names = _names(connection, [opening for _, opening in rows], [row.department for row, _ in rows])
    calendar = working_calendar(FactsWriter(connection))
    return [_shown(row, opening, names, calendar, now) for row, opening in rows]


def _claimed(row: Row[tuple[object, ...]], person: str) -> GateDecision | None:
    try:
        body = body_of(peek(bytes(row.envelope)))
    except ZhuqiError:
        return None
    return body if isinstance(body, GateDecision) and may_answer(body, row.officer, person) else None


def _names(connection: Connection, openings: list[GateDecision], departments: list[str]) -> dict[str, str]:
    usccs = {one.enterprise for one in openings if "\x00" not in one.enterprise}
    enterprises = current_facts(connection, "enterprise", usccs)
    units = current_facts(connection, "department", {one for one in departments if one})
    names = {key: fact.load(Enterprise).name for key, fact in enterprises.items()}
    return names | {key: fact.load(Department).name for key, fact in units.items()}


def _shown(
    row: Row[tuple[object, ...]], opening: GateDecision, names: dict[str, str], calendar: Calendar, now: datetime
) -> WaitingClaim:
    due = calendar.add_working_days(day_of(instant_of(row.received_at)), ANSWER_WORKING_DAYS)
    return WaitingClaim(
        visit=bytes(row.visit).hex(),
        claim=opening.claim or ExceptionClaim("", ""),
        opening=opening,
        at=row.at,
        enterprise=names.get(opening.enterprise) or opening.enterprise_name or opening.enterprise,
        department=names.get(row.department, row.department),
        due=due,
        is_late=row.exception_state == STATED and day_of(now) > due,
        state=row.exception_state,
        waited_hours=max(0, milliseconds(now) - row.received_at) // _HOUR_MS,
    )
