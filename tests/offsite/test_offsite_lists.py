"""The list of off-site checks by its address, and the departments' self-check lists."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from shared_models.offsite import ListItem, Outcome, SelfCheckList
from sync_server.accounts.account import Role
from sync_server.accounts.add_account import add_account
from sync_server.accounts.open_work import open_work
from sync_server.accounts.read_accounts import find_account
from sync_server.county import County
from sync_server.errors import InvalidError
from sync_server.log.rebuild_views import rebuild_views
from sync_server.offsite.publish_lists import publish_lists
from tests.desks.conftest import logged_in, town
from tests.desks.town import PASSWORD
from tests.offsite.hands import answered, filed, reviewed
from tests.offsite.test_offsite_desk import new, press
from tests.pages.visitor import Visitor
from tests.server.towns import USCC, file, later

Logged = Callable[[str], Visitor]
__all__ = ["logged_in", "town"]


def test_the_list_is_narrowed_by_its_address(town: County, logged_in: Logged) -> None:
    names = {name: filed(town) for name in ("open", "answered", "put_right", "done", "withdrawn")}
    for name, outcome in (("answered", None), ("put_right", Outcome.PUT_RIGHT), ("done", Outcome.IN_ORDER)):
        answered(town, names[name])
        if outcome:
            reviewed(town, names[name], outcome)
    clerk = logged_in("clerk")
    token = clerk.token_of("/offsite")
    assert clerk.post(f"/offsite/{names['withdrawn']}/withdraw", {"form_token": token}).status_code == 422
    gone = clerk.post(f"/offsite/{names['withdrawn']}/withdraw", {"form_token": token, "comment": "停业"})
    assert gone.status_code == 303

    def listed(query: str) -> set[str]:
        return set(re.findall(r'href="/offsite/([0-9a-f]{16})"', clerk.get(f"/offsite?{query}").text))

    assert listed("") == set(names.values())
    for name, check in names.items():
        assert listed(f"state={name}") == {check}, name
    assert listed("state=overdue") == set()
    later(town, days=8)
    clerk.log_in("clerk", "plum rain over Aojiang")
    assert listed("state=overdue") == {names["open"]}
    assert listed("words=FX3303262026-00002") == {names["answered"]}
    assert listed("words=0Y43") == set(names.values())
    assert clerk.get("/offsite?state=nonsense").status_code == 400
    assert clerk.get("/offsite?after=x").status_code == 400


def test_a_department_keeps_its_lists_and_begins_a_check_from_one(town: County, logged_in: Logged) -> None:
    clerk, fire = logged_in("clerk"), logged_in("fireclerk")
    given = {"title": "餐饮自查", "lines": "2", "text.0": "后厨防蝇", "photo.0": "yes", "department": "market"}
    token = clerk.token_of("/offsite/lists/new")
    wrong = clerk.post("/offsite/lists/new", {**given, "title": "", "form_token": token, "act": "save"})
    assert wrong.status_code == 422
    assert "后厨防蝇" in wrong.text
    assert clerk.post("/offsite/lists/new", {**given, "form_token": token, "act": "save"}).status_code == 303
    key = re.search(r"/offsite/lists/([0-9a-f]{12})", clerk.get("/offsite/lists").text)
    assert key
    assert fire.get(f"/offsite/lists/{key[1]}").status_code == 404
    path = new(clerk)
    press(clerk, path, "list", lines="1", list=key[1])
    page = clerk.get(path).text
    assert "餐饮自查" in page
    assert "后厨防蝇" in page
    retired = {**given, "form_token": token, "act": "save", "retired": "yes"}
    assert clerk.post(f"/offsite/lists/{key[1]}", retired).status_code == 303
    assert f'value="{key[1]}"' not in clerk.get(new(clerk)).text


def test_a_list_of_an_unknown_department_is_not_kept(town: County) -> None:
    with pytest.raises(InvalidError):
        publish_lists(town, "clerk", [SelfCheckList("a", "nowhere", "t", (ListItem("x"),))])


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_export_of_the_tables_says_that_it_was_no_visit(town: County, logged_in: Logged, kind: str) -> None:
    check = filed(town)
    answered(town, check)
    answer = logged_in("office").get(f"/registry/exports/offsite_checks.{kind}")
    assert answer.status_code == 200
    if kind == "csv":
        text = answer.content.decode("utf-8-sig")
        assert "FX3303262026-00001,已送出，等答复,market" in text
        assert "非现场，不算入企" in text


def test_the_visits_page_and_the_enterprises_page_lead_there(town: County, logged_in: Logged) -> None:
    check = filed(town)
    add_account(town, "lin", PASSWORD, Role.SUPERVISOR, "林监督")
    supervisor = logged_in("lin")
    page = supervisor.get("/visits").text
    assert "非现场检查不算入企" in page
    assert "FX3303262026" not in page
    assert f"/offsite/{check}" in supervisor.get(f"/offsite?words={USCC}").text
    assert f"/offsite?words={USCC}" in supervisor.get(f"/registry/enterprises/{USCC}").text


def test_another_systems_number_finds_it_and_what_was_filed_after_it_is_named(town: County, logged_in: Logged) -> None:
    check = filed(town, external_refs=("行政行为码 ZX-2026-88", "12345-881"))
    other = filed(town)
    clerk = logged_in("clerk")
    for words, wanted in (("zx-2026-88", {check}), ("12345-881", {check}), ("12345-882", set())):
        found = set(re.findall(r'href="/offsite/([0-9a-f]{16})"', clerk.get(f"/offsite?words={words}").text))
        assert found == wanted, words
    answered(town, other)
    reviewed(town, other, Outcome.VISIT_NEEDED)
    made = file(town, external_refs=("FX3303262026-00002",))
    assert f"/filings/{made.filing}" in clerk.get(f"/offsite/{other}").text
    assert rebuild_views(town).differences == {}


def test_drafts_of_an_account_that_is_disabled_are_counted(town: County, logged_in: Logged) -> None:
    before = open_work(town, find_account(town, "clerk")).drafts
    new(logged_in("clerk"))
    assert open_work(town, find_account(town, "clerk")).drafts == before + 1
