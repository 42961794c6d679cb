"""`zhuqi demo`: a county, two phones and the cockpit, from one command, until Ctrl-C."""

from __future__ import annotations

import json
import secrets
import shutil
import signal
import threading
import webbrowser
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import httpx
import uvicorn

from shared_models.calendar import day_of
from sync_server.app import app_of
from sync_server.clock import FixedClock, ShiftedClock
from sync_server.county import County
from sync_server.demo.cockpit import PHONES, PIN, Demo, cockpit_router, officer_of
from sync_server.demo.county import DemoCounty, invent_county, working_demo_day
from sync_server.demo.demo_clock import DemoClock, demo_clock
from sync_server.demo.field_process import FieldProcess
from sync_server.demo.page_app import app_origins
from sync_server.demo.seed_county import CLERK, Progress, opening_instant, seed_county
from sync_server.enrolment.confirm_enrolment import confirm_enrolment
from sync_server.enrolment.issue_code import issue_code
from sync_server.enrolment.pending import waiting_enrolments
from sync_server.open_county import open_county
from sync_server.settings import Settings, settings_from

HOST = "zhuqi.pingyang.example"
SEED = 330326
YEAR_OF_MINUTES = 366 * 24 * 60
_STORY = "story.json"


@dataclass(frozen=True, slots=True)
class DemoOptions:
    data_dir: Path
    port: int
    field_port: int
    today: date | None
    fresh: bool
    open_browser: bool
    font: Path | None
    app_dir: Path | None = None


Say = Callable[[str], None]


def run_demo(options: DemoOptions, say: Say, progress: Progress) -> None:
    """Raises OSError where a port is taken or the folder cannot be written."""
    if options.fresh:
        shutil.rmtree(options.data_dir, ignore_errors=True)
    options.data_dir.mkdir(parents=True, exist_ok=True)
    clock = demo_clock(options.data_dir)
    settings = _settings(options, clock)
    story, county = _open_story(options, settings, clock, progress)
    server_url = f"http://127.0.0.1:{options.port}"
    field = FieldProcess(
        options.field_port, options.data_dir / "field", server_url, clock.file, options.data_dir / "field.log"
    )
    app_port = None if options.app_dir is None else options.port
    demo = Demo(story, clock, field, HOST, secrets.token_urlsafe(24), options.font, app_port)
    _serve(county, demo, options, say)


def _settings(options: DemoOptions, clock: DemoClock) -> Settings:
    county_dir = options.data_dir / "county"
    return replace(
        settings_from({}, data_dir=county_dir),
        public_host=HOST,
        clock_file=clock.file,
        secure_cookies=False,
        session_minutes=YEAR_OF_MINUTES,  # the demo's day jumps; nobody wants to sign in again each time
        session_idle_minutes=YEAR_OF_MINUTES,
        demo=True,
        frame_ancestors=" ".join(("'self'", *app_origins(options.port))),
        font_file=options.font,
        app_dir=options.app_dir,
        log_level="WARNING",
    )


def _open_story(
    options: DemoOptions, settings: Settings, clock: DemoClock, progress: Progress
) -> tuple[DemoCounty, County]:
    """Go on with the story in the folder, or begin one; a beginning that broke off is begun again."""
    told = options.data_dir / _STORY
    with suppress(FileNotFoundError, ValueError, KeyError):
        day = date.fromisoformat(json.loads(told.read_text("utf-8"))["day"])
        if options.today is not None:
            clock.move_to(options.today)
        return invent_county(SEED, day), open_county(settings, ShiftedClock(clock.file))
    shutil.rmtree(settings.data_dir, ignore_errors=True)
    shutil.rmtree(options.data_dir / "field", ignore_errors=True)
    day = working_demo_day(options.today or day_of(clock.real.now()))
    story = invent_county(SEED, day)
    past = open_county(settings, FixedClock(opening_instant(day)))
    seed_county(past, story, SEED, progress)
    past.engine.dispose()
    clock.move_to(options.today or day)
    told.write_text(json.dumps({"day": day.isoformat()}), "utf-8")
    return story, open_county(settings, ShiftedClock(clock.file))


def _serve(county: County, demo: Demo, options: DemoOptions, say: Say) -> None:
    app = app_of(county, [cockpit_router(demo)])
    app.state.demo = demo
    config = uvicorn.Config(app, host="127.0.0.1", port=options.port, access_log=False, log_level="warning")
    server = uvicorn.Server(config)
    serving = threading.Thread(target=server.run, name="server", daemon=True)
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    serving.start()
    try:
        say("starting the phones …")
        demo.field.start()
        if not demo.field.wait_until_ready():
            raise OSError(f"the field app did not start; see {demo.field.log_file}")
        for phone in PHONES:
            enrol_phone(county, demo, phone)
        url = f"http://127.0.0.1:{options.port}/cockpit/"
        say(f"ready: {url}")
        if options.open_browser:
            webbrowser.open(url)
        while serving.is_alive() and not stop.wait(0.5):
            pass
    finally:
        demo.field.stop()
        server.should_exit = True
        serving.join(10)
        say("stopped; the next start goes on from here (--fresh starts over)")


def enrol_phone(county: County, demo: Demo, number: int) -> None:
    """In the clerk's and the officer's place; a phone that is enrolled already stays as it is."""
    base = f"{demo.field.url}/cockpit/phone/{number}"
    with httpx.Client(timeout=60.0, trust_env=False) as client, ThreadPoolExecutor(1) as asking:
        if client.get(base).raise_for_status().json()["enrolment"] == "enrolled":
            return
        officer = officer_of(demo.county, number)
        code = issue_code(county, CLERK, officer)
        # the phone asks and waits for the clerk, whose part this thread plays
        asked = asking.submit(client.post, f"{base}/setup", json={"code": code.text, "pin": PIN})
        while not asked.done():
            for waiting in waiting_enrolments(county):
                if waiting.officer == officer:
                    confirm_enrolment(county, CLERK, waiting.id)
            wait([asked], timeout=0.1)
        asked.result().raise_for_status()
