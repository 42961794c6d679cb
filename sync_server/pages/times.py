"""Instants, days and places as pages show them: in Shanghai, whatever the server's zone."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from shared_models.calendar import SHANGHAI
from shared_models.visit import Position
from sync_server.clock import instant_of, milliseconds

_MINUTES = slice(0, 16)


def shown_instant(at_milliseconds: int, *, seconds: bool = True) -> str:
    """`2026-11-10 09:30:00`; the number itself where a phone's clock was outside of what has a date."""
    try:
        text = instant_of(at_milliseconds).astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M:%S")
    except (OverflowError, ValueError, OSError):
        return f"{at_milliseconds} ms"
    return text if seconds else text[_MINUTES]


def shown_datetime(instant: datetime) -> str:
    return shown_instant(milliseconds(instant))


def shown_place(position: Position) -> str:
    """Degrees north and east."""
    return f"{position.latitude_microdegrees / 1e6:.5f}, {position.longitude_microdegrees / 1e6:.5f}"


def day_start(day: date) -> int:
    """Milliseconds since 1970 of the day's first instant."""
    return milliseconds(datetime(day.year, day.month, day.day, tzinfo=SHANGHAI))


def day_after(day: date) -> date:
    return day if day == date.max else day + timedelta(days=1)
