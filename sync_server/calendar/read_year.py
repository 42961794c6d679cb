"""One year of the calendar at a glance: what is published, and what the rule or the State Council would propose."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date

from shared_models.calendar import day_of, second_full_week
from shared_models.county import PublishedCalendar
from shared_models.filing import Window
from sync_server.calendar.days_off import days_off_of
from sync_server.county import County
from sync_server.storage.engine import reading
from sync_server.storage.facts import current_facts

_MONTHS = range(1, 13)


@dataclass(frozen=True, slots=True)
class ShownDay:
    """`kind` is blank, off, extra; a protected day may be any of them."""

    day: date
    kind: str
    is_protected: bool
    is_of_month: bool


@dataclass(frozen=True, slots=True)
class ShownMonth:
    month: str
    weeks: tuple[tuple[ShownDay, ...], ...]
    days: Window
    by_rule: Window
    note: str
    is_moved: bool


@dataclass(frozen=True, slots=True)
class ShownYear:
    """`proposal`: the days of the form are the State Council's, nothing of this year is published yet."""

    year: int
    today: date
    months: tuple[ShownMonth, ...]
    days_off: tuple[date, ...]
    extra_workdays: tuple[date, ...]
    covers_until: date | None
    is_proposal: bool
    is_known: bool


def read_year(county: County, year: int) -> ShownYear:
    with reading(county.engine) as connection:
        fact = current_facts(connection, "calendar", ["calendar"]).get("calendar")
    published = fact.load(PublishedCalendar) if fact else None
    off = tuple(day for day in published.days_off if day.year == year) if published else ()
    extra = tuple(day for day in published.extra_workdays if day.year == year) if published else ()
    known = days_off_of(year)
    is_proposal = not off and not extra and known is not None
    months = tuple(_month(published, year, month, off, extra) for month in _MONTHS)
    if is_proposal and known is not None:
        off, extra = known
    return ShownYear(
        year=year,
        today=day_of(county.clock.now()),
        months=months,
        days_off=off,
        extra_workdays=extra,
        covers_until=published.covers_until if published else None,
        is_proposal=is_proposal,
        is_known=known is not None,
    )


def _month(
    published: PublishedCalendar | None, year: int, month: int, off: tuple[date, ...], extra: tuple[date, ...]
) -> ShownMonth:
    name = f"{year:04}-{month:02}"
    by_rule = second_full_week(year, month)
    week = next((one for one in published.weeks if one.month == name), None) if published else None
    protected = [one.days for one in published.weeks] if published else []
    weeks = tuple(
        tuple(
            ShownDay(
                day=day,
                kind="extra" if day in extra else "off" if day in off else "",
                is_protected=any(first <= day <= last for first, last in protected),
                is_of_month=day.month == month,
            )
            for day in days
        )
        for days in calendar.Calendar().monthdatescalendar(year, month)
    )
    return ShownMonth(
        month=name,
        weeks=weeks,
        days=week.days if week else by_rule,
        by_rule=by_rule,
        note=week.note if week else "",
        is_moved=bool(week and week.moved),
    )
