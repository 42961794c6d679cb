"""What an owner's phone checked without signal: kept once, judged by the pass's own time, never taken for a witness."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from field_app.visits.close_visit import close_visit
from shared_models import ed25519
from shared_models.acts import CheckAction
from shared_models.errors import ZhuqiError
from shared_models.suite import kid_of
from shared_models.trust_list import open_trust_list
from sync_server.check.keep_late_checks import LateCheck, keep_late_checks
from sync_server.check.trust import trust_json, trust_now
from sync_server.enrolment.revoke_phone import revoke_phone
from sync_server.log.rebuild_views import rebuild_views
from sync_server.registry.revoke_person import revoke_person
from sync_server.supervision.read_visit import read_visit
from tests.check.door import STRANGER, Door, open_door, run
from tests.sync.county import BAKERY, HOST, MILL, OFFICE


@pytest.fixture
def door(tmp_path) -> Door:
    return open_door(tmp_path)


def send(door: Door, *checks: dict) -> tuple[int, dict]:
    with door.client() as client:
        reply = client.post("/check/later", content=json.dumps(checks))
    return reply.status_code, reply.json()


def check(text: str, action: str = "looked", at: int = 1_700_000_000, sheet: str | None = MILL) -> dict:
    return {"pass_text": text, "action": action, "at": at, "sheet": sheet}


def test_a_check_of_two_days_ago_is_kept_with_both_times(door):
    text, made = door.fresh(), door.now
    door.county.clock.instant += timedelta(days=2)
    status, answer = send(door, check(text, at=made + 3), check(text, "refused", made + 9))
    assert status == 200
    assert [type(index) for index in answer["kept"]] == [int, int]
    looked, refused = door.checks()
    assert (looked.answer, looked.advice, looked.action, looked.offline_at) == ("valid", "let_in", "looked", made + 3)
    assert (refused.action, refused.skew_seconds, refused.enterprise) == ("refused", 9, MILL)
    shown = [record for record in read_visit(door.county.county, door.visit).records if record.kind == "pass_checked"]
    assert [record.received_at for record in shown] == [int(door.county.clock.now().timestamp()) * 1000] * 2


def test_a_check_at_the_gate_that_arrives_after_the_visit_has_ended_stands_where_it_was_made(door):
    text, made = door.fresh(), door.now
    door.county.clock.instant += timedelta(minutes=40)
    run(close_visit(door.phone, door.visit, why_no_legal_education="已普法"))
    door.sync()
    door.county.clock.instant += timedelta(hours=3)
    send(door, check(text, at=made + 3))
    (kept,) = door.checks()
    assert kept.advice == "let_in"
    told = read_visit(door.county.county, door.visit).records
    assert [one.kind for one in told] == ["visit_opened", "pass_checked", "visit_closed"]
    opened, checked, _ = told
    assert checked.at == (made + 3) * 1000
    assert opened.seen_at is not None
    assert opened.seen_at == checked.seen_at < checked.at < checked.received_at


@pytest.mark.parametrize("off", [-(10**9), 10**9])
def test_an_owners_clock_moves_its_check_nowhere_that_cannot_be(door, off):
    send(door, check(door.fresh(), at=door.now + off))
    told = read_visit(door.county.county, door.visit).records
    checked = next(one for one in told if one.kind == "pass_checked")
    assert checked.seen_at is not None
    assert checked.at == (checked.seen_at if off < 0 else checked.received_at)


def test_the_same_check_sent_again_is_kept_once(door):
    text = door.fresh()
    first = send(door, check(text))
    assert send(door, check(text)) == (200, {"kept": [None]})
    assert first[1]["kept"] != [None]
    assert len(door.checks()) == 1


def test_a_look_at_a_forgery_is_not_kept_but_a_refusal_is(door):
    forged = door.pass_text(seed=STRANGER)
    assert send(door, check(forged), check(forged, "refused"))[1]["kept"][0] is None
    (kept,) = door.checks()
    assert (kept.answer, kept.action, kept.opening, kept.credential) == ("unknown_key", "refused", None, None)


def test_a_phone_revoked_since_is_named_as_such_and_another_enterprise_too(door):
    text, other = door.fresh(), door.pass_text(at=door.now - 1)
    send(door, check(other, sheet=BAKERY))
    revoke_phone(door.county.county, OFFICE, kid_of(ed25519.public_key(door.seed)), "lost")
    send(door, check(text))
    assert [(one.answer, one.advice) for one in door.checks()] == [("valid", "may_refuse"), ("revoked", "may_refuse")]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{}",
        b"[1]",
        b'[{"pass_text": "x"}]',
        b'[{"pass_text": "x", "action": "burn", "at": 1}]',
        b'[{"pass_text": "x", "action": "looked", "at": -1}]',
        b'[{"pass_text": "x", "action": "looked", "at": 1e400}]',
        b'[{"pass_text": "x", "action": "looked", "at": 1, "sheet": "x"}]',
        json.dumps([{"pass_text": "x", "action": "looked", "at": 1}] * 21).encode(),
        b"[" * 50_000,
        b"\xff",
    ],
)
def test_what_is_no_list_of_checks_is_refused_whole(door, body):
    with door.client() as client:
        assert client.post("/check/later", content=body).status_code == 400
    assert door.checks() == []


def test_nonsense_in_place_of_a_pass_is_answered_and_forgotten(door):
    odd = ["", "x", "\x00", "\ud800", "https://evil.example/v/1", "1" * 4_000]
    assert send(door, *[check(text) for text in odd]) == (200, {"kept": [None] * len(odd)})


def test_the_trust_list_names_what_was_revoked_and_opens_only_under_its_root(door):
    county = door.county.county
    revoke_person(county, OFFICE, "p1", "left")
    plain = trust_json(county)
    assert plain["revoked"] == [kid_of(ed25519.public_key(door.seed)).hex()]
    signed, certificate = bytes.fromhex(plain["signed"]), bytes.fromhex(plain["certificate"])
    now = county.clock.now()
    opened = open_trust_list(signed, certificate, county.keys.root_public, now)
    assert opened == replace(trust_now(county), departments={"market": "市场监管局", "fire": "消防大队"})
    assert opened.trust.host == HOST
    with pytest.raises(ZhuqiError):
        open_trust_list(signed, certificate, ed25519.public_key(STRANGER), now)
    for at in range(0, len(signed) * 8, 7):
        changed = bytearray(signed)
        changed[at // 8] ^= 1 << at % 8
        with pytest.raises(ZhuqiError):
            open_trust_list(bytes(changed), certificate, county.keys.root_public, now)


def test_the_views_of_checks_are_made_again_from_the_log(door):
    send(door, check(door.fresh()), check(door.pass_text(seed=STRANGER), "refused"))
    assert rebuild_views(door.county.county).differences == {}


def test_four_owners_looking_at_once_leave_one_record(door):
    late = (LateCheck(door.fresh(), CheckAction.LOOKED, door.now, MILL),)
    with ThreadPoolExecutor(4) as pool:
        kept = list(pool.map(lambda _: keep_late_checks(door.county.county, late), range(4)))
    assert sorted(index is None for (index,) in kept) == [False, True, True, True]
    assert len(door.checks()) == 1
