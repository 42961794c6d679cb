"""What became of the demo county's findings and letters: one story for each way that a desk can meet them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from shared_models.calendar import second_full_week
from shared_models.enterprise import EnterpriseStatus
from shared_models.filing import FilingForm, FilingPlan, FilingState, Purpose
from sync_server.demo.county import DemoCounty
from sync_server.demo.filings import PlannedFiling
from sync_server.demo.names import ITEMS

_FILED_BEFORE, _WINDOW_DAYS, _SATURDAY = 5, 10, 5


class Ending(StrEnum):
    """How far it has come on the demo's day."""

    NOTHING = "nothing"
    SHOWN = "shown"
    NOT_YET = "not_yet"
    ON_SITE = "on_site"
    KEPT = "kept"
    FOLLOWED = "followed"
    BROKEN = "broken"
    CONTESTED = "contested"
    CONFIRMED = "confirmed"


@dataclass(frozen=True, slots=True)
class LetterStory:
    """`due_in` days from the demo's day; `has_letter` false for a finding alone.

    `may_only`: slight harm, so that the department decides on sparing. `enterprise` counts from the registry's end.
    """

    department: str
    provision: str
    days_ago: int
    due_in: int
    ending: Ending = Ending.NOTHING
    enterprise: int = 1
    has_letter: bool = True
    may_only: bool = False


STORIES = (
    LetterStory("market", "food-50", 3, 9, enterprise=2),
    LetterStory("market", "label-67", 6, 1, Ending.CONFIRMED, enterprise=3),
    LetterStory("market", "fire-28", 20, -4, enterprise=4),
    LetterStory("market", "fire-28", 8, 5, Ending.SHOWN, enterprise=5),
    LetterStory("market", "food-50", 18, 4, Ending.NOT_YET, enterprise=6),
    LetterStory("market", "fire-16", 19, 2, Ending.ON_SITE, enterprise=7),
    LetterStory("market", "label-67", 34, -20, Ending.KEPT, enterprise=8),
    LetterStory("market", "fire-28", 40, -25, Ending.FOLLOWED, enterprise=9),
    LetterStory("market", "food-50", 33, -12, Ending.BROKEN, enterprise=10),
    LetterStory("market", "work-28", 7, 8, Ending.CONTESTED, enterprise=11),
    LetterStory("market", "label-67", 5, 10, enterprise=12, may_only=True),
    LetterStory("market", "label-67", 4, 11, enterprise=8, may_only=True),
    LetterStory("market", "work-28", 27, 0, enterprise=13, has_letter=False),
    LetterStory("fire", "fire-28", 6, 6, Ending.SHOWN, enterprise=14),
    LetterStory("fire", "fire-16", 4, 12, enterprise=15),
    LetterStory("fire", "fire-16", 30, -9, Ending.KEPT, enterprise=16),
    LetterStory("fire", "fire-28", 5, 0, enterprise=17, has_letter=False),
)


@dataclass(frozen=True, slots=True)
class CastStory:
    """A story with its day, enterprise and two officers."""

    number: int
    story: LetterStory
    day: date
    due: date
    uscc: str
    officers: tuple[str, str]


def cast_stories(demo: DemoCounty) -> tuple[CastStory, ...]:
    """The cockpit's inspectors take no part: their phones are the visitor's."""
    ours = {demo.cast.inspector, demo.cast.colleague, demo.cast.other_inspector}
    active = [one.uscc for one in demo.enterprises if one.status is EnterpriseStatus.ACTIVE]
    made = []
    for number, story in enumerate(STORIES):
        own = [one.id for one in demo.people if one.department == story.department and one.id not in ours]
        first = number % (len(own) - 1)
        made.append(
            CastStory(
                number=number,
                story=story,
                day=quiet_day(demo.day - timedelta(days=story.days_ago)),
                due=demo.day + timedelta(days=story.due_in),
                uscc=active[-story.enterprise],
                officers=(own[first], own[first + 1]),
            )
        )
    return tuple(made)


def filings_of_stories(demo: DemoCounty) -> tuple[PlannedFiling, ...]:
    """What makes each story's visit lawful."""
    return tuple(_filing(demo, one) for one in cast_stories(demo))


def _filing(demo: DemoCounty, one: CastStory) -> PlannedFiling:
    item, basis = ITEMS[one.story.department]
    form = FilingForm(
        departments=(one.story.department,),
        purpose=Purpose.INSPECTION,
        enterprises=(one.uscc,),
        window=(one.day - timedelta(days=1), one.day + timedelta(days=_WINDOW_DAYS)),
        officers=one.officers,
        items=(item,),
        basis=basis,
        plan=FilingPlan.MONTH,
        why_not_off_site="须核对现场设备和台账",
        approved_by="分管负责人",
    )
    return PlannedFiling(form, FilingState.ACCEPTED, (demo.day - one.day).days + _FILED_BEFORE)


def quiet_day(day: date) -> date:
    """The last weekday up to `day` that lies in no default service week."""
    while day.weekday() >= _SATURDAY or _is_protected(day):
        day -= timedelta(days=1)
    return day


def _is_protected(day: date) -> bool:
    first, last = second_full_week(day.year, day.month)
    return first <= day <= last
