"""The oracle's own calendar arithmetic: the day in Shanghai, the service week, working days."""

import datetime as dt
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


def date_of(text):
    return dt.date.fromisoformat(text)


def moment(text):
    return dt.datetime.fromisoformat(text)


def shanghai_day(text):
    return moment(text).astimezone(SHANGHAI).date()


def service_week(month):
    """`2026-11` → the seven days from the month's second Monday, as two texts."""
    year, number = month.split("-")
    mondays = []
    for day in range(1, 29):
        date = dt.date(int(year), int(number), day)
        if date.weekday() == 0:
            mondays.append(date)
    start = mondays[1]
    return start.isoformat(), (start + dt.timedelta(days=6)).isoformat()


def is_working_day(date, calendar):
    text = date.isoformat()
    if text in calendar.get("extra_workdays", []):
        return True
    if text in calendar.get("days_off", []):
        return False
    return date.weekday() < 5


def working_days_after(start, end, calendar):
    """How many working days lie after `start`, up to and including `end`."""
    count = 0
    date = start
    while date < end:
        date += dt.timedelta(days=1)
        if is_working_day(date, calendar):
            count += 1
    return count


def add_working_days(start, number, calendar):
    date = start
    while number > 0:
        date += dt.timedelta(days=1)
        if is_working_day(date, calendar):
            number -= 1
    return date


def is_protected(facts, day):
    spans = facts.get("calendar", {}).get("protected", [])
    return any(date_of(start) <= day <= date_of(end) for start, end in spans)
