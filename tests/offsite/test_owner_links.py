"""Who holds a link and who does not; and what a hostile form finds."""

from __future__ import annotations

from datetime import timedelta

from litestar.testing import TestClient

from sync_server.county import County
from sync_server.offsite.link import token_of
from sync_server.offsite.move_due import move_due
from sync_server.offsite.withdraw_check import withdraw_check
from tests.offsite.hands import answered, entry_of, filed
from tests.offsite.owner import FULL, Owner, last
from tests.server.towns import TODAY, later


def test_a_link_that_is_not_whole_replaced_or_over_says_which(here: County, check: str, owner: Owner) -> None:
    old = owner.path
    owner.path = old[:-1]
    assert owner.get().status_code == 404
    assert "链接打不开" in owner.get().text
    owner.path = old
    move_due(here, "clerk", check, TODAY + timedelta(days=9), new_link=True)
    assert owner.get().status_code == 404
    assert owner.send("send", **FULL).status_code == 404
    owner.path = f"/o/{token_of(here, entry_of(here, check))}"
    later(here, days=80)
    assert owner.get().status_code == 410
    assert "已过有效期" in owner.get().text
    assert "市场监管局" not in owner.get().text
    assert owner.get("/list.pdf").status_code == 404


def test_a_withdrawn_check_says_so_and_takes_nothing(here: County, check: str, owner: Owner) -> None:
    page = owner.get()
    withdraw_check(here, "clerk", check, "企业停业")
    assert "已撤回" in owner.get().text
    assert "企业停业" in owner.get().text
    assert owner.send("send", page=page, **FULL).status_code == 409


def test_a_photo_of_another_list_is_not_shown(here: County, check: str, client: TestClient, owner: Owner) -> None:
    answered(here, check)
    shot = last(here, check).answers[0].photos[0].hex()
    other = Owner(client, f"/o/{token_of(here, entry_of(here, filed(here)))}")
    assert owner.get(f"/photos/{shot}").status_code == 200
    for wrong in (shot, shot.upper(), "zz", "00" * 32):
        assert other.get(f"/photos/{wrong}").status_code == 404


def test_hostile_words_stay_words(here: County, owner: Owner) -> None:
    owner.send("save", **{**FULL, "note_1": "<script>alert(1)</script>\x00\u202e", "name": '"><b>'})
    text = owner.get().text
    assert "<script>alert" not in text
    assert "&lt;script&gt;" in text


def test_who_guesses_links_is_told_to_wait_and_who_holds_one_is_not(owner: Owner) -> None:
    held, owner.path = owner.path, owner.path[:-3] + "aaa"
    assert {owner.get().status_code for _ in range(62)} == {404, 429}
    owner.path = held
    assert owner.get().status_code == 200
    assert owner.send("save", note_1="我写的").status_code == 303
