"""Cases of the demo county, one for each stage that a desk can meet: found when, how far they have come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum

from sync_server.demo.county import DemoCounty
from sync_server.demo.filings import PlannedFiling
from sync_server.demo.past_visits import enterprise_from_the_end, filing_of_visit, quiet_day, two_officers


class Stage(IntEnum):
    """How far a case has come on the demo's day; each holds all before it."""

    OPENED = 1
    REVIEWED = 2
    WHOLE = 3
    DECIDED = 4
    SERVED = 5
    ASKED = 6
    GRANTED = 7
    PAID = 8


@dataclass(frozen=True, slots=True)
class CaseStory:
    """`fine` in yuan; `enterprise` counts from the registry's end, past those of the letters."""

    department: str
    provision: str
    days_ago: int
    stage: Stage
    enterprise: int
    what: str
    fine: int = 0


STORIES = (
    CaseStory("market", "work-28", 58, Stage.GRANTED, 31, "特种设备作业人员无证上岗，限期改正后仍未改正", 30_000),
    CaseStory("market", "food-50", 50, Stage.PAID, 32, "用超过保质期的原料生产食品，货值较大", 12_000),
    CaseStory("market", "fire-28", 40, Stage.ASKED, 33, "锁闭全部安全出口，当班四十余人", 9_000),
    CaseStory("market", "label-67", 33, Stage.DECIDED, 34, "冒用他人厂名厂址，数量较大", 6_000),
    CaseStory("market", "work-35", 24, Stage.WHOLE, 35, "在用压力管道未经检验，存在重大隐患"),
    CaseStory("market", "food-50", 16, Stage.REVIEWED, 36, "伪造进货查验记录"),
    CaseStory("market", "fire-16", 9, Stage.OPENED, 37, "拆除自动灭火系统，整层失去保护"),
    CaseStory("fire", "fire-28", 26, Stage.SERVED, 38, "违规住人，疏散通道全部堵塞", 18_000),
)


@dataclass(frozen=True, slots=True)
class CastCase:
    number: int
    story: CaseStory
    day: date
    uscc: str
    officers: tuple[str, str]


def cast_cases(demo: DemoCounty) -> tuple[CastCase, ...]:
    return tuple(
        CastCase(
            number=number,
            story=story,
            day=quiet_day(demo.day - timedelta(days=story.days_ago)),
            uscc=enterprise_from_the_end(demo, story.enterprise),
            officers=two_officers(demo, story.department, number),
        )
        for number, story in enumerate(STORIES)
    )


def filings_of_cases(demo: DemoCounty) -> tuple[PlannedFiling, ...]:
    """What makes each visit lawful on which a case's violation was found."""
    return tuple(
        filing_of_visit(demo, one.story.department, one.day, one.uscc, one.officers) for one in cast_cases(demo)
    )
