"""The card before the verdict, filled in as far as the phone can know it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from field_app.enrolment.state import companion_me, companion_of, require_me
from field_app.gate.find_enterprise import Found
from field_app.gate.proposal import Proposal
from field_app.phone import Phone
from field_app.storage.database import Rows
from field_app.storage.reference import items_about, read_item
from shared_models.calendar import day_of
from shared_models.filing import FilingLine, FilingState, Purpose
from shared_models.people import Person
from shared_models.shape import from_plain
from shared_models.visit import Companion


async def propose(phone: Phone, found: Found) -> Proposal:
    """Purpose and people from this officer's filing whose window holds today, else the last companions."""
    today = day_of(phone.clock.now())
    return await phone.database.read(lambda rows: _propose(rows, found, today))


def _propose(rows: Rows, found: Found, today: date) -> Proposal:
    credential = require_me(rows)
    me = companion_me(credential)
    line = _own_line(rows, found.uscc, credential.officer, today)
    if line is not None:
        purpose, others, assistants = line.purpose, _people(rows, line.officers), line.assistants
    else:
        purpose = Purpose.SERVICE if credential.licence is None else Purpose.INSPECTION
        others, assistants = _last_companions(rows), 0
    return Proposal(
        enterprise=found.uscc,
        enterprise_name="" if found.enterprise is None else found.enterprise.name,
        gate=found.gate,
        identified=found.identified,
        purpose=purpose,
        companions=(me, *(other for other in others if other.id != me.id)),
        assistants=assistants,
    )


def _own_line(rows: Rows, uscc: str, officer: str, today: date) -> FilingLine | None:
    lines: Iterable[FilingLine] = items_about(rows, "line", uscc)
    usable = [
        line
        for line in lines
        if officer in line.officers and line.state is FilingState.ACCEPTED and line.window[0] <= today <= line.window[1]
    ]
    return min(usable, key=_last_resort, default=None)


def _last_resort(line: FilingLine) -> tuple[bool, bool, date, str]:
    """A merged filing still says what the officer came for; the gate then names the joint visit."""
    return (line.merged_into is not None, line.visits_made >= line.planned_visits, line.window[1], line.number)


def _people(rows: Rows, ids: tuple[str, ...]) -> tuple[Companion, ...]:
    people: Iterable[Person | None] = (read_item(rows, "person", one) for one in ids)
    return tuple(companion_of(person) for person in people if person is not None and not person.revoked)


def _last_companions(rows: Rows) -> tuple[Companion, ...]:
    """Those of the last visit, as the registry lists them today; strangers typed in by hand are not kept."""
    ids = rows.get_meta("last_companions")
    return () if ids is None else _people(rows, from_plain(tuple[str, ...], ids))
