"""What the owner at the gate is told, from the gate sheet's page to the record of what was done."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import pytest
from PIL import Image

from shared_models import ed25519
from shared_models.filing import FilingLine
from shared_models.suite import kid_of
from sync_server.enrolment.revoke_phone import revoke_phone
from sync_server.filings.withdraw_filing import withdraw_filing
from sync_server.log.writing import reading
from sync_server.registry.keep_portrait import keep_portrait
from sync_server.registry.revoke_person import revoke_person
from sync_server.storage.facts import current_of_kind
from tests.check.door import Door, advice_of, digits, looked_at, open_door
from tests.sync.county import BAKERY, MILL, OFFICE

LET_IN, VERIFY, REFUSE = "可以放行", "先核实", "可以不让进"
OWN_SHEET = "从本企业的入企码核验"


@pytest.fixture
def door(tmp_path) -> Door:
    return open_door(tmp_path)


def test_a_filed_visit_by_its_officer_may_be_let_in(door):
    with door.client() as client:
        page = client.get(f"/v/{digits(door.fresh())}")
    assert page.status_code == 200
    assert advice_of(page) == LET_IN
    for shown in ("林一", "市场监管局", "A1", "平阳水头制革厂", door.number, "陈二", "列名", "这次检查已备案"):
        assert shown in page.text, shown


def test_a_direct_scan_says_to_check_from_ones_own_sheet(door):
    with door.client() as client:
        page = client.get(f"/v/{digits(door.fresh())}")
    assert "墙上自己的入企码" in page.text
    assert OWN_SHEET not in page.text


def test_a_scan_after_opening_the_own_sheet_counts_as_from_the_sheet(door):
    with door.client() as client:
        client.get(f"/e/{MILL}-1")
        page = looked_at(client, door.fresh())
    assert advice_of(page) == LET_IN
    assert OWN_SHEET in page.text
    assert [(check.source, check.enterprise) for check in door.checks()] == [("own_sheet", MILL)]


def test_a_pass_for_another_enterprise_may_be_refused_and_tells_nothing_of_that_visit(door):
    with door.client() as client:
        pasted = client.post(f"/e/{BAKERY}-1/check", data={"given": door.fresh()})
        client.get(f"/e/{BAKERY}-1")
        scanned = client.get(f"/v/{digits(door.fresh())}")
    for page in (pasted, scanned):
        assert advice_of(page) == REFUSE
        assert "另一家企业" in page.text
        assert "水头制革厂" not in page.text
        assert door.number not in page.text


def test_the_pass_pasted_on_the_own_sheet_is_compared_with_it(door):
    with door.client() as client:
        page = client.post(f"/e/{MILL}-1/check", data={"given": f"  {door.fresh()}\n"})
        bare = client.post(f"/e/{MILL}-1/check", data={"given": digits(door.pass_text(at=door.now + 1))})
    assert advice_of(page) == advice_of(bare) == LET_IN
    assert OWN_SHEET in page.text


def test_a_phone_revoked_after_its_last_sync_is_caught(door):
    revoke_phone(door.county.county, OFFICE, kid_of(ed25519.public_key(door.seed)), "lost")
    with door.client() as client:
        page = looked_at(client, door.fresh())
    assert advice_of(page) == REFUSE
    assert "已经停用" in page.text
    assert [check.answer for check in door.checks()] == ["revoked"]


def test_an_officer_revoked_after_the_phones_last_sync_is_caught(door):
    revoke_person(door.county.county, OFFICE, "p1", "left")
    with door.client() as client:
        page = client.get(f"/v/{digits(door.fresh())}")
    assert advice_of(page) == REFUSE
    assert "已经停用" in page.text


def test_a_filing_withdrawn_since_the_slip_was_signed_is_to_be_verified(door):
    with reading(door.county.county) as connection:
        (line,) = [fact.load(FilingLine) for fact in current_of_kind(connection, "line")]
    withdraw_filing(door.county.county, OFFICE, line.filing, "stopped")
    with door.client() as client:
        page = client.get(f"/v/{digits(door.fresh())}")
    assert advice_of(page) == VERIFY
    assert "备案现在不作数" in page.text
    assert "12345" in page.text


def test_a_photographed_pass_a_minute_later_is_to_be_verified_and_after_five_it_may_be_refused(door):
    text = door.fresh()
    with door.client() as client:
        door.county.clock.instant += timedelta(seconds=75)
        minute = client.get(f"/v/{digits(text)}")
        door.county.clock.instant += timedelta(minutes=5)
        later = client.get(f"/v/{digits(text)}")
    assert advice_of(minute) == VERIFY
    assert "翻拍" in minute.text
    assert advice_of(later) == REFUSE
    assert "已经过期" in later.text


def test_a_phone_whose_clock_is_four_minutes_slow_is_let_in_once_it_shows_a_new_pass(door):
    with door.client() as client:
        first = looked_at(client, door.pass_text(at=door.now - 240))
        door.county.clock.instant += timedelta(seconds=40)
        second = looked_at(client, door.pass_text(at=door.now - 240))
    assert advice_of(first) == VERIFY
    assert advice_of(second) == LET_IN
    for page in (first, second):
        assert "慢了约 4 分钟" in page.text
    assert [check.skew_seconds for check in door.checks()] == [240, 240]


def test_a_photograph_shown_twice_does_not_become_a_slow_clock(door):
    text = door.pass_text(at=door.now - 100)
    with door.client() as client:
        looked_at(client, text)
        door.county.clock.instant += timedelta(seconds=40)
        assert advice_of(looked_at(client, text)) == VERIFY


def test_a_phone_whose_clock_is_four_minutes_fast_is_let_in_and_the_page_says_so(door):
    with door.client() as client:
        page = client.get(f"/v/{digits(door.pass_text(at=door.now + 240))}")
    assert advice_of(page) == LET_IN
    assert "快了约 4 分钟" in page.text


@pytest.mark.parametrize(("minutes", "advice", "answer"), [(40, VERIFY, "not_yet"), (-40, REFUSE, "expired")])
def test_a_clock_that_is_forty_minutes_off_is_not_good_enough(door, minutes, advice, answer):
    with door.client() as client:
        page = looked_at(client, door.pass_text(at=door.now + minutes * 60))
    assert advice_of(page) == advice
    assert [check.answer for check in door.checks()] == [answer]


def test_before_the_opening_has_arrived_the_filing_still_says_who_comes(tmp_path):
    door = open_door(tmp_path, synced=False)
    with door.client() as client:
        page = client.get(f"/v/{digits(door.fresh())}")
    assert advice_of(page) == LET_IN
    assert "还没有把入企记录传到县里" in page.text
    assert "陈二" in page.text


def test_the_sheets_page_says_whose_gate_it_is_and_which_days_are_protected(door):
    with door.client() as client:
        page = client.get(f"/e/{MILL}-1")
    assert page.status_code == 200
    for shown in ("平阳水头制革厂", "东门", "9 日至 15 日", "14 日至 20 日", "核验上门人员", "12345", "企业自己的空间"):
        assert shown in page.text, shown


def test_a_void_gate_and_an_unknown_one_say_so(door):
    with door.client() as client:
        void, unknown = client.get(f"/e/{MILL}-2"), client.get(f"/e/{MILL}-9")
        odd = client.get("/e/%00%F0%9F%98%80<b>")
        checked = client.post(f"/e/{MILL}-2/check", data={"given": door.fresh()})
    assert (void.status_code, unknown.status_code, odd.status_code) == (410, 404, 404)
    assert "已经作废" in void.text
    assert "没有这张入企码" in unknown.text
    assert "<b>" not in odd.text.replace("<b>助企码</b>", "")
    assert "已经作废" in checked.text
    assert door.checks() == []


@pytest.mark.parametrize("given", ["", "   ", "hello", "p1", "😀" * 5_000, "\u202e123456", "x" * 9_000])
def test_what_is_neither_pass_nor_spoken_code_is_asked_for_again(door, given):
    with door.client() as client:
        page = client.post(f"/e/{MILL}-1/check", data={"given": given})
    assert page.status_code in (200, 422)
    assert "没有看懂" in page.text or "对不上" in page.text or "不是本县的亮码" in page.text or "没有读出" in page.text


def test_one_address_cannot_check_without_end(door):
    text = door.fresh()
    with door.client() as client:
        answers = [client.get(f"/v/{digits(text)}").status_code for _ in range(61)]
        page = client.get(f"/v/{digits(text)}")
        door.county.clock.instant += timedelta(minutes=1)
        after = client.get(f"/v/{digits(text)}")
    assert answers[:60] == [200] * 60
    assert answers[60] == page.status_code == 429
    assert 1 <= int(page.headers["Retry-After"]) <= 60
    assert after.status_code == 200


def test_pages_with_a_pass_tell_nobody_their_address(door):
    with door.client() as client:
        page = client.get(f"/v/{digits(door.fresh())}")
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert page.headers["Cache-Control"] == "no-store"
    assert "script-src 'self'" in page.headers["Content-Security-Policy"]


def test_no_log_line_ever_carries_a_pass(door, capfd):
    text = door.fresh()
    secret = digits(text)[40:80]
    with door.client() as client:
        client.get(f"/v/{digits(text)}")
        client.get(f"/v/{digits(text)}/x")
        client.get(f"/v/{digits(text)}x")
        client.post(f"/v/{digits(text)}")
        client.post(f"/e/{MILL}-1/check", data={"given": text})
        metrics = client.get("/metrics").text
    out, err = capfd.readouterr()
    assert secret not in out + err + metrics


def test_portraits_open_only_by_the_address_that_a_check_showed(door):
    with door.client() as client:
        assert client.get("/check/portraits/" + "ab" * 70).status_code == 404
        assert client.get("/portraits/p1").status_code in (303, 200)


def test_a_portrait_is_small_upright_and_gone_after_half_an_hour(door):
    out = io.BytesIO()
    Image.effect_noise((960, 1280), 60).convert("RGB").save(out, "JPEG", quality=95)
    for person in ("p1", "p2"):
        keep_portrait(door.county.county, OFFICE, person, out.getvalue())
    with door.client() as client:
        page = client.get(f"/v/{digits(door.fresh())}")
        own, other = re.findall(r'src="(/check/portraits/[0-9a-f]+)"', page.text)
        for address, size, most in ((own, (256, 341), 40_000), (other, (128, 171), 10_000)):
            answer = client.get(address)
            assert answer.headers["content-type"] == "image/jpeg"
            assert len(answer.content) < most
            with Image.open(io.BytesIO(answer.content)) as shown:
                assert shown.size == size
                assert not shown.getexif()
        door.county.clock.instant += timedelta(minutes=31)
        assert client.get(own).status_code == 404


def test_the_page_is_readable_in_english(door):
    with door.client() as client:
        client.get("/language/en")
        page = client.get(f"/v/{digits(door.fresh())}")
    assert advice_of(page) == "You may let them in"
