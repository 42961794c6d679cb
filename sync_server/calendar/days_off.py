"""The State Council's days off and extra working days, as far as the library has them."""

from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar

_SATURDAY = 5


def days_off_of(year: int) -> tuple[tuple[date, ...], tuple[date, ...]] | None:
    """Days off on weekdays, working days at weekends; null for a year that is not published: Monday to Friday."""
    day = date(year, 1, 1)
    off: list[date] = []
    extra: list[date] = []
    try:
        while day.year == year:
            is_workday = chinese_calendar.is_workday(day)
            if is_workday and day.weekday() >= _SATURDAY:
                extra.append(day)
            elif not is_workday and day.weekday() < _SATURDAY:
                off.append(day)
            day += timedelta(days=1)
    except NotImplementedError:
        return None
    return tuple(off), tuple(extra)
