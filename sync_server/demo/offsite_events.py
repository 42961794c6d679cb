"""The demo county's off-site checks: a few in each state, with lists to begin from and drawn photos."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from PIL import Image, ImageDraw

from shared_models.calendar import SHANGHAI
from shared_models.enterprise import EnterpriseStatus
from shared_models.offsite import (
    ItemAnswer,
    ItemReview,
    ListItem,
    OffsiteAnswered,
    OffsiteCheckFiled,
    OffsiteReviewed,
    Outcome,
    Said,
    SelfCheckList,
)
from sync_server.clock import milliseconds
from sync_server.county import County
from sync_server.demo.county import DemoCounty
from sync_server.offsite.answer_list import answer_list
from sync_server.offsite.file_check import file_check
from sync_server.offsite.publish_lists import publish_lists
from sync_server.offsite.register import find_check
from sync_server.offsite.review_answer import review_answer
from sync_server.offsite.withdraw_check import withdraw_check
from sync_server.portal.keep_public_photo import keep_public_photo
from sync_server.storage.engine import reading

Event = tuple[datetime, Callable[[County], None]]
LISTS = (
    SelfCheckList(
        "food-shop",
        "market",
        "小餐饮食品安全自查",
        (
            ListItem("后厨门窗能关严，没有苍蝇老鼠", "《食品安全法》第三十三条", wants_photo=True),
            ListItem("生熟砧板、刀具分开用", "《食品安全法》第三十三条", wants_photo=True),
            ListItem("冰箱里没有过期食材", "《食品安全法》第三十四条"),
            ListItem("从业人员健康证都在有效期内", "《食品安全法》第四十五条", wants_photo=True),
            ListItem("用到食品添加剂的，专柜放、专人管", "《食品安全法》第三十八条"),
        ),
    ),
    SelfCheckList(
        "fire-shop",
        "fire",
        "小单位用火用电自查",
        (
            ListItem("灭火器压力表指针在绿区", "《消防法》第十六条", wants_photo=True),
            ListItem("疏散通道、安全出口没有堆东西、没有上锁", "《消防法》第二十八条", wants_photo=True),
            ListItem("电动车没有在室内停放、充电", "《消防法》第十六条"),
            ListItem("每个月自己查一次并记下来", "《消防法》第十七条", wants_photo=True),
        ),
    ),
    SelfCheckList(
        "confined-space",
        "emergency",
        "有限空间作业自查",
        (
            ListItem("污水池、储罐口都挂了警示牌", "《安全生产法》第三十五条", wants_photo=True),
            ListItem("进去以前先通风、再检测，有记录", "《安全生产法》第四十一条", wants_photo=True),
            ListItem("备有气体检测仪和呼吸器", "《安全生产法》第四十五条"),
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class _Story:
    """Days before the demo's day; `outcome` null while nobody has answered the enterprise."""

    list: int
    filed: int
    due: int
    answered: int | None = None
    reviewed: int | None = None
    outcome: Outcome | None = None
    words: str = ""
    withdrawn: str = ""


_STORIES = (
    _Story(0, 2, -8),
    _Story(1, 1, -9),
    _Story(1, 16, 4),
    _Story(0, 6, -4, answered=0),
    _Story(1, 9, -1, answered=1),
    _Story(2, 12, 2, answered=5, reviewed=3, outcome=Outcome.PUT_RIGHT, words="照片里警示牌只有一处，请每个池口都挂。"),
    _Story(0, 20, 10, answered=14, reviewed=13, outcome=Outcome.IN_ORDER, words="做得好，请保持。"),
    _Story(2, 25, 15, answered=18, reviewed=17, outcome=Outcome.IN_ORDER),
    _Story(1, 18, 8, answered=9, reviewed=7, outcome=Outcome.VISIT_NEEDED, words="照片看不清卷帘门下方，需要当面看。"),
    _Story(0, 11, 1, withdrawn="企业停业装修，开业后再查"),
)
_NAMES = (("陈海平", "店长"), ("林小燕", "安全员"), ("黄国强", ""), ("吴秀珍", "老板娘"))


class OffsiteEvents:
    def __init__(self, demo: DemoCounty) -> None:
        self._demo = demo
        cast = demo.cast
        taken = {cast.not_filed, cast.merged, cast.emergency, cast.filed, cast.other_department}
        self._free = [
            one.uscc for one in demo.enterprises if one.status is EnterpriseStatus.ACTIVE and one.uscc not in taken
        ]

    def events(self) -> list[Event]:
        made: list[Event] = [(self._at(30, 9), _publish)]
        for number, story in enumerate(_STORIES):
            made += _Told(self._demo, story, number, self._free[number * 7]).events()
        return made

    def _at(self, days_ago: int, hour: int) -> datetime:
        return _instant(self._demo.day, days_ago, hour)


