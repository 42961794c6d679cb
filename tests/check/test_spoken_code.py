"""Officer number and six digits: made on the phone, told at the door or to the hotline, and never a way to guess."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from field_app.visits.spoken_code import show_spoken_code
from shared_models import ed25519, spoken
from shared_models.suite import kid_of
from sync_server.accounts.account import Role
from sync_server.accounts.add_account import add_account
from sync_server.admin.cli import admin
from sync_server.check.check_spoken import read_spoken
from sync_server.enrolment.pending import answer_to_phone
from sync_server.enrolment.revoke_phone import revoke_phone
from sync_server.log.rebuild_views import rebuild_views
from sync_server.storage.engine import reading
from sync_server.storage.tables import enrolments
from sync_server.supervision.read_visit import read_visit
from tests.check.door import Door, advice_of, open_door, run, token_of
from tests.sync.county import BAKERY, MILL, OFFICE

PASSWORD = "a long enough word 7"


@pytest.fixture
def door(tmp_path) -> Door:
    return open_door(tmp_path)


def said(door: Door) -> str:
    code = run(show_spoken_code(door.phone))
    assert code is not None
    return f"{code.number} {code.digits}"


# RFC 6238, appendix B, SHA-256: the 32-byte seed and the times in seconds
@pytest.mark.parametrize(
    ("at", "code"),
    [
        (59, "46119246"),
        (1111111109, "68084774"),
        (1111111111, "67062674"),
        (1234567890, "91819424"),
        (2000000000, "90698825"),
        (20000000000, "77737706"),
    ],
)
def test_the_rfcs_own_codes_come_out(at, code):
    assert spoken.one_time_code(b"12345678901234567890123456789012", at // 30, 8) == code


@given(st.binary(min_size=32, max_size=32), st.integers(0, 4_000_000_000), st.integers(-59, 59))
def test_a_code_holds_for_its_step_and_its_neighbours(secret, at, off):
    at += 120
    code = spoken.spoken_code(secret, at)
    assert re.fullmatch(r"[0-9]{6}", code)
    assert spoken.is_spoken_code(secret, code, at + off)


@given(st.text(max_size=12))
def test_no_other_text_is_taken_for_a_code(text):
    known = {spoken.spoken_code(b"s" * 32, 1_000_000 + 30 * step) for step in range(-2, 3)}
    assert spoken.is_spoken_code(b"s" * 32, text, 1_000_000) == (text in known)


def test_the_phone_gets_its_secret_at_enrolment_and_only_while_the_request_is_fresh(door):
    with reading(door.county.county.engine) as connection:
        (row,) = connection.execute(enrolments.select()).all()
    assert answer_to_phone(door.county.county, row.id).spoken_secret is not None
    door.county.clock.instant += timedelta(hours=2)
    answer = answer_to_phone(door.county.county, row.id)
    assert (answer.state, answer.spoken_secret) == ("confirmed", None)


@pytest.mark.parametrize("change", [str, str.upper, lambda text: text.replace(" ", "-"), lambda text: f" {text} "])
def test_what_the_phone_shows_is_right_at_the_door_as_people_type_it(door, change):
    with door.client() as client:
        page = client.post(f"/e/{MILL}-1/check", data={"given": change(said(door))})
    assert "对得上" in page.text
    for shown in ("林一", "A1", "市场监管局", door.number):
        assert shown in page.text
    assert "允许" in page.text  # the visit that is open here


def test_the_licence_number_does_as_well(door):
    with door.client() as client:
        page = client.post(f"/e/{MILL}-1/check", data={"given": said(door).replace("p1", "a1")})
    assert "对得上" in page.text


def test_another_enterprise_is_told_nothing_of_this_visit(door):
    with door.client() as client:
        page = client.post(f"/e/{BAKERY}-1/check", data={"given": said(door)})
    assert "对得上" in page.text
    assert "水头制革厂" not in page.text
    assert "没有今天到本企业的有效备案" in page.text
    assert door.number not in page.text


def test_a_number_without_its_digits_stays_typed(door):
    with door.client() as client:
        page = client.post(f"/e/{MILL}-1/check", data={"given": 'p1 12345"<b>'})
        good = client.get(f"/e/{MILL}-1")
    assert page.status_code == 422
    assert 'value="p1 12345&#34;&lt;b&gt;"' in page.text
    assert 'name="given"' in good.text
    assert 'value=""' in good.text


def test_wrong_digits_and_another_officers_number_name_nobody(door):
    digits = said(door).split()[1]
    wrong = f"{(int(digits) + 1) % 1_000_000:06d}"
    with door.client() as client:
        pages = [
            client.post(f"/e/{MILL}-1/check", data={"given": g})
            for g in (f"p1 {wrong}", f"p2 {digits}", f"nobody {digits}")
        ]
    for page in pages:
        assert "对不上" in page.text
        assert "林一" not in page.text
        assert "陈二" not in page.text


def test_a_code_of_three_minutes_ago_is_wrong(door):
    text = said(door)
    door.county.clock.instant += timedelta(minutes=3)
    with door.client() as client:
        assert "对不上" in client.post(f"/e/{MILL}-1/check", data={"given": text}).text


def test_a_revoked_phones_code_says_so(door):
    text = said(door)
    revoke_phone(door.county.county, OFFICE, kid_of(ed25519.public_key(door.seed)), "lost")
    with door.client() as client:
        page = client.post(f"/e/{MILL}-1/check", data={"given": text})
    assert "已经停用" in page.text


def test_guessing_is_slowed_down_for_one_officer_and_for_one_address(door):
    with door.client() as client:
        answers = [client.post(f"/e/{MILL}-1/check", data={"given": f"p1 {n:06d}"}) for n in range(13)]
        assert "试得太多" in answers[-1].text
        right = client.post(f"/e/{MILL}-1/check", data={"given": said(door)})
        assert "试得太多" in right.text
        for n in range(30):
            last = client.post(f"/e/{MILL}-1/check", data={"given": f"somebody{n} 000000"})
        assert "试得太多" in last.text


def test_the_hotlines_desk_is_for_its_role_and_sees_every_visit_of_today(door):
    add_account(door.county.county, "line", PASSWORD, Role.HOTLINE, "热线")
    with door.client() as client:
        assert client.get("/hotline", follow_redirects=False).status_code == 303
        form = client.get("/login")
        token = re.search(r'name="form_token" value="([0-9a-f]+)"', form.text)[1]
        login = {"form_token": token, "account": "line", "password": PASSWORD, "next": ""}
        desk = client.post("/login", data=login)
        assert desk.url.path == "/hotline"
        token = re.search(r'action="/hotline".*?name="form_token" value="([0-9a-f]+)"', desk.text, re.DOTALL)[1]
        assert 'value="p1 12345"' in client.post("/hotline", data={"form_token": token, "given": "p1 12345"}).text
        answer = client.post("/hotline", data={"form_token": token, "given": said(door)})
        assert "对得上" in answer.text
        assert "平阳水头制革厂" in answer.text
        assert [(check.source, check.enterprise) for check in door.checks()] == [("hotline", None)]
        assert client.post("/hotline", data={"given": said(door)}).status_code == 403
        assert client.get("/visits").status_code == 403


def test_the_command_answers_as_the_desk_does(tmp_path):
    door = open_door(tmp_path, at=datetime.now(UTC))
    data = ["--data", str(door.county.county.settings.data_dir)]
    right = CliRunner().invoke(admin, ["spoken", said(door), *data])
    assert right.exit_code == 0, right.output
    for shown in ("belong together", "林一 (p1)", "A1", "平阳水头制革厂", door.number):
        assert shown in right.output, shown
    assert [(check.source, check.action) for check in door.checks()] == [("hotline", "looked")]
    wrong = CliRunner().invoke(admin, ["spoken", "p1 000000", *data])
    assert wrong.exit_code == 1
    assert "do not belong together" in wrong.output
    assert "林一" not in wrong.output
    revoke_phone(door.county.county, OFFICE, kid_of(ed25519.public_key(door.seed)), "lost")
    revoked = CliRunner().invoke(admin, ["spoken", said(door), *data])
    assert revoked.exit_code == 1
    assert "revoked" in revoked.output
    assert CliRunner().invoke(admin, ["spoken", "p1", *data]).exit_code == 2


def test_a_code_that_is_told_leaves_a_record_on_the_visits_page_as_a_scan_does(door):
    told = said(door)
    with door.client() as client:
        page = client.post(f"/e/{MILL}-1/check", data={"given": told})
        assert advice_of(page) == "可以放行"
        client.post(f"/e/{MILL}-1/check", data={"given": told})
        client.post("/check/act", data={"token": token_of(page), "action": "not_the_person"})
    looked, said_so = door.checks()
    assert (looked.answer, looked.advice, looked.action, looked.source) == ("valid", "let_in", "looked", "spoken")
    assert (looked.enterprise, looked.opening) == (MILL, door.opened_pass().record)
    assert looked.credential == kid_of(ed25519.public_key(door.seed))
    assert (said_so.action, said_so.digest) == ("not_the_person", looked.digest)
    shown = read_visit(door.county.county, door.visit)
    assert [one.kind for one in shown.records] == ["visit_opened", "pass_checked", "pass_checked"]
    assert shown.proofs.bad == 0


def test_a_code_told_before_the_opening_arrives_stands_on_its_page_later(tmp_path):
    door = open_door(tmp_path, synced=False)
    with door.client() as client:
        page = client.post(f"/e/{MILL}-1/check", data={"given": said(door)})
        client.post(f"/e/{BAKERY}-1/check", data={"given": said(door)})
    assert advice_of(page) == "可以放行"  # a filing of this officer is in force here
    (here,) = door.checks()
    assert here.opening is None
    door.sync()
    shown = read_visit(door.county.county, door.visit)
    assert [one.kind for one in shown.records if one.kind == "pass_checked"] == ["pass_checked"]
    assert rebuild_views(door.county.county).differences == {}


def test_wrong_digits_leave_no_record(door):
    with door.client() as client:
        for n in range(5):
            client.post(f"/e/{MILL}-1/check", data={"given": f"p1 {n:06d}"})
    assert door.checks() == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("p001 123456", ("p001", "123456")),
        (" P001-123456 ", ("p001", "123456")),
        ("浙C33032600001，123456", ("浙c33032600001", "123456")),
        ("p001123456", ("p001", "123456")),
        ("ｐ００１　１２３４５６", ("p001", "123456")),
        ("p001" + " " * 8000 + "12345x", None),
        ("123456", None),
        ("p001 12345", None),
        ("", None),
    ],
)
def test_a_spoken_code_is_read_as_people_write_it(text, wanted):
    assert read_spoken(text) == wanted
