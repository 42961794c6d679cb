"""Texts that fit a QR code: taken apart, judged against a trust, each refusal for its own reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
import qrcode
from hypothesis import given
from hypothesis import strategies as st
from qrcode.constants import ERROR_CORRECT_L, ERROR_CORRECT_Q

from shared_models import code_texts, codes, suite, words
from shared_models.errors import BadlyFormedError, UnknownFormatError, UnreadableError, WrongHostError, ZhuqiError
from tests.core import county_keys as county
from tests.core.county_keys import AT, HOST, NOW, PHONE, ROOT, SERVER, STRANGER, TRUST, USCC, flipped

SECRET = bytes(range(5))
PASS = codes.pass_text(HOST, county.pass_code())
SLIP = codes.slip_text(HOST, county.slip_code())
CREDENTIAL = codes.credential_text(HOST, county.credential_code())
GATE = codes.gate_text(HOST, USCC, 1)
ENROLMENT = codes.enrolment_text(HOST, SECRET, codes.root_fingerprint(ROOT.public))
LATER = timedelta(days=1)


def status(text: str, trust: codes.Trust = TRUST, now=NOW) -> str:
    try:
        codes.verify_text(text, trust, now)
    except ZhuqiError as err:
        return codes.status_of(err)
    return "valid"


def passed(**parts: bytes | None) -> str:
    return codes.pass_text(HOST, county.pass_code(**parts))


@pytest.mark.parametrize(
    ("text", "kind"),
    [(PASS, "pass"), (SLIP, "slip"), (CREDENTIAL, "credential"), (GATE, "gate"), (ENROLMENT, "enrolment")],
)
def test_each_kind_of_ours_is_valid(text, kind):
    assert codes.verify_text(text, TRUST, NOW).kind == codes.kind_of_text(text) == kind


def test_a_pass_says_who_came_why_and_under_which_filing():
    claims = codes.verify_text(PASS, TRUST, NOW).claims
    assert claims["credential"]["name"] == "欧阳建国"
    assert claims["credential"]["kid"] == PHONE.kid.hex()
    assert claims["slip"]["window"] == ["2026-11-02", "2026-11-30"]
    assert (claims["enterprise"], claims["verdict"], claims["at"]) == (USCC, "allow_exception", "2026-11-10T01:30:00Z")


def test_a_pass_without_a_slip_is_genuine_and_says_nothing_of_a_filing():
    assert codes.verify_text(passed(slip=None), TRUST, NOW).claims["slip"] is None


def test_the_gate_code_says_which_gate_and_the_enrolment_code_keeps_its_secret():
    assert codes.verify_text(GATE, TRUST, NOW).claims == {"uscc": USCC, "gate": 1}
    assert SECRET.hex() not in str(codes.verify_text(ENROLMENT, TRUST, NOW).claims)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", "unreadable"),
        (" \n", "unreadable"),
        ("\x00\x01", "unreadable"),
        ("\ud800", "unreadable"),
        ("1" * 5_000, "unreadable"),
        ("hello", "unknown_format"),
        ("https://example.com/", "unknown_format"),
        ("https://example.com/menu?table=5", "unknown_format"),
        (f"http://{HOST}/e/{USCC}-1", "unknown_format"),
        (f"https://{HOST}/x/123", "unknown_format"),
        (GATE.replace(HOST, "evil.example"), "wrong_host"),
        (PASS.replace(HOST, "evil.example"), "wrong_host"),
        (PASS.replace(HOST, f"{HOST}@evil.example"), "wrong_host"),
        (PASS.replace(HOST, f"{HOST}.evil.example"), "wrong_host"),
        (GATE[:-1], "badly_formed"),
        (GATE + "/", "badly_formed"),
        (GATE[:-1] + "01", "badly_formed"),
        (f"https://{HOST}/e/{USCC[:-1]}{'0' if USCC[-1] != '0' else '1'}-1", "badly_formed"),
        (f"https://{HOST}/v/", "badly_formed"),
        (f"https://{HOST}/v/0123", "badly_formed"),
        (f"https://{HOST}/v/١٢٣", "badly_formed"),
        (f"https://{HOST}/v/256", "badly_formed"),
        (PASS + "0", "badly_formed"),
        (PASS + "?a=1", "badly_formed"),
        (SLIP.replace("/s/", "/v/"), "badly_formed"),
        (PASS.replace("/v/", "/s/"), "badly_formed"),
        (ENROLMENT[:-1], "badly_formed"),
        (ENROLMENT[:-1] + "U", "badly_formed"),
    ],
)
def test_what_is_not_a_code_of_ours_is_refused_for_its_own_reason(text, wanted):
    assert status(text) == wanted


def test_another_countys_certificate_is_an_unknown_key():
    assert status(PASS, replace(TRUST, root=STRANGER.public)) == "unknown_key"
    assert status(ENROLMENT, replace(TRUST, root=STRANGER.public)) == "unknown_key"


def test_a_credential_of_another_servers_key_is_an_unknown_key():
    other = codes.Trust(ROOT.public, HOST, frozenset(), NOW)
    assert status(passed(certificate=county.certificate(public_key=STRANGER.public)), other) == "unknown_key"


def test_a_pass_of_another_phone_is_an_unknown_key():
    assert status(passed(credential=county.credential(public_key=STRANGER.public))) == "unknown_key"


def test_any_single_bit_of_a_pass_slip_or_credential_changed_is_refused():
    for text, kind in ((PASS, "v"), (SLIP, "s"), (CREDENTIAL, "c")):
        raw = code_texts.digits_to_bytes(text.rsplit("/", 1)[1])
        for bit in range(len(raw) * 8):
            changed = f"https://{HOST}/{kind}/{code_texts.bytes_to_digits(flipped(raw, bit))}"
            assert status(changed) != "valid", (kind, bit)


@given(st.integers(0, 5_000), st.sampled_from("0123456789"))
def test_any_single_digit_of_a_pass_changed_is_refused(at, digit):
    start = len(PASS.rsplit("/", 1)[0]) + 1
    at = start + at % (len(PASS) - start)
    changed = PASS[:at] + digit + PASS[at + 1 :]
    assert (status(changed) == "valid") == (changed == PASS)


@given(st.text(max_size=60), st.sampled_from("envscx"))
def test_arbitrary_texts_get_one_of_the_twelve_statuses(text, letter):
    for whole in (text, f"https://{HOST}/{letter}/{text}"):
        assert status(whole) in codes.STATUSES


@given(st.binary(max_size=100), st.sampled_from("vsc"))
def test_arbitrary_bytes_in_digits_get_one_of_the_twelve_statuses(data, letter):
    assert status(f"https://{HOST}/{letter}/{code_texts.bytes_to_digits(data)}") in codes.STATUSES


def test_time_decides_between_not_yet_valid_and_expired():
    assert status(PASS, now=NOW - timedelta(minutes=3)) == "not_yet"
    assert status(PASS, now=NOW + timedelta(minutes=6)) == "expired"
    assert status(CREDENTIAL, now=NOW + timedelta(minutes=6)) == "valid"
    assert status(SLIP, now=NOW - 2 * LATER) == "not_yet"
    assert status(passed(credential=county.credential(exp=AT - 1))) == "expired"
    assert status(passed(certificate=county.certificate(nbf=AT + 3_600))) == "not_yet"
    assert status(passed(slip=county.slip(exp=AT - 1))) == "expired"


def test_a_revoked_phone_and_a_revoked_server_key_are_refused_also_after_their_time():
    for key in (PHONE, SERVER):
        revoked = replace(TRUST, revoked=frozenset({key.kid.hex()}))
        assert status(PASS, revoked) == status(CREDENTIAL, revoked) == "revoked"
        assert status(CREDENTIAL, replace(revoked, issued_at=NOW + 200 * LATER), NOW + 200 * LATER) == "revoked"
    assert status(SLIP, replace(TRUST, revoked=frozenset({PHONE.kid.hex()}))) == "valid"


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({"enterprise": "91330326MA2BBBBB0X"}, "badly_formed"),
        ({"purpose": "service"}, "badly_formed"),
        ({"officers": ("P-0009",)}, "badly_formed"),
        ({"county": "330327"}, "badly_formed"),
        ({"window": (date(2026, 11, 11), date(2026, 11, 30))}, "not_yet"),
        ({"window": (date(2026, 11, 1), date(2026, 11, 9))}, "expired"),
        ({"window": (date(2026, 11, 10), date(2026, 11, 10))}, "valid"),
    ],
)
def test_a_slip_for_another_visit_does_not_cover_this_one(changes, wanted):
    assert status(passed(slip=county.slip(**changes))) == wanted


def test_a_credential_of_another_county_is_refused():
    assert status(passed(credential=county.credential(county="330327"))) == "badly_formed"


def test_a_trust_of_over_seven_days_is_too_old_but_any_other_reason_comes_first():
    week_old = replace(TRUST, issued_at=NOW - timedelta(days=7))
    older = replace(TRUST, issued_at=NOW - timedelta(days=7, seconds=1))
    assert status(PASS, week_old) == "valid"
    assert status(PASS, older) == status(GATE, older) == "trust_too_old"
    assert status(PASS, older, NOW + timedelta(minutes=6)) == "expired"
    assert status(PASS, replace(older, revoked=frozenset({PHONE.kid.hex()}))) == "revoked"


def test_scheme_and_host_are_read_in_any_case():
    assert status(GATE.replace("https", "HTTPS").replace(HOST, HOST.upper())) == "valid"


@pytest.mark.parametrize(
    "change",
    [
        str.lower,
        lambda text: text.replace("-", " "),
        lambda text: text.replace("0", "O"),
        lambda text: text.replace("-", "—"),
        lambda text: "\ufeff" + text.replace("-", "\u200b－") + "\n",
        lambda text: "".join(chr(ord(mark) + 0xFEE0) for mark in text),
    ],
    ids=["small", "spaces", "letter O", "dashes", "unseen marks", "full width"],
)
def test_an_enrolment_code_may_be_typed_as_people_type(change):
    typed = codes.enrolment_typed(SECRET, codes.root_fingerprint(ROOT.public))
    assert codes.read_typed_enrolment(change(typed)) == codes.EnrolmentCode(SECRET, codes.root_fingerprint(ROOT.public))


@given(st.binary(min_size=10, max_size=10))
def test_an_enrolment_code_reads_back_with_its_lookalikes(raw):
    typed = codes.enrolment_typed(raw[:5], raw[5:])
    wanted = codes.EnrolmentCode(raw[:5], raw[5:])
    assert codes.read_typed_enrolment(typed) == wanted
    assert codes.read_typed_enrolment(typed.replace("1", "l").replace("0", "o")) == wanted
    assert codes.read_code(codes.enrolment_text(HOST, raw[:5], raw[5:]), HOST) == wanted


@given(st.text(max_size=24))
def test_anything_typed_is_an_enrolment_code_or_badly_formed(text):
    try:
        code = codes.read_typed_enrolment(text)
    except BadlyFormedError:
        return
    assert len(code.secret) == 5


@given(st.binary(max_size=900))
def test_bytes_read_back_from_digits(raw):
    assert code_texts.digits_to_bytes(code_texts.bytes_to_digits(raw)) == raw


def test_reading_names_the_error_that_a_screen_explains():
    for text, error in (
        ("", UnreadableError),
        ("hello", UnknownFormatError),
        (GATE.replace(HOST, "evil.example"), WrongHostError),
        (GATE + "x", BadlyFormedError),
    ):
        with pytest.raises(error):
            codes.read_code(text, HOST)


@pytest.mark.parametrize(
    ("uscc", "no"), [("91330326MA2AAAAA50", 1), ("", 1), (USCC.lower(), 1), (USCC, 0), (USCC, 10_000)]
)
def test_a_gate_code_that_could_not_be_read_is_not_printed(uscc, no):
    with pytest.raises(BadlyFormedError):
        codes.gate_text(HOST, uscc, no)


def qr_version(text: str, level: int) -> int:
    code = qrcode.QRCode(error_correction=level)
    code.add_data(text)
    code.make(fit=True)
    return int(code.version)


@pytest.mark.parametrize("no", [1, 12, 123])
def test_a_gate_code_fits_version_5_at_level_q(no):
    text = codes.gate_text(HOST, USCC, no)
    assert len(text.encode()) <= 60
    assert qr_version(text, ERROR_CORRECT_Q) <= 5


def test_a_pass_with_the_longest_names_fits_version_20_at_level_l():
    credential = county.credential(
        name="欧阳建国",
        department="平阳县农业农村综合行政执法局",
        unit="昆阳镇综合行政执法大队一中队",
        licence="33032600012345",
    )
    slip = county.slip(officers=("P-0001", "P-0002", "P-0003", "P-0004"))
    visit = county.visit_pass(ground="invited")
    text = passed(credential=credential, slip=slip, visit_pass=visit)
    assert qr_version(text, ERROR_CORRECT_L) <= 20


def test_four_words_stand_for_a_key():
    assert len(words.WORDS) == len(set(words.WORDS)) == 256
    assert all(len(word) == 2 for word in words.WORDS)
    fingerprint = suite.fingerprint(PHONE.public)
    assert words.four_words(PHONE.public) == tuple(words.WORDS[byte] for byte in fingerprint[:4])
    assert words.four_words(PHONE.public) != words.four_words(STRANGER.public)
