"""What becomes a record of a check: what a person did, once, and nothing that a robot opened."""

from __future__ import annotations

from datetime import timedelta

import pytest

from shared_models import ed25519
from shared_models.suite import kid_of
from sync_server.supervision.read_visit import read_visit
from tests.check.door import Door, digits, looked_at, open_door, token_of
from tests.sync.county import MILL


@pytest.fixture
def door(tmp_path) -> Door:
    return open_door(tmp_path)


def test_a_check_is_one_record_of_the_log_however_often_somebody_looks(door):
    text = door.fresh()
    with door.client() as client:
        for _ in range(3):
            looked_at(client, text)
    (check,) = door.checks()
    assert (check.answer, check.advice, check.action, check.source) == ("valid", "let_in", "looked", "direct")
    assert check.opening == door.opened_pass().record
    assert check.credential == kid_of(ed25519.public_key(door.seed))
    assert (check.pass_at, check.skew_seconds, check.offline_at) == (door.now, 0, None)


@pytest.mark.parametrize(
    ("action", "says"), [("let_in", "您已放行"), ("refused", "您没有让进"), ("not_the_person", "不是照片上的人")]
)
def test_what_the_owner_did_is_recorded_once_and_without_a_login(door, action, says):
    with door.client() as client:
        page = client.get(f"/v/{digits(door.fresh())}")
        token = token_of(page)
        client.cookies.clear()
        first = client.post("/check/act", data={"token": token, "action": action})
        again = client.post("/check/act", data={"token": token, "action": action})
    assert first.status_code == again.status_code == 200
    assert says in first.text
    assert "存证第" in first.text
    assert "之前已经记下" in again.text
    assert [check.action for check in door.checks()] == ["looked", action]


@pytest.mark.parametrize("token", ["", "00" * 40, "zz", "ab" * 200])
def test_a_token_that_no_answer_showed_does_nothing(door, token):
    with door.client() as client:
        page = client.post("/check/act", data={"token": token, "action": "let_in"})
    assert page.status_code == 422
    assert door.checks() == []


def test_a_token_is_over_after_half_an_hour_and_stands_for_no_other_action(door):
    with door.client() as client:
        token = token_of(client.get(f"/v/{digits(door.fresh())}"))
        for action in ("", "burned", "LOOKED"):
            assert client.post("/check/act", data={"token": token, "action": action}).status_code == 422
        door.county.clock.instant += timedelta(minutes=31)
        assert client.post("/check/act", data={"token": token, "action": "let_in"}).status_code == 422
        assert client.post("/check/seen", data={"token": token}).status_code == 422
    assert door.checks() == []


@pytest.mark.parametrize("purpose", ["", "prefetch", "prefetch;prerender", "preview"])
def test_robots_and_previews_of_a_link_leave_no_check(door, purpose):
    headers = {"Sec-Purpose": purpose, "User-Agent": "a robot"}
    with door.client() as client:
        for path in (f"/v/{digits(door.fresh())}", f"/e/{MILL}-1"):
            assert client.get(path, headers=headers).status_code == 200
            assert client.head(path, headers=headers).status_code in (200, 405)
        assert "noindex" in client.get(f"/v/{digits(door.fresh())}").text
    assert door.checks() == []


def test_without_a_script_a_look_alone_is_kept_by_one_button(door):
    with door.client() as client:
        page = client.get(f"/v/{digits(door.fresh())}")
        assert '<noscript><button class="quiet" name="action" value="looked">' in page.text
        kept = client.post("/check/act", data={"token": token_of(page), "action": "looked"})
        assert "这次核验已经记下" in kept.text
        assert "存证第" in kept.text
    assert [check.action for check in door.checks()] == ["looked"]


def test_a_pass_sent_from_the_own_sheet_is_recorded_at_once(door):
    with door.client() as client:
        page = client.post(f"/e/{MILL}-1/check", data={"given": door.fresh()})
    assert "data-seen" not in page.text
    assert [(check.action, check.source) for check in door.checks()] == [("looked", "own_sheet")]


def test_a_check_before_the_opening_arrives_is_found_by_it_later(tmp_path):
    door = open_door(tmp_path, synced=False)
    with door.client() as client:
        looked_at(client, door.fresh())
    door.sync()
    shown = read_visit(door.county.county, door.visit)
    assert sorted(record.kind for record in shown.records) == ["pass_checked", "visit_opened"]
    assert shown.proofs.bad == 0
