"""A recheck's filing, prepared from the letter that it is about: the clerk looks at it, the head approves it."""

from __future__ import annotations

from datetime import date, timedelta

from shared_models.calendar import Calendar, day_of
from shared_models.county import PublishedCalendar
from shared_models.filing import CheckCategory, FilingPlan, Purpose, Window
from sync_server.filings.typed_filing import TypedFiling, TypedRow
from sync_server.letters.find_matter import Matter, officers_of
from sync_server.log.writing import Writing
from sync_server.texts.recheck_draft import items_of_recheck, why_on_site

_DAYS, _LOOKED_AHEAD = 7, 60


def recheck_draft(tx: Writing, matter: Matter, comment: str) -> TypedFiling:
    """Purpose, enterprise, officers and reason are filled in, and the next days that are no protected ones."""
    first, last = open_window(calendar_of(tx), day_of(tx.now))
    letter, finding = matter.commitment, matter.finding
    basis = letter.provision_name if letter else finding.provision_name if finding else ""
    return TypedFiling(
        why_not_off_site=why_on_site(matter.number, comment),
        purpose=Purpose.RECHECK.value,
        plan=FilingPlan.MONTH.value,
        category=CheckCategory.CASE.value,
        officers=officers_of(tx.connection, matter),
        items=items_of_recheck(matter.number, matter.what),
        basis=basis,
        first=first.isoformat(),
        last=last.isoformat(),
        rows=(TypedRow(matter.uscc),),
    )


def calendar_of(tx: Writing) -> Calendar:
    fact = tx.facts.get("calendar", "calendar")
    return fact.load(PublishedCalendar).as_calendar() if fact else Calendar()


def open_window(calendar: Calendar, today: date) -> Window:
    """From the next working day outside protected weeks, a week at most, and not into a protected one."""
    days = [today + timedelta(days=n) for n in range(1, _LOOKED_AHEAD)]
    first = next((day for day in days if calendar.is_working_day(day) and not calendar.is_protected(day)), days[0])
    last = first
    while (last - first).days < _DAYS and not calendar.is_protected(last + timedelta(days=1)):
        last += timedelta(days=1)
    return first, last