class _Told:
    """One check from its filing on; later events know it by what the first has made."""

    def __init__(self, demo: DemoCounty, story: _Story, number: int, enterprise: str) -> None:
        self._demo, self._story, self._number, self._enterprise = demo, story, number, enterprise
        self._check = ""

    def events(self) -> list[Event]:
        story, day = self._story, self._demo.day
        made: list[Event] = [(_instant(day, story.filed, 9), self._file)]
        if story.answered is not None:
            # what came today came before the demo opens
            hour = 7 if story.answered == 0 else 19
            made.append((_instant(day, story.answered, hour), self._answer))
        if story.reviewed is not None:
            made.append((_instant(day, story.reviewed, 10), self._review))
        if story.withdrawn:
            made.append((_instant(day, story.filed - 4, 15), self._withdraw))
        return made

    def _file(self, county: County) -> None:
        of_list = LISTS[self._story.list]
        form = OffsiteCheckFiled(
            number="",
            department=of_list.department,
            officers=self._officers(),
            enterprise=self._enterprise,
            title=of_list.title,
            items=of_list.items,
            due=self._demo.day - timedelta(days=self._story.due),
            approved_by="分管负责人",
            approved_at=milliseconds(county.clock.now()),
            note="" if self._number % 2 else "请在开门营业前看一遍，五分钟就够。",
            list=of_list.id,
        )
        self._check = file_check(county, f"{of_list.department}-head", form)

    def _officers(self) -> tuple[str, ...]:
        own = [one.id for one in self._demo.people if one.department == LISTS[self._story.list].department]
        return tuple(own[:2])

    def _answer(self, county: County) -> None:
        name, role = _NAMES[self._number % len(_NAMES)]
        answers = []
        for place, item in enumerate(LISTS[self._story.list].items):
            said = Said.NO if place == 1 and self._story.outcome is not Outcome.IN_ORDER else Said.YES
            shots = (_shot(county, self._number, place),) if item.wants_photo else ()
            note = "正在整理，这两天弄好" if said is Said.NO else ""
            answers.append(ItemAnswer(said, note, shots))
        answer_list(county, OffsiteAnswered(self._check, tuple(answers), name, role), seen=0)

    def _review(self, county: County) -> None:
        story, outcome = self._story, self._story.outcome or Outcome.IN_ORDER
        with reading(county.engine) as connection:
            last = find_check(connection, self._check).answers[-1].record
        asked = outcome is Outcome.PUT_RIGHT
        by = self._demo.day + timedelta(days=9) if asked else None
        items = (ItemReview(0, Outcome.PUT_RIGHT, "每个池口都要有警示牌"),) if asked else ()
        officer = self._officers()[0]
        account = f"{LISTS[story.list].department}-clerk"
        review_answer(county, account, OffsiteReviewed(self._check, last, outcome, officer, story.words, by, items))

    def _withdraw(self, county: County) -> None:
        withdraw_check(county, f"{LISTS[self._story.list].department}-clerk", self._check, self._story.withdrawn)


def _publish(county: County) -> None:
    for one in LISTS:
        publish_lists(county, f"{one.department}-clerk", [one])


def _instant(day: date, days_ago: int, hour: int) -> datetime:
    return datetime.combine(day - timedelta(days=days_ago), time(hour, 20), SHANGHAI)


def _shot(county: County, number: int, place: int) -> bytes:
    """A drawn picture that stands for a photo: a wall, a floor, and something on it."""
    image = Image.new("RGB", (960, 720), ("#d9d4c7", "#cfd6da", "#dcd3c9")[number % 3])
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 520, 960, 720), fill=("#8d8577", "#7c8287", "#9a8f80")[place % 3])
    left = 180 + 120 * place
    draw.rounded_rectangle((left, 250, left + 130, 540), 40, fill=("#b3261e", "#2d6a4f", "#355c9a")[place % 3])
    draw.rectangle((left + 45, 210, left + 85, 250), fill="#2b2b2b")
    draw.ellipse((left + 35, 330, left + 95, 390), fill="#f4f1ea", outline="#2b2b2b", width=4)
    draw.line((left + 65, 360, left + 85, 340), fill="#2d6a4f", width=5)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=85)
    return keep_public_photo(county, out.getvalue())
