"""Certificate, credential, slip and pass: what each says, and that no bit, issuer or hour but the right one will do."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared_models import cbor, claims, cose, facts, filing
from shared_models import credential as vouching
from shared_models.errors import (
    BadKeyError,
    BadlyFormedError,
    ExpiredError,
    NotYetError,
    SignatureMismatchError,
    UnknownKeyError,
    UnsupportedError,
    ZhuqiError,
)
from tests.core import county_keys as county
from tests.core.county_keys import AT, CERTIFICATE, CREDENTIAL, NOW, PASS, PHONE, ROOT, SERVER, SLIP, STRANGER, flipped

SIGNED = {
    "certificate": (county.certificate(), vouching.open_certificate, ROOT, CERTIFICATE),
    "credential": (county.credential(), vouching.open_credential, SERVER, CREDENTIAL),
    "slip": (county.slip(), vouching.open_slip, SERVER, SLIP),
    "pass": (county.visit_pass(), vouching.open_pass, PHONE, PASS),
}
KINDS = pytest.mark.parametrize("kind", SIGNED)
SECONDS = st.integers(0, 253_402_300_799)
TEXTS = st.text(st.characters(codec="utf-8"), max_size=20)


@KINDS
def test_it_opens_as_it_was_signed(kind):
    data, open_it, key, value = SIGNED[kind]
    assert open_it(data, key.public, NOW) == value


@KINDS
def test_it_is_refused_with_any_single_bit_changed(kind):
    data, open_it, key, _ = SIGNED[kind]
    for bit in range(len(data) * 8):
        with pytest.raises(ZhuqiError):
            open_it(flipped(data, bit), key.public, None)


@KINDS
def test_it_is_refused_from_anybody_else(kind):
    data, open_it, key, _ = SIGNED[kind]
    with pytest.raises(UnknownKeyError):
        open_it(data, STRANGER.public, NOW)
    sign1 = cose.parse(data)
    forged = cose.assemble(sign1.protected, sign1.payload, STRANGER.sign(b"anything"))
    with pytest.raises(SignatureMismatchError):
        open_it(forged, key.public, NOW)


@KINDS
def test_one_does_not_pass_as_another(kind):
    data, _, _, _ = SIGNED[kind]
    for other in SIGNED.keys() - {kind}:
        _, open_it, key, _ = SIGNED[other]
        with pytest.raises(ZhuqiError):
            open_it(data, key.public, NOW)


@KINDS
@given(data=st.binary(max_size=120))
def test_arbitrary_claims_are_refused_with_our_error_although_they_are_signed(kind, data):
    _, open_it, key, _ = SIGNED[kind]
    aad = f"zhuqi/{kind}/1".encode()
    with pytest.raises(ZhuqiError):
        open_it(cose.sign(data, aad=aad, kid=key.kid, sign=key.sign), key.public, None)


@KINDS
@given(data=st.data())
def test_claims_of_another_type_are_refused_with_our_error(kind, data):
    signed, open_it, key, _ = SIGNED[kind]
    plain = cbor.decode(cose.parse(signed).payload)
    inner = plain if data.draw(st.booleans()) else plain.get(claims.OURS, plain)
    strange = st.sampled_from([None, -1, 2**62, "text", b"bytes", [], {}, [1], {1: 1}, True])
    at = data.draw(st.sampled_from(sorted(inner)))
    inner[at] = data.draw(strange)
    changed = cose.sign(cbor.encode(plain), aad=f"zhuqi/{kind}/1".encode(), kid=key.kid, sign=key.sign)
    try:
        open_it(changed, key.public, NOW)
    except ZhuqiError:
        return
    assert type(inner[at]) in (type(None), str, int, list)  # what the claim may be, as null where it is optional


@given(st.data())
def test_any_credential_and_slip_read_back(data):
    text = lambda: data.draw(TEXTS)  # noqa: E731
    credential = replace(
        CREDENTIAL,
        officer=text(),
        name=text(),
        unit=text(),
        licence=data.draw(st.none() | TEXTS),
        nbf=data.draw(SECONDS),
        exp=data.draw(SECONDS),
        keystore=data.draw(st.sampled_from(vouching.KEYSTORES.words)),
    )
    signed = vouching.sign_credential(credential, issuer=SERVER.public, sign=SERVER.sign)
    assert vouching.open_credential(signed, SERVER.public, None) == credential
    slip = replace(
        SLIP,
        filing=text(),
        exception=data.draw(st.none() | TEXTS | st.sampled_from(vouching.EXCEPTIONS.words)),
        officers=tuple(data.draw(st.lists(TEXTS, max_size=4))),
        window=(data.draw(st.dates()), data.draw(st.dates())),
    )
    assert vouching.open_slip(county.slip(**_fields(slip)), SERVER.public, None) == slip


def _fields(slip: vouching.Slip) -> dict[str, object]:
    return {name: getattr(slip, name) for name in ("filing", "exception", "officers", "window")}


def test_the_words_of_a_pass_are_those_of_the_rules():
    assert set(vouching.PURPOSES.words) == {purpose.value for purpose in filing.Purpose}
    assert set(vouching.GROUNDS.words) == {ground.value for ground in facts.Ground}
    assert set(vouching.VERDICTS.words) == {decision.value for decision in facts.Decision}


@pytest.mark.parametrize(
    "changes", [{"purpose": "raid"}, {"ground": "bored"}, {"verdict": "perhaps"}, {"purpose": ""}, {"verdict": "Allow"}]
)
def test_an_unknown_word_is_not_signed(changes):
    with pytest.raises(BadlyFormedError):
        county.visit_pass(**changes)


def test_a_word_from_a_newer_app_is_unsupported():
    plain = cbor.decode(cose.parse(county.visit_pass()).payload)
    plain[claims.OURS][5] = 99
    newer = cose.sign(cbor.encode(plain), aad=cose.AAD_PASS, kid=PHONE.kid, sign=PHONE.sign)
    with pytest.raises(UnsupportedError):
        vouching.open_pass(newer, PHONE.public, NOW)


def test_a_key_of_small_order_is_not_certified():
    with pytest.raises(BadKeyError):
        county.certificate(public_key=bytes(32))


@pytest.mark.parametrize("kind", ["certificate", "credential", "slip"])
def test_it_is_valid_from_its_first_second_until_just_before_its_last(kind):
    data, open_it, key, value = SIGNED[kind]
    first = claims.instant_of(value.iat if kind == "slip" else value.nbf)
    end = claims.instant_of(value.exp)
    early = timedelta(seconds=claims.EARLY_SECONDS)
    moment = timedelta(milliseconds=1)
    for now in (first, first - early, end - moment):
        open_it(data, key.public, now)
    with pytest.raises(NotYetError):
        open_it(data, key.public, first - early - moment)
    for now in (end, end + timedelta(days=400)):
        with pytest.raises(ExpiredError):
            open_it(data, key.public, now)
    open_it(data, key.public, None)


def test_a_pass_is_good_from_two_minutes_before_it_was_made_to_five_after():
    made = claims.instant_of(AT)
    for seconds in (-120, 0, 299, 300):
        vouching.open_pass(county.visit_pass(), PHONE.public, made + timedelta(seconds=seconds))
    with pytest.raises(NotYetError):
        vouching.open_pass(county.visit_pass(), PHONE.public, made - timedelta(seconds=121))
    with pytest.raises(ExpiredError):
        vouching.open_pass(county.visit_pass(), PHONE.public, made + timedelta(seconds=301))


def test_an_online_reader_takes_five_minutes_either_way():
    made = claims.instant_of(AT)
    vouching.open_pass(county.visit_pass(), PHONE.public, made - timedelta(seconds=300), early_seconds=300)
    with pytest.raises(NotYetError):
        vouching.open_pass(county.visit_pass(), PHONE.public, made - timedelta(seconds=301), early_seconds=300)


@pytest.mark.parametrize("exp", [AT, AT - 1, AT + 301, AT + 86_400])
def test_a_pass_cannot_give_itself_more_time(exp):
    with pytest.raises(BadlyFormedError):
        vouching.open_pass(county.visit_pass(exp=exp), PHONE.public, NOW)


def test_days_far_away_are_written_and_impossible_ones_refused():
    for day in (date.min, date.max):
        assert vouching.open_slip(county.slip(window=(day, day)), SERVER.public, NOW).window == (day, day)
    plain = cbor.decode(cose.parse(county.slip()).payload)
    plain[claims.OURS][4] = 10**9
    impossible = cose.sign(cbor.encode(plain), aad=cose.AAD_SLIP, kid=SERVER.kid, sign=SERVER.sign)
    with pytest.raises(BadlyFormedError):
        vouching.open_slip(impossible, SERVER.public, NOW)
