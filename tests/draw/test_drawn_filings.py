"""After the draw: the drafts of its filings, once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from shared_models.draw import Candidate, Pool
from sync_server.clock import milliseconds
from sync_server.county import County
from sync_server.drafts.draft import DraftState
from sync_server.draws.close_draw import close_draw
from sync_server.draws.open_draw import open_draw
from sync_server.filings.drafts import FilingDraft, filing_drafts
from tests.desks.town import FORM, press
from tests.pages.visitor import Visitor
from tests.registry_desk.conftest import bare, county, engine_url, visit
from tests.server.towns import NOON, OTHER_USCC, THIRD_USCC, USCC, later

__all__ = ["bare", "county", "engine_url", "visit"]
POOL = Pool(
    (Candidate(USCC), Candidate(OTHER_USCC), Candidate(THIRD_USCC)),
    (Candidate("market1"), Candidate("market2")),
    (),
    2,
    2,
)


def drawn(county: County) -> str:
    due = milliseconds(NOON + timedelta(hours=1))
    key = open_draw(county, "office", "抽查", "market", POOL, "双色球", due)
    later(county, hours=2)
    close_draw(county, "office", key, "03 11 19 22 27 31 + 08")
    return key


def click(visitor: Visitor, key: str) -> str:
    answer = visitor.post(f"/draws/{key}/filings", {"form_token": visitor.token_of(f"/draws/{key}")})
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def drafts(county: County) -> tuple[FilingDraft, ...]:
    return filing_drafts.list_open(county, {"market"})


def test_one_click_drafts_the_filings_with_what_was_drawn(county: County, visit: Callable[[str], Visitor]) -> None:
    key = drawn(county)
    clerk = visit("clerk")
    where = click(clerk, key)
    (draft,) = drafts(county)
    assert where == f"/filings/drafts/{draft.id}"
    assert draft.state is DraftState.WRITING
    assert set(draft.typed.officers) == {"market1", "market2"}
    assert len({row.uscc for row in draft.typed.rows}) == 2
    assert {row.uscc for row in draft.typed.rows} <= {USCC, OTHER_USCC, THIRD_USCC}
    page = clerk.get(where).text
    assert f"DRAW-{key}" in page
    assert all(row.uscc in page for row in draft.typed.rows)


def test_a_second_click_makes_no_second_draft(county: County, visit: Callable[[str], Visitor]) -> None:
    key, clerk = drawn(county), visit("clerk")
    assert click(clerk, key) == click(clerk, key)
    assert len(drafts(county)) == 1


def test_after_they_were_filed_the_click_leads_to_them(county: County, visit: Callable[[str], Visitor]) -> None:
    key, clerk = drawn(county), visit("clerk")
    where = click(clerk, key)
    (draft,) = drafts(county)
    rows = ",".join(row.uscc for row in draft.typed.rows)
    sent = press(clerk, where, "send", external_refs=draft.typed.external_refs, first="2026-11-05", last="2026-11-06")
    assert sent.status_code in (200, 303), rows
    head = visit("head")
    approved = press(head, where, "approve", **dict.fromkeys(FORM))
    assert approved.status_code in (200, 303)
    assert drafts(county) == ()
    assert click(clerk, key) == f"/filings?words=DRAW-{key}"
    assert clerk.get(f"/filings?words=DRAW-{key}").text.count('class="name"') == 2
    assert drafts(county) == ()


def test_only_the_department_whose_draw_it_is_may(county: County, visit: Callable[[str], Visitor]) -> None:
    key = drawn(county)
    office = visit("office")
    assert office.post(f"/draws/{key}/filings", {"form_token": office.token_of(f"/draws/{key}")}).status_code == 403
    assert "按结果起草备案" not in office.get(f"/draws/{key}").text
    (kept,) = [one for one in (click(visit("clerk"), key),) if one]
    saved = filing_drafts.save(county, "clerk", drafts(county)[0], state=DraftState.DROPPED)
    assert saved.state is DraftState.DROPPED
    assert click(visit("clerk"), key) != kept, "dropped: it is drafted anew"
