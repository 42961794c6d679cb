"""Whatever index leads to them: a page of the list holds what going through every filing would have found."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, timedelta
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from shared_models.filing import FilingPlan, FilingState, Purpose
from sync_server.clock import FixedClock
from sync_server.county import County
from sync_server.filings.filing_filter import FilingFilter, Mark, Order, Place
from sync_server.filings.find_filings import find_filings
from sync_server.filings.tables import filings
from sync_server.storage.engine import reading
from sync_server.supervision.enterprise_names import EnterpriseNames
from tests.desks.town import CODES, settle_more
from tests.server.conftest import engine_url  # noqa: F401 - the fixtures of both engines
from tests.server.towns import TODAY, file, settled_town

TWO = ("fire", "market")
DAYS = ((TODAY, TODAY + timedelta(days=3)), (TODAY + timedelta(days=90), TODAY + timedelta(days=99)))


@pytest.fixture
def county(tmp_path: Path, engine_url: str | None) -> Iterator[County]:  # noqa: F811
    """Filings of the last days, and of half a year before them by the clock that the list is asked at."""
    county = settled_town(tmp_path / "data", engine_url)
    settle_more(county)
    for number, code in enumerate(CODES[:10]):
        department = TWO[number % 2]
        more: dict[str, Any] = {"purpose": Purpose.SURVEY} if number % 3 == 0 else {}
        more |= (
            {"plan": FilingPlan.QUARTER, "days": (number, 40 + number)} if number % 4 == 0 else {"days": (1, number)}
        )
        file(county, department, enterprises=(code,), **more)
    both = {"departments": ("fire", "market"), "officers": ("fire1", "market1")}
    file(county, enterprises=(CODES[0],), days=(2, 4), **both)
    assert isinstance(county.clock, FixedClock)
    county.clock.instant += timedelta(days=90)
    for number, code in enumerate(CODES[10:14]):
        file(county, TWO[number % 2], enterprises=(code,), days=(90, 92 + number))
    file(county, enterprises=(CODES[1],), days=(91, 93), **both)
    yield county
    county.engine.dispose()


def by_going_through_all(county: County, wish: FilingFilter, within: Collection[str] | None) -> list[str]:
    with reading(county.engine) as connection:
        rows = [row for row in connection.execute(select(filings)) if fits(row, wish)]
    named = (wish.department,) if wish.department else within
    own = [row for row in rows if (row.is_lead if named is None else row.department in named)]
    places = sorted({(row.submitted_at, row.filing) for row in own}, reverse=wish.order is not Order.OLDEST)
    return [filing for _, filing in places]


def fits(row: Any, wish: FilingFilter) -> bool:
    marks = {Mark.JOINT: row.is_joint, Mark.MERGED: row.is_merged, Mark.EXCEPTION: row.has_exception}
    return (
        (wish.state is None or row.state == wish.state)
        and (wish.purpose is None or row.purpose == wish.purpose)
        and (wish.mark is None or bool(marks[wish.mark]))
        and (not wish.first_day or row.last_day >= wish.first_day)
        and (not wish.last_day or row.first_day <= wish.last_day)
    )


def page_by_page(county: County, wish: FilingFilter, within: Collection[str] | None, size: int) -> list[str]:
    found: list[str] = []
    names, today, after = EnterpriseNames(), TODAY + timedelta(days=90), None
    with reading(county.engine) as connection:
        while True:
            asked = FilingFilter(**{**{name: getattr(wish, name) for name in wish.__slots__}, "after": after})
            rows = find_filings(connection, asked, names, within, today=today, most=size + 1)
            found += [row.filing for row in rows[:size]]
            if len(rows) <= size:
                return found
            after = Place(rows[size - 1].submitted_at, rows[size - 1].filing)


def wishes() -> Iterator[FilingFilter]:
    days = (("", ""), *((first.isoformat(), last.isoformat()) for first, last in DAYS))
    for (first, last), purpose, order in product(days, (None, Purpose.SURVEY), Order):
        yield FilingFilter(purpose=purpose, first_day=first, last_day=last, order=order)
    last = (TODAY + timedelta(days=3)).isoformat()
    yield FilingFilter(first_day=date.min.isoformat(), last_day=last)
    yield FilingFilter(first_day=last, last_day=TODAY.isoformat())
    yield FilingFilter(state=FilingState.ACCEPTED)
    yield FilingFilter(mark=Mark.JOINT)
    yield FilingFilter(department="fire")


def test_every_filter_finds_what_there_is_once_and_in_order(county: County) -> None:
    seen = 0
    for wish, within in product(wishes(), (None, TWO, ("fire",))):
        expected = by_going_through_all(county, wish, within)
        assert page_by_page(county, wish, within, 3) == expected, (wish, within)
        seen += bool(expected)
    assert seen, "some of them find something"


def test_words_are_looked_for_before_the_list_is(county: County) -> None:
    named = FilingFilter(words="测试00")
    assert len(page_by_page(county, named, None, 1)) == 2
    assert page_by_page(county, FilingFilter(words="没有这家"), None, 3) == []
    of_fire = page_by_page(county, FilingFilter(words="测试", first_day=TODAY.isoformat()), ("fire",), 2)
    assert of_fire == by_going_through_all(county, FilingFilter(first_day=TODAY.isoformat()), ("fire",))
