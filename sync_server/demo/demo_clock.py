"""The demo's day: one file that shifts the clocks of server and phones, through their own clock ports."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from shared_models.calendar import SHANGHAI, day_of, second_full_week
from sync_server.clock import Clock, ShiftedClock, SystemClock

STORY_TIME = time(9, 30)


@dataclass(frozen=True, slots=True)
class DemoClock:
    """Reads the real clock, writes the shift."""

    file: Path
    real: Clock

    @property
    def now(self) -> datetime:
        return ShiftedClock(self.file).now()

    def move_to(self, day: date) -> None:
        """To half past nine of that day in Shanghai; time goes on from there."""
        target = datetime.combine(day, STORY_TIME, SHANGHAI)
        shift = round((target - self.real.now()).total_seconds())
        draft = self.file.with_suffix(".new")
        draft.write_text(json.dumps({"shift_seconds": shift}), "utf-8")
        draft.replace(self.file)

    def day(self) -> date:
        return day_of(self.now)


def demo_clock(folder: Path) -> DemoClock:
    return DemoClock(folder / "clock.json", SystemClock())


def next_service_week_tuesday(day: date) -> date:
    """The Tuesday of the first default service week that begins after the day."""
    year, month = day.year, day.month
    while True:
        first, _last = second_full_week(year, month)
        if first > day:
            return first + timedelta(days=1)
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)  # noqa: PLR2004
