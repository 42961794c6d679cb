"""How far back "first" looks (rules 5): the same on the phone, which may not know, as on the server that confirms."""

from __future__ import annotations

from datetime import date

_MONTHS_A_YEAR = 12


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier; the month's last where it has no such day."""
    year, month = divmod(day.year * _MONTHS_A_YEAR + day.month - 1 - months, _MONTHS_A_YEAR)
    for number in range(day.day, 0, -1):
        try:
            return date(year, month + 1, number)
        except ValueError:
            continue
    raise ValueError(day)
