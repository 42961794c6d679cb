"""The next days on which a department may come."""

from __future__ import annotations

from datetime import date, timedelta

from shared_models.calendar import Calendar
from shared_models.filing import Window

_DAYS, _LOOKED_AHEAD = 7, 60


def open_window(calendar: Calendar, today: date) -> Window:
    """From the next working day outside protected weeks, a week at most, and not into a protected one."""
    days = [today + timedelta(days=n) for n in range(1, _LOOKED_AHEAD)]
    first = next((day for day in days if calendar.is_working_day(day) and not calendar.is_protected(day)), days[0])
    last = first
    while (last - first).days < _DAYS and not calendar.is_protected(last + timedelta(days=1)):
        last += timedelta(days=1)
    return first, last
