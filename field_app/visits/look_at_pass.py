"""What a scanned pass is to this phone: a colleague's visit to join, or what any enterprise would be told."""

from __future__ import annotations

from dataclasses import dataclass

from field_app.enrolment.state import require_me
from field_app.phone import Phone
from field_app.storage.database import Rows
from field_app.storage.records import records_of_kind
from field_app.storage.reference import items_about, read_item
from field_app.visits.join_visit import joined_openings, judged_by
from shared_models.codes import OpenedPass, PassCode, open_pass_code, read_code, status_of, verify_text
from shared_models.enterprise import Enterprise
from shared_models.errors import UnknownFormatError, ZhuqiError
from shared_models.filing import FilingLine
from shared_models.people import Department, Person

_RECENT = 200


@dataclass(frozen=True, slots=True)
class SeenPass:
    """`status` is one of the twelve; `opened` is null unless it is valid. `is_colleague`: the visit may be joined."""

    status: str
    opened: OpenedPass | None = None
    is_own: bool = False
    is_colleague: bool = False
    has_joined: bool = False
    enterprise_name: str = ""
    department_name: str = ""
    others: tuple[str, ...] = ()
    """Names of who else the filing lists."""


async def look_at_pass(phone: Phone, text: str) -> SeenPass:
    """Without signal. Raises what `read_code` raises for a text that is no pass of this county."""
    return await phone.database.read(lambda rows: _look(phone, rows, text.strip()))


def _look(phone: Phone, rows: Rows, text: str) -> SeenPass:
    county = judged_by(rows)
    code = read_code(text, county.host)
    if not isinstance(code, PassCode):
        raise UnknownFormatError
    now = phone.clock.now()
    try:
        verify_text(text, county, now)
        opened = open_pass_code(code, county, now)
    except ZhuqiError as err:
        return SeenPass(status_of(err))
    me, theirs, visit_pass = require_me(rows), opened.credential, opened.visit_pass
    lines: tuple[FilingLine, ...] = items_about(rows, "line", visit_pass.enterprise)
    number = None if opened.slip is None else opened.slip.filing
    named = next((line.officers for line in lines if line.number == number), ()) if number else ()
    enterprise: Enterprise | None = read_item(rows, "enterprise", visit_pass.enterprise)
    department: Department | None = read_item(rows, "department", theirs.department)
    on_visit = {*named, *(() if opened.slip is None else opened.slip.officers)}
    is_own = theirs.kid == phone.signer.kid
    return SeenPass(
        status="valid",
        opened=opened,
        is_own=is_own,
        is_colleague=not is_own and (theirs.department == me.department or me.officer in on_visit),
        has_joined=visit_pass.record in joined_openings(records_of_kind(rows, ("joined",), _RECENT)),
        enterprise_name=visit_pass.enterprise if enterprise is None else enterprise.name,
        department_name=theirs.department if department is None else department.name,
        others=_names(rows, sorted(on_visit - {theirs.officer})),
    )


def _names(rows: Rows, ids: list[str]) -> tuple[str, ...]:
    people: list[Person | None] = [read_item(rows, "person", one) for one in ids]
    return tuple(person.name or person.id for person in people if person is not None)
