"""Where a person's work begins: the start page says what there is to do, the menu where one is, in words."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sync_server.pages.frame import DESKS
from sync_server.texts.pages import PAGES
from tests.pages.stories import PASSWORD
from tests.pages.visitor import Visitor

Visitors = Callable[[], Visitor]


@pytest.mark.parametrize(
    ("name", "start"),
    [("office", "/office"), ("lin", "/visits"), ("clerk", "/filings"), ("judge", "/exceptions"), ("law", "/cases")],
)
def test_a_login_leads_to_where_the_work_is(visitor: Visitors, name: str, start: str) -> None:
    assert visitor().log_in(name, PASSWORD).headers["location"] == start


@pytest.mark.parametrize("name", ["clerk", "root", "judge"])
def test_the_start_page_lists_ones_own_desks_and_what_each_is_for(visitor: Visitors, name: str) -> None:
    somebody = visitor()
    somebody.log_in(name, PASSWORD)
    page = somebody.get("/").text
    menu = [path for path, _ in DESKS if f'<li class="card"><h2><a href="{path}">' in page]
    assert menu == [path for path, _ in DESKS if somebody.get(path).status_code == 200]
    assert all(PAGES[f"desk_of_{path[1:]}"][0] in page for path in menu)


def test_who_has_no_desk_is_told_so(visitor: Visitors) -> None:
    somebody = visitor()
    somebody.log_in("friend", PASSWORD)
    assert PAGES["desks_none"][0] in somebody.get("/").text
    assert PAGES["desks_title"][0] not in visitor().get("/").text


@pytest.mark.parametrize(
    ("path", "desk"), [("/visits", "/visits"), ("/set-aside", "/visits"), ("/policy", "/calendar"), ("/", None)]
)
def test_the_menu_marks_the_desk_that_a_page_belongs_to(supervisor: Visitor, path: str, desk: str | None) -> None:
    menu = supervisor.get(path).text.partition("</nav>")[0]
    assert menu.count("aria-current") == (0 if desk is None else 1)
    assert desk is None or f'<a href="{desk}" aria-current=' in menu
