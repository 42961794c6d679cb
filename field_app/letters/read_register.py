"""Is it the first? What the county's register, as this phone holds it, says of one field (领域) at one enterprise."""

from __future__ import annotations

from datetime import UTC, date, datetime

from field_app.clock import instant_of
from field_app.phone import Phone
from field_app.storage.database import Rows
from field_app.storage.records import WAITING, Kept, records_of_kind
from field_app.storage.reference import held, held_through, items_about, read_item
from shared_models.calendar import day_of
from shared_models.commitment import Finding
from shared_models.county import Offence, PublishedCalendar
from shared_models.first_offence import months_before
from shared_models.kinds import body_of
from shared_models.policy import PublishedPolicy

_OWN_FINDINGS = 500


async def first_offence(phone: Phone, visit: bytes, uscc: str, field: str) -> bool | None:
    """Null where the copy cannot say: no field, no data, or data older than a verdict may rest on.

    What this very visit has found does not count against itself.
    """
    today = day_of(phone.clock.now())
    return await phone.database.read(lambda rows: _first(rows, visit, uscc, field.strip(), today))


def _first(rows: Rows, visit: bytes, uscc: str, field: str, today: date) -> bool | None:
    policy: PublishedPolicy | None = read_item(rows, "policy", "policy")
    if not field or policy is None:
        return None
    since = months_before(today, policy.first_offence_months)
    offences: tuple[Offence, ...] = items_about(rows, "offence", uscc)
    known = [one.newest_but_of(visit) for one in offences if one.field == field]
    if any(day is not None and day >= since for day in known) or _found_here(rows, visit, uscc, field, since):
        return False
    return None if _is_stale(rows, policy, today) else True


def _found_here(rows: Rows, visit: bytes, uscc: str, field: str, since: date) -> bool:
    """By this phone on another visit, and not in the register as it is held: that says itself what was struck since."""
    seen, through = held(rows), held_through(rows)
    size = 0 if seen is None else seen.size
    for kept in records_of_kind(rows, ("finding_noted",), _OWN_FINDINGS):
        body = body_of(kept.record)
        if not isinstance(body, Finding) or kept.record.visit == visit or _is_registered(kept, size, through):
            continue
        if (body.enterprise, body.field.strip()) == (uscc, field) and day_of(instant_of(kept.record.at)) >= since:
            return True
    return False


def _is_registered(kept: Kept, size: int, through: int) -> bool:
    """Also where its receipt was lost on the way."""
    if kept.receipt_index is None:
        return kept.state == WAITING and kept.record.seq <= through
    return kept.receipt_index < size


def _is_stale(rows: Rows, policy: PublishedPolicy, today: date) -> bool:
    seen, calendar = held(rows), read_item(rows, "calendar", "calendar")
    if seen is None or not isinstance(calendar, PublishedCalendar):
        return True
    issued = day_of(datetime.fromtimestamp(seen.issued_at, UTC))
    return calendar.as_calendar().working_days_between(issued, today) > policy.policy.reference_max_working_days
