"""A demo county's server as a process of its own: seeded once, then the same log again after every kill."""

from __future__ import annotations

import argparse
from dataclasses import replace
from datetime import date
from pathlib import Path

import uvicorn

from sync_server.app import app_of
from sync_server.clock import FixedClock, ShiftedClock
from sync_server.county import County
from sync_server.demo.county import DemoCounty, invent_county
from sync_server.demo.demo_clock import demo_clock
from sync_server.demo.seed_county import opening_instant, seed_county
from sync_server.open_county import open_county
from sync_server.settings import Settings, settings_from

HOST = "zhuqi.pingyang.example"
SEED = 330326
DAY = date(2026, 11, 24)


def settings_in(folder: Path) -> Settings:
    return replace(
        settings_from({}, data_dir=folder / "county"),
        public_host=HOST,
        clock_file=folder / "clock.json",
        secure_cookies=False,
        demo=True,
        log_level="WARNING",
    )


def seed(folder: Path, day: date = DAY) -> DemoCounty:
    """The county in the folder, made if it is not there; its clock stands on the morning of `day`."""
    story, settings = invent_county(SEED, day), settings_in(folder)
    made = folder / "made"
    if not made.exists():
        folder.mkdir(parents=True, exist_ok=True)
        past = open_county(settings, FixedClock(opening_instant(day)))
        seed_county(past, story, SEED, lambda *_: None)
        past.engine.dispose()
        demo_clock(folder).move_to(day)
        made.touch()
    return story


def opened(folder: Path, app_dir: Path | None = None) -> County:
    return open_county(replace(settings_in(folder), app_dir=app_dir), ShiftedClock(folder / "clock.json"))


if __name__ == "__main__":
    options = argparse.ArgumentParser()
    options.add_argument("--folder", type=Path, required=True)
    options.add_argument("--port", type=int, required=True)
    options.add_argument("--app", type=Path, help="the built app for the browser, if it is to be served")
    given = options.parse_args()
    seed(given.folder)
    county = opened(given.folder, given.app)
    uvicorn.run(app_of(county, []), host="127.0.0.1", port=given.port, access_log=False, log_level="warning")
