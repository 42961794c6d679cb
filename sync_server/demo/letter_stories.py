"""What became of the demo county's findings and letters: one story for each way that a desk can meet them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sync_server.demo.county import DemoCounty
from sync_server.demo.filings import PlannedFiling
from sync_server.demo.past_visits import enterprise_from_the_end, filing_of_visit, quiet_day, two_officers


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
    UNFOUNDED = "unfounded"
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
    LetterStory("market", "fire-16", 13, 2, Ending.UNFOUNDED, enterprise=18),
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
    return tuple(
        CastStory(
            number=number,
            story=story,
            day=quiet_day(demo.day - timedelta(days=story.days_ago)),
            due=demo.day + timedelta(days=story.due_in),
            uscc=enterprise_from_the_end(demo, story.enterprise),
            officers=two_officers(demo, story.department, number),
        )
        for number, story in enumerate(STORIES)
    )


def filings_of_stories(demo: DemoCounty) -> tuple[PlannedFiling, ...]:
    """What makes each story's visit lawful."""
    return tuple(
        filing_of_visit(demo, one.story.department, one.day, one.uscc, one.officers) for one in cast_stories(demo)
    )
