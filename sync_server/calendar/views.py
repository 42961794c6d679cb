"""What publishing changes: a calendar that is complete for the phones, and the policy."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

from shared_models import acts
from shared_models.acts import CalendarPublished, ServiceWeek
from shared_models.calendar import day_of, second_full_week
from shared_models.county import PublishedCalendar
from sync_server.clock import instant_of
from sync_server.log.entries import Entry, fact_from
from sync_server.storage.facts import FactsWriter

MONTHS_AHEAD = 12
_KEY = "calendar"
PLANNED = "policy_planned"
"""Facts of policies that are announced for a later day, by that day."""


def complete_calendar(before: PublishedCalendar | None, act: CalendarPublished, today: date) -> PublishedCalendar:
    """The calendar after this publication: months that nobody published carry the default week (rules 1)."""
    ahead = _month_after(today, MONTHS_AHEAD + 1) - timedelta(days=1)
    named = [week.days[1] for week in act.weeks]
    covers_until = max(ahead, act.covers_until or ahead, *named, *([before.covers_until] if before else []))
    published = {week.month: week for week in before.weeks} if before else {}
    published |= {week.month: week for week in act.weeks}
    first = min([today.replace(month=1, day=1), *(_first_of(month) for month in published)])
    weeks = tuple(published.get(month) or _default_week(month) for month in _months(first, covers_until))
    off, extra = act.days_off, act.extra_workdays
    if before is not None:
        years = {day.year for day in (*off, *extra)}
        off = (*(day for day in before.days_off if day.year not in years), *off)
        extra = (*(day for day in before.extra_workdays if day.year not in years), *extra)
    return PublishedCalendar(weeks, tuple(sorted(set(off))), tuple(sorted(set(extra))), covers_until)


def _default_week(month: str) -> ServiceWeek:
    year, number = month.split("-")
    return ServiceWeek(month, second_full_week(int(year), int(number)))


def _first_of(month: str) -> date:
    return date.fromisoformat(f"{month}-01")


def _month_after(day: date, months: int) -> date:
    total = day.year * 12 + day.month - 1 + months
    return date(total // 12, total % 12 + 1, 1)


def _months(first: date, last: date) -> Iterator[str]:
    day = first.replace(day=1)
    while day <= last:
        yield f"{day.year:04}-{day.month:02}"
        day = _month_after(day, 1)


def _published(facts: FactsWriter, entry: Entry, act: acts.CalendarPublished) -> None:
    fact = facts.get("calendar", _KEY)
    before = fact.load(PublishedCalendar) if fact else None
    today = day_of(instant_of(entry.record.at))
    facts.set(fact_from(entry, "calendar", _KEY, complete_calendar(before, act, today)))


def _policy(facts: FactsWriter, entry: Entry, act: acts.PolicyPublished) -> None:
    today = day_of(instant_of(entry.record.at))
    if act.effective_on is not None and act.effective_on > today:
        facts.set(fact_from(entry, PLANNED, act.effective_on.isoformat(), act))
        return
    facts.set(fact_from(entry, "policy", "policy", act.policy))
    if act.effective_on is not None:
        facts.end(PLANNED, act.effective_on.isoformat(), entry.index)


def _theme(facts: FactsWriter, entry: Entry, act: acts.ThemePublished) -> None:
    facts.set(fact_from(entry, "theme", act.theme.number, act.theme, department=act.theme.lead))


CALENDAR_VIEWS: dict[str, Callable[[FactsWriter, Entry, Any], None]] = {
    "calendar_published": _published,
    "policy_published": _policy,
    "theme_published": _theme,
}
