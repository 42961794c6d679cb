"""The county office publishes protected weeks, days off and extra working days."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from shared_models.acts import CalendarPublished, ServiceWeek
from shared_models.county import PublishedCalendar
from sync_server.county import County
from sync_server.errors import InvalidError
from sync_server.log.writing import writing

YEARS = range(2000, 2100)
"""The calendar lists every month between its first and its last: a slip of the pen must not make it thousands."""
_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
_MAX_WEEK_DAYS = 14


def publish_calendar(
    county: County,
    account: str,
    *,
    weeks: Sequence[ServiceWeek] = (),
    days_off: Sequence[date] = (),
    extra_workdays: Sequence[date] = (),
    covers_until: date | None = None,
) -> PublishedCalendar:
    """The calendar as it holds from now on, complete with default weeks (rules 1).

    Raises InvalidError for a week that is reversed or not of its month, for a moved week without a note of who and
    why, and for a year that is none of YEARS.
    """
    for week in weeks:
        _check(week)
    if covers_until is not None and covers_until.year not in YEARS:
        raise InvalidError("covers_until", "not_a_day")
    act = CalendarPublished(tuple(weeks), tuple(days_off), tuple(extra_workdays), covers_until)
    with writing(county) as tx:
        tx.append_act(account, act)
        fact = tx.facts.get("calendar", "calendar")
        if fact is None:
            raise InvalidError("calendar", "not_published")
        return fact.load(PublishedCalendar)


def _check(week: ServiceWeek) -> None:
    first, last = week.days
    if not _MONTH.fullmatch(week.month) or last < first or (last - first).days >= _MAX_WEEK_DAYS:
        raise InvalidError("week.days", "not_a_week")
    if week.month not in (first.isoformat()[:7], last.isoformat()[:7]):
        raise InvalidError("week.month", "another_month")
    if first.year not in YEARS or last.year not in YEARS:
        raise InvalidError("week.days", "not_a_day")
    if week.moved and not week.note.strip():
        raise InvalidError("week.note", "who_moved_it_and_why")
