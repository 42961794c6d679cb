"""The list of visits: filters, order, pages by address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert, select

from shared_models.errors import BadlyFormedError
from shared_models.facts import Decision
from sync_server.county import County
from sync_server.storage.engine import writing
from sync_server.storage.tables import visits
from sync_server.supervision.enterprise_names import EnterpriseNames
from sync_server.supervision.list_visits import PAGE_SIZE, list_visits
from sync_server.supervision.visit_filter import Flag, Order, Place, VisitFilter, VisitState, filter_from
from tests.pages.stories import Story, tell
from tests.pages.visitor import Visitor
from tests.server.towns import THIRD_USCC, settled_town

NAMES = EnterpriseNames()


def listed(page: str) -> list[str]:
    return re.findall(r'class="name" href="/visits/([0-9a-f]{32})"', page)


def test_the_newest_stand_first_and_the_order_can_be_turned(supervisor: Visitor, story: Story) -> None:
    newest = [story.stormy, story.service, story.sound]
    assert listed(supervisor.get("/visits").text) == newest
    assert listed(supervisor.get("/visits?order=oldest").text) == newest[::-1]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("from=2026-11-09", ["stormy"]),
        ("until=2026-11-03", ["service", "sound"]),
        ("from=2026-11-03&until=2026-11-03", ["service", "sound"]),
        ("from=2026-11-04&until=2026-11-08", []),
        ("department=market", ["stormy", "service", "sound"]),
        ("department=fire", []),
        ("enterprise=企业0y4", ["sound"]),
        ("enterprise=99655058b", ["stormy"]),
        ("enterprise=企业 58B", ["stormy"]),
        ("enterprise=%25", []),
        ("verdict=allow", ["service", "sound"]),
        ("verdict=allow_then_file", ["stormy"]),
        ("verdict=deny", []),
        ("state=open", ["stormy", "service"]),
        ("state=closed", ["sound"]),
        ("state=refused", []),
        ("flag=late", ["service"]),
        ("flag=exception", ["stormy"]),
        ("flag=unverified", []),
        ("flag=differs", []),
        ("from=&until=&department=&verdict=&state=&flag=&enterprise=&order=newest", ["stormy", "service", "sound"]),
    ],
)
def test_a_filter_shows_what_fits_it(supervisor: Visitor, story: Story, query: str, names: list[str]) -> None:
    assert listed(supervisor.get(f"/visits?{query}").text) == [getattr(story, name) for name in names]


def test_an_empty_list_says_so_and_what_to_do(supervisor: Visitor) -> None:
    assert "没有符合条件的入企记录" in supervisor.get("/visits?department=fire").text


@pytest.mark.parametrize(
    "query",
    [
        *("from=2026-13-01", "verdict=maybe", "state=gone", "flag=best", "order=penalties", "from=monday"),
        *("after=1", "after=x.00", "after=99999999999999999999." + "0" * 32, "after=1." + "z" * 32, "department=%00"),
    ],
)
def test_a_query_that_no_form_of_ours_sends_is_refused_kindly(supervisor: Visitor, query: str) -> None:
    refused = supervisor.get(f"/visits?{query}")
    assert refused.status_code == 400
    assert "重新选择筛选条件" in refused.text


def test_no_order_and_no_column_ranks_anybody(supervisor: Visitor) -> None:
    """Rules 7: nothing is scored, nobody is compared."""
    assert {order.value for order in Order} == {"newest", "oldest"}
    page = supervisor.get("/visits").text
    assert not re.search(r"处罚|罚款|得分|排行|score|rank", re.sub(r"不计分、不排名", "", page))


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[County]:
    """150 more visits in the view, three at each instant."""
    county = settled_town(Path(tmp_path_factory.mktemp("crowded")))
    story = tell(county)
    with writing(county.engine) as connection:
        row = connection.execute(select(visits).where(visits.c.visit == bytes.fromhex(story.sound))).one()
        sample = dict(row._mapping)
        connection.execute(
            insert(visits),
            [
                {**sample, "visit": bytes(14) + n.to_bytes(2, "big"), "index": 1000 + n, "at": sample["at"] + n // 3}
                for n in range(150)
            ],
        )
    yield county
    county.engine.dispose()


@pytest.mark.parametrize("order", list(Order))
def test_pages_show_every_visit_once_in_order(crowded: County, order: Order) -> None:
    wish, seen, pages = VisitFilter(order=order), [], 0
    while True:
        found = list_visits(crowded, wish, NAMES)
        seen += [(one.at, one.visit) for one in found.visits]
        pages += 1
        if found.next is None:
            break
        assert len(found.visits) == PAGE_SIZE
        wish = replace(wish, after=found.next)
    assert len(seen) == len(set(seen)) == 153
    assert pages == 4
    assert seen == sorted(seen, reverse=order is Order.NEWEST)


def test_a_new_visit_shifts_no_page(crowded: County) -> None:
    first = list_visits(crowded, VisitFilter(), NAMES)
    before = list_visits(crowded, VisitFilter(after=first.next), NAMES)
    with writing(crowded.engine) as connection:
        row = dict(connection.execute(select(visits).limit(1)).one()._mapping)
        connection.execute(insert(visits), [{**row, "visit": b"arrived later 01", "index": 9999, "at": 2**42}])
    try:
        assert list_visits(crowded, VisitFilter(after=first.next), NAMES).visits == before.visits
    finally:
        with writing(crowded.engine) as connection:
            connection.execute(visits.delete().where(visits.c.index == 9999))


def test_the_name_index_takes_in_what_the_log_changes(crowded: County) -> None:
    from shared_models.enterprise import Enterprise, EnterpriseStatus  # noqa: PLC0415
    from sync_server.registry.register_enterprises import register_enterprises  # noqa: PLC0415

    names = EnterpriseNames()
    assert not list_visits(crowded, VisitFilter(enterprise="改名"), names).visits
    register_enterprises(crowded, "office", [Enterprise(THIRD_USCC, EnterpriseStatus.ACTIVE, "鳌江改名塑业")])
    assert [one.uscc for one in list_visits(crowded, VisitFilter(enterprise="改名"), names).visits] == [THIRD_USCC]
    assert not list_visits(crowded, VisitFilter(enterprise="企业2"), names).visits


filters = st.builds(
    VisitFilter,
    first_day=st.none() | st.dates(),
    last_day=st.none() | st.dates(),
    department=st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=20).map(str.strip),
    enterprise=st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=20).map(str.strip),
    verdict=st.none() | st.sampled_from(Decision),
    state=st.none() | st.sampled_from(VisitState),
    flag=st.none() | st.sampled_from(Flag),
    order=st.sampled_from(Order),
    after=st.none() | st.builds(Place, st.integers(0, 10**17), st.binary(min_size=16, max_size=16)),
)


@given(filters)
def test_an_address_says_its_filter_whole(wish: VisitFilter) -> None:
    from urllib.parse import parse_qsl, urlsplit  # noqa: PLC0415

    assert filter_from(dict(parse_qsl(urlsplit(wish.address(wish.after)).query, keep_blank_values=True))) == wish


@given(st.dictionaries(st.sampled_from(["from", "until", "after", "flag", "enterprise", "department"]), st.text()))
def test_any_query_is_a_filter_or_refused_with_our_error(query: dict[str, str]) -> None:
    try:
        wish = filter_from(query)
    except BadlyFormedError:
        return
    assert wish.first_day is None or wish.first_day <= date.max


@pytest.mark.parametrize("day", [date.min, date.max])
def test_any_day_can_be_asked_for(crowded: County, day: date) -> None:
    assert list_visits(crowded, VisitFilter(first_day=day, last_day=day), NAMES).visits == ()
    assert list_visits(crowded, VisitFilter(first_day=date.min, last_day=date.max), NAMES).visits


def test_records_set_aside_are_listed_with_why_and_lead_to_their_visit(supervisor: Visitor, story: Story) -> None:
    page = supervisor.get("/set-aside").text
    assert page.index("记录内容不合格式") < page.index("来自更新版本的应用")
    assert page.count(f'href="/visits/{story.stormy}#r') == 2
    assert "没有待核记录" in supervisor.get("/set-aside?before=0").text
    assert supervisor.get("/set-aside?before=x").status_code == 400
    assert 'href="/set-aside"' in supervisor.get("/visits").text
