"""The State Council's days off and extra working days, as far as the library has them."""

from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar


def days_off_of(year: int) -> tuple[tuple[date, ...], tuple[date, ...]]:
    """Days off on weekdays and working days at weekends of the year, and of the next where it is already published."""
    off: list[date] = []
    extra: list[date] = []
    for one in (year, year + 1):
        try:
            days = [date(one, 1, 1) + timedelta(days=n) for n in range(365)]
            works = [(day, chinese_calendar.is_workday(day)) for day in days]
        except NotImplementedError:  # a year that nobody has published yet: Monday to Friday
            continue
        off += [day for day, is_workday in works if not is_workday and day.weekday() < 5]  # noqa: PLR2004
        extra += [day for day, is_workday in works if is_workday and day.weekday() >= 5]  # noqa: PLR2004
    return tuple(off), tuple(extra)
