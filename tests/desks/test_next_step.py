"""What a desk says when something is still missing, and after something was done."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.desks.town import CODES, begin, press
from tests.pages.visitor import Visitor

Logged = Callable[[str], Visitor]


def test_nothing_ticked_is_said(logged_in: Logged) -> None:
    office = logged_in("office")
    answer = office.post("/office/preview", {"form_token": office.token_of("/account"), "act": "accept"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/office?none=1")
    assert "还没有勾选备案" in office.get("/office?none=1").text


def test_what_was_searched_for_is_searched_by_the_first_button_too(logged_in: Logged) -> None:
    """Enter in the search field presses the form's first button, where the page's script does not run."""
    clerk = logged_in("clerk")
    draft = begin(clerk)
    page = press(clerk, draft, "save", find="厂").text
    assert 'name="pick"' in page
    assert 'value="厂"' in page


def test_what_waits_for_the_head_says_so_and_offers_nothing_that_cannot_be_done(logged_in: Logged) -> None:
    clerk = logged_in("clerk")
    draft = begin(clerk)
    press(clerk, draft, "add", pasted=CODES[0])
    page = clerk.get(draft).text
    assert 'name="pasted"' in page
    assert 'name="drop"' in page
    assert press(clerk, draft, "send").status_code == 303
    page = clerk.get(draft).text
    assert "已送单位负责人批准" in page
    assert 'name="pasted"' not in page
    assert 'name="drop"' not in page
    assert "已送单位负责人批准" not in logged_in("head").get(draft).text


def test_what_waits_for_the_head_stands_first_on_the_heads_desk(logged_in: Logged) -> None:
    clerk, head = logged_in("clerk"), logged_in("head")
    draft = begin(clerk)
    press(clerk, draft, "add", pasted=CODES[0])
    assert "等您批准" not in head.get("/filings").text
    assert press(clerk, draft, "send").status_code == 303
    later = begin(clerk)
    page = head.get("/filings").text
    assert page.index("等您批准") < page.index(draft) < page.index(later)
    assert "等您批准" not in clerk.get("/filings").text


@pytest.mark.parametrize(
    ("first", "last", "offered"),
    [
        ("2026-11-07", "2026-11-12", "2026-11-07 2026-11-08 2026-11-16 2026-11-17 2026-11-18"),
        ("2027-01-11", "2027-01-12", "2026-12-29 2026-12-30 2026-12-31 2027-01-01 2027-01-02"),
    ],
)
def test_the_days_offered_instead_are_those_next_to_the_ones_that_were_asked_for(
    logged_in: Logged, first: str, last: str, offered: str
) -> None:
    """Nothing later is known than sixty days ahead."""
    clerk = logged_in("clerk")
    draft = begin(clerk)
    press(clerk, draft, "add", pasted=CODES[0], first=first, last=last)
    assert f"可入企的日子：{offered}</p>" in clerk.get(draft).text
