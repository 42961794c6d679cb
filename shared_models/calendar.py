"""Protected weeks and working days (rules 1, 三.1). The county office publishes them; nothing here guesses a week.

Asia/Shanghai has been UTC+8 without summer time since 1991: a fixed offset, no zone database.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, datetime, timedelta, timezone

from shared_models.errors import BadlyFormedError
from shared_models.filing import Window

SHANGHAI = timezone(timedelta(hours=8))
_WORKWEEK_DAYS = 5
_SATURDAY = 5


def day_of(instant: datetime) -> date:
    """The day in Asia/Shanghai. Raises BadlyFormedError for a naive time or a day after 9999-12-31."""
    if instant.tzinfo is None:
        raise BadlyFormedError("instant", "must carry an offset from UTC")
    try:
        return instant.astimezone(SHANGHAI).date()
    except OverflowError as err:
        raise BadlyFormedError("instant", "is out of range") from err


def second_full_week(year: int, month: int) -> Window:
    """Monday to Sunday: the seven days from the month's second Monday, the default of what the office publishes."""
    if not (MINYEAR <= year <= MAXYEAR and 1 <= month <= 12):  # noqa: PLR2004 (months of a year)
        raise BadlyFormedError("month", "must be a month such as 2026-11")
    first = date(year, month, 1)
    monday = first + timedelta(days=-first.weekday() % 7 + 7)
    return monday, monday + timedelta(days=6)


@dataclass(frozen=True, slots=True)
class Calendar:
    """What the office has published. `covers_until` null: without end; an extra workday wins over a day off."""

    protected: tuple[Window, ...] = ()
    days_off: tuple[date, ...] = ()
    extra_workdays: tuple[date, ...] = ()
    covers_until: date | None = None

    def __post_init__(self) -> None:
        for i, (first, last) in enumerate(self.protected):
            if last < first:
                raise BadlyFormedError(f"protected[{i}]", "ends before it begins")

    def is_protected(self, day: date) -> bool:
        return any(first <= day <= last for first, last in self.protected)

    def is_working_day(self, day: date) -> bool:
        if day in self.extra_workdays:
            return True
        return day.weekday() < _SATURDAY and day not in self.days_off

    def working_days_between(self, after: date, until: date) -> int:
        """The working days after `after`, up to and including `until`; 0 where `until` is not later."""
        if until <= after:
            return 0
        # Counted by arithmetic, not day by day: a phone whose clock is centuries off must still get its answer.
        weekdays = _weekdays_until(until) - _weekdays_until(after)
        extra = {day for day in self.extra_workdays if after < day <= until}
        off = {day for day in self.days_off if after < day <= until} - extra
        gained = sum(day.weekday() >= _SATURDAY for day in extra)
        return weekdays + gained - sum(day.weekday() < _SATURDAY for day in off)

    def add_working_days(self, day: date, n: int) -> date:
        """The n-th working day after `day`; 0 is the day itself. Raises BadlyFormedError past 9999-12-31."""
        if n == 0:
            return day
        if n < 0 or self.working_days_between(day, date.max) < n:
            raise BadlyFormedError("working_days", "lead to no day there is")
        low, high = day.toordinal() + 1, date.max.toordinal()
        while low < high:
            middle = (low + high) // 2
            if self.working_days_between(day, date.fromordinal(middle)) < n:
                low = middle + 1
            else:
                high = middle
        return date.fromordinal(low)


CALENDAR_UNKNOWN = Calendar(covers_until=date.min)
"""What a phone or server without a calendar holds: every day gives `calendar_unknown` (rules 4)."""


def _weekdays_until(day: date) -> int:
    """Mondays to Fridays from 0001-01-01, a Monday, to the day."""
    weeks, rest = divmod(day.toordinal(), 7)
    return weeks * _WORKWEEK_DAYS + min(rest, _WORKWEEK_DAYS)
