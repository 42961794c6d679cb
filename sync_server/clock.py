"""The server's only clock."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol


class Clock(Protocol):
    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        ...


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


class ShiftedClock:
    """The system's clock moved by `{"shift_seconds": n}` in a file, which is read again when it changes."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stamp = -1
        self._shift = timedelta()

    def now(self) -> datetime:
        try:
            stamp = self._path.stat().st_mtime_ns
            if stamp != self._stamp:
                self._shift = timedelta(seconds=int(json.loads(self._path.read_text("utf-8"))["shift_seconds"]))
                self._stamp = stamp
        except FileNotFoundError:
            self._shift, self._stamp = timedelta(), -1
        except (ValueError, KeyError, TypeError, OverflowError):
            pass  # half written: the shift before it holds until the next look
        return datetime.now(UTC) + self._shift


class FixedClock:
    """A clock that stands where it is put: for seeding a demo county's past, and for tests."""

    def __init__(self, instant: datetime) -> None:
        self.instant = instant

    def now(self) -> datetime:
        return self.instant


def milliseconds(instant: datetime) -> int:
    """Milliseconds since 1970, as records and receipts carry them."""
    return int(instant.timestamp() * 1000)


def instant_of(milliseconds_since_1970: int) -> datetime:
    """Raises OverflowError outside of what a datetime holds."""
    return _EPOCH + milliseconds_since_1970 * _MILLISECOND


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
