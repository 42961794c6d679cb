"""The pages' queries say the same on SQLite and on PostgreSQL."""

from __future__ import annotations

import re
from datetime import date

from shared_models.facts import Decision
from sync_server.accounts.access import ACCESS
from sync_server.accounts.account import OF_A_DEPARTMENT, Grant, Role
from sync_server.accounts.add_account import add_account
from sync_server.county import County
from sync_server.supervision.enterprise_names import EnterpriseNames
from sync_server.supervision.list_set_aside import list_set_aside
from sync_server.supervision.list_visits import list_visits
from sync_server.supervision.read_visit import read_visit
from sync_server.supervision.shown_visit import Check
from sync_server.supervision.visit_filter import Flag, Order, Place, VisitFilter, VisitState
from tests.pages.stories import PASSWORD, Story, tell
from tests.pages.visitor import Visitor
from tests.server.conftest import bare, engine_url
from tests.server.lent_app import client_of
from tests.server.towns import settle

__all__ = ["bare", "engine_url"]


def listed(county: County, wish: VisitFilter) -> list[str]:
    return [one.visit for one in list_visits(county, wish, EnterpriseNames()).visits]


def test_list_visit_and_records_set_aside_read_alike_on_both_engines(bare: County) -> None:
    settle(bare)
    story: Story = tell(bare)
    everything = [story.stormy, story.service, story.sound]
    assert listed(bare, VisitFilter()) == everything
    assert listed(bare, VisitFilter(order=Order.OLDEST)) == everything[::-1]
    first = list_visits(bare, VisitFilter(), EnterpriseNames()).visits[0]
    assert first.enterprise
    assert listed(bare, VisitFilter(after=Place(first.at, bytes.fromhex(first.visit)))) == everything[1:]
    narrow = VisitFilter(
        first_day=date(2026, 11, 9),
        last_day=date(2026, 11, 9),
        department="market",
        enterprise="58b",
        verdict=Decision.ALLOW_THEN_FILE,
        state=VisitState.OPEN,
        flag=Flag.EXCEPTION,
    )
    assert listed(bare, narrow) == [story.stormy]
    for flag, found in ((Flag.LATE, [story.service]), (Flag.UNVERIFIED, []), (Flag.DIFFERS, [])):
        assert listed(bare, VisitFilter(flag=flag)) == found
    for visit, waiting in ((story.sound, 0), (story.service, 0), (story.stormy, 1)):
        proofs = read_visit(bare, bytes.fromhex(visit)).proofs
        assert (proofs.checkpoint, proofs.bad, proofs.waiting) == (Check.GOOD, 0, waiting)
    aside = list_set_aside(bare, None)
    assert [one.code for one in aside.records] == ["body_malformed", "from_newer_app"]
    assert [one.code for one in list_set_aside(bare, aside.records[0].index).records] == ["from_newer_app"]


def test_an_address_that_no_database_holds_leads_to_nothing_and_breaks_nothing(bare: County) -> None:
    settle(bare)
    grants = [Grant(role, "market" if role in OF_A_DEPARTMENT else "") for role in Role]
    add_account(bare, "all", PASSWORD, grants, person="culture1")
    with client_of(bare) as client:
        somebody = Visitor(client)
        somebody.log_in("all", PASSWORD)
        token = somebody.token_of("/account")
        for route in ACCESS:
            method, path = route.split(" ")
            if "{" not in path:
                continue
            address = re.sub(r"\{\w+\}", "a%00b", path)
            answer = somebody.get(address) if method == "GET" else somebody.post(address, {"form_token": token})
            assert answer.status_code < 500, route
