"""Put the invented county into a new log, day by day, through the use cases that everybody's acts go through."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from shared_models.calendar import SHANGHAI
from shared_models.filing import FilingState
from shared_models.people import Person
from sync_server.accounts.account import Role
from sync_server.accounts.add_account import add_account
from sync_server.calendar.days_off import days_off_of
from sync_server.calendar.publish_calendar import publish_calendar
from sync_server.calendar.publish_policy import publish_policy
from sync_server.calendar.publish_theme import publish_theme
from sync_server.clock import FixedClock
from sync_server.county import County
from sync_server.demo.accounts import ACCOUNTS, PASSWORD
from sync_server.demo.case_stories import filings_of_cases
from sync_server.demo.cases import CaseEvents
from sync_server.demo.county import DemoCounty
from sync_server.demo.filings import PlannedFiling
from sync_server.demo.history import HistoryPhones
from sync_server.demo.letter_stories import filings_of_stories
from sync_server.demo.letters import LetterEvents
from sync_server.demo.names import DEPARTMENTS
from sync_server.demo.offsite_events import OffsiteEvents
from sync_server.demo.portraits import draw_portrait
from sync_server.demo.provisions import PROVISIONS
from sync_server.demo.themes import themes_of
from sync_server.filings.accept_filing import accept_filing
from sync_server.filings.merge_filings import merge_filings
from sync_server.filings.return_filing import return_filing
from sync_server.filings.submit_filing import submit_filing
from sync_server.filings.withdraw_filing import withdraw_filing
from sync_server.registry.publish_provisions import publish_provisions
from sync_server.registry.publish_snippets import publish_snippets
from sync_server.registry.register_departments import register_departments
from sync_server.registry.register_enterprises import register_enterprises
from sync_server.registry.register_people import register_people

OFFICE, CLERK = "office", "clerk"
REGISTERED_DAYS_AGO = 75
OPENED_AT = time(8, 30)

Progress = Callable[[str, int, int], None]
"""What is being done, how much of it is done, and out of how many."""


def opening_instant(day: date) -> datetime:
    """When the demo county's log begins."""
    return datetime.combine(day - timedelta(days=REGISTERED_DAYS_AGO), OPENED_AT, SHANGHAI)


def seed_county(county: County, demo: DemoCounty, seed: int, progress: Progress) -> None:
    """`county` must be new, its clock at or before `opening_instant` of the demo's day."""
    _publish(_at(county, opening_instant(demo.day)), demo, progress)
    opening = _at(county, opening_instant(demo.day))
    for account in ACCOUNTS:
        person = demo.policy.approvers[0] if account.grant.role is Role.APPROVER else None
        add_account(opening, account.name, PASSWORD, [account.grant], account.zh, person=person)
    events = _filing_events(demo)
    history = HistoryPhones(county, demo, seed)
    events += history.events()
    events += OffsiteEvents(demo).events()
    events += LetterEvents(demo, history, seed).events()
    events += CaseEvents(demo, history, seed).events()
    events.sort(key=lambda event: event[0])
    for done, (instant, act) in enumerate(events, start=1):
        act(_at(county, instant))
        progress("filings and visits", done, len(events))


def _at(county: County, instant: datetime) -> County:
    return replace(county, clock=FixedClock(instant))


def _publish(county: County, demo: DemoCounty, progress: Progress) -> None:
    register_departments(county, CLERK, DEPARTMENTS)
    register_people(county, CLERK, _with_portraits(county, demo, progress))
    step = 100
    for start in range(0, len(demo.enterprises), step):
        register_enterprises(county, CLERK, demo.enterprises[start : start + step])
        progress("enterprises", min(start + step, len(demo.enterprises)), len(demo.enterprises))
    years = [days for year in (demo.day.year, demo.day.year + 1) if (days := days_off_of(year))]
    off = [day for days_off, _ in years for day in days_off]
    publish_calendar(county, OFFICE, days_off=off, extra_workdays=[day for _, extra in years for day in extra])
    publish_policy(county, OFFICE, demo.policy)
    for theme in themes_of(demo):
        publish_theme(county, OFFICE, theme)
    publish_snippets(county, OFFICE, demo.snippets)
    publish_provisions(county, OFFICE, PROVISIONS)


def _with_portraits(county: County, demo: DemoCounty, progress: Progress) -> list[Person]:
    people = []
    for done, person in enumerate(demo.people, start=1):
        picture = draw_portrait(demo.portraits[person.id])
        sha256 = hashlib.sha256(picture).digest()
        county.blobs.put(sha256, picture)
        people.append(replace(person, portrait=sha256))
        progress("portraits", done, len(demo.people))
    return people


Event = tuple[datetime, Callable[[County], None]]


def _filing_events(demo: DemoCounty) -> list[Event]:
    planned = (*demo.filings, *filings_of_stories(demo), *filings_of_cases(demo))
    events: list[Event] = [(_submitted_at(demo, one, i), _filing(one)) for i, one in enumerate(planned)]
    events.append((_submitted_at(demo, demo.joint, 0), _joint(demo)))
    return events


def _submitted_at(demo: DemoCounty, planned: PlannedFiling, i: int) -> datetime:
    day = demo.day - timedelta(days=planned.submitted_days_ago)
    return datetime.combine(day, time(9, i % 50), SHANGHAI)


def _clerk_of(planned: PlannedFiling) -> str:
    """Two departments have accounts in the demo; the others' acts are named by the department."""
    department = planned.form.departments[0]
    clerk = f"{department}-clerk"
    return clerk if clerk in {one.name for one in ACCOUNTS} else department


def _filing(planned: PlannedFiling) -> Callable[[County], None]:
    def act(county: County) -> None:
        submitted = submit_filing(county, _clerk_of(planned), planned.form, accept_by_rule=False)
        if planned.state is FilingState.ACCEPTED:
            accept_filing(county, OFFICE, submitted.filing)
        elif planned.state is FilingState.RETURNED:
            return_filing(county, OFFICE, submitted.filing, "请补充检查依据的条款")
        elif planned.state is FilingState.WITHDRAWN:
            withdraw_filing(county, _clerk_of(planned), submitted.filing, "企业停产，另行安排")

    return act


def _joint(demo: DemoCounty) -> Callable[[County], None]:
    def act(county: County) -> None:
        parts = []
        for planned in demo.parts_to_merge:
            submitted = submit_filing(county, _clerk_of(planned), planned.form, accept_by_rule=False)
            accept_filing(county, OFFICE, submitted.filing)
            parts.append(submitted.filing)
        joint = submit_filing(county, OFFICE, demo.joint.form, accept_by_rule=False)
        accept_filing(county, OFFICE, joint.filing)
        merge_filings(county, OFFICE, joint.filing, parts)

    return act
