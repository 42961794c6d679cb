"""COSE_Sign1: what the envelope holds, and what it refuses before any signature is looked at."""

from __future__ import annotations

import cbor2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared_models import cbor, cose
from shared_models.errors import (
    BadlyFormedError,
    NotSign1Error,
    SignatureMismatchError,
    TooLargeError,
    UnknownKeyError,
    UnsupportedError,
    ZhuqiError,
)
from tests.core.county_keys import PHONE, STRANGER, flipped

AAD = b"zhuqi/test/1"


def sealed(payload: bytes = b"payload") -> bytes:
    return cose.sign(payload, aad=AAD, kid=PHONE.kid, sign=PHONE.sign)


def foreign(
    protected: object = None, unprotected: object = None, payload: object = b"payload", tag: int | None = 18
) -> bytes:
    """A message of anybody's making, properly signed where that is possible."""
    headers = protected if isinstance(protected, bytes) else cbor2.dumps({1: -8} if protected is None else protected)
    body = payload if isinstance(payload, bytes) else b""
    signature = PHONE.sign(cose.to_be_signed(headers, body, AAD))
    message = [headers, {} if unprotected is None else unprotected, payload, signature]
    return cbor2.dumps(message if tag is None else cbor2.CBORTag(tag, message))


def check(data: bytes) -> None:
    cose.verify(cose.parse(data), PHONE.public, AAD)


@given(st.binary(max_size=300))
def test_what_is_sealed_opens(payload):
    assert cose.open_own(sealed(payload), PHONE.public, AAD) == payload


@given(st.binary(max_size=300), st.binary(max_size=40), st.binary(max_size=40))
def test_the_signed_bytes_are_those_of_the_standard(protected, aad, payload):
    assert cose.to_be_signed(protected, payload, aad) == cbor2.dumps(["Signature1", protected, aad, payload])


def test_the_sealed_bytes_are_canonical_cbor():
    value = cbor2.loads(sealed())
    assert value.tag == 18
    assert sealed() == cbor2.dumps(cbor2.CBORTag(18, list(value.value)))


@given(st.integers(0, len(sealed()) * 8 - 1))
def test_any_single_bit_changed_is_refused(bit):
    with pytest.raises(ZhuqiError):
        cose.open_own(flipped(sealed(), bit), PHONE.public, AAD)


@given(st.binary(max_size=200))
def test_arbitrary_bytes_are_refused_with_our_error(data):
    for start in (b"", b"\xd2\x84", b"\xd2\x84\x43\xa1\x01\x27"):
        with pytest.raises(ZhuqiError):
            cose.parse(start + data + b"\x00")


@given(st.data())
def test_a_torn_envelope_is_refused(data):
    end = data.draw(st.integers(0, len(sealed()) - 1))
    with pytest.raises(BadlyFormedError):
        cose.parse(sealed()[:end])


def test_one_kind_of_message_does_not_pass_as_another():
    with pytest.raises(SignatureMismatchError):
        cose.open_own(sealed(), PHONE.public, cose.AAD_RECORD)


def test_a_wrong_kid_is_refused_although_the_key_verifies():
    data = cose.sign(b"payload", aad=AAD, kid=STRANGER.kid, sign=PHONE.sign)
    cose.verify(cose.parse(data), PHONE.public, AAD)
    with pytest.raises(UnknownKeyError):
        cose.open_own(data, PHONE.public, AAD)


def test_messages_of_others_are_read_with_and_without_tag_and_with_their_headers():
    check(foreign())
    check(foreign(tag=None))
    check(foreign({1: -8, 3: 0}, {4: b"11"}))
    check(foreign({1: -8, 2: [3], 3: 0}))
    assert cose.parse(foreign({1: -8, 4: b"k"})).kid == b"k"


@pytest.mark.parametrize("tag", [16, 17, 96, 97, 98])
def test_other_cose_messages_are_refused_as_such(tag):
    with pytest.raises(NotSign1Error):
        cose.parse(foreign(tag=tag))


@pytest.mark.parametrize(
    "data",
    [
        foreign({1: -7}),  # ES256
        foreign({1: "unknown"}),
        foreign({1: -999}),
        foreign({}, {1: -8}),  # an algorithm that nobody signed
        foreign(b"", {1: -8}),
        foreign({1: [1]}),
        foreign({1: -8, 2: [99], 99: 1}),  # critical and not known
        foreign({1: -8, 2: ["zhuqi"], "zhuqi": 1}),
        foreign(tag=998),
    ],
)
def test_what_this_profile_does_not_have_is_unsupported(data):
    with pytest.raises(UnsupportedError):
        check(data)


@pytest.mark.parametrize(
    "data",
    [
        foreign(unprotected={2: [3]}),  # critical, but unprotected
        foreign({1: -8, 2: []}),
        foreign({1: -8, 2: 3}),
        foreign({1: -8, 2: [3]}),  # names a header that is not there
        foreign({1: -8, 2: [[3]], 3: 0}),
        foreign({1: -8, 4: "text"}),
        foreign(unprotected={4: 11}),
        foreign({1: -8, 4: b"1"}, {4: b"2"}),  # a header twice
        foreign(b"\x80"),
        foreign(b"\xa1\x01\x27\x00"),
        foreign(b"\xa2\x01\x27\x01\x27"),
        foreign(b"\xa1\x01\x38\x07"),  # -8 in two bytes
        foreign(payload=None),  # detached
        foreign(payload="text"),
        foreign(unprotected=[]),
        foreign() + b"\x00",
        b"\xd8\x12" + foreign(tag=None),  # the tag in two bytes
        b"\xd2" + foreign(),
        cbor2.dumps([b"\xa1\x01\x27", {}, b""]),
        b"\xd2\x84\x43\xa1\x01\x27\xbf\xff\x40\x58\x40" + bytes(64),  # an indefinite map
    ],
)
def test_what_is_not_of_the_shape_is_badly_formed(data):
    with pytest.raises(BadlyFormedError):
        check(data)


@pytest.mark.parametrize(
    "data",
    [
        foreign({1: -8, 4: PHONE.kid}, tag=None),
        foreign({1: -8, 4: PHONE.kid}, {3: 0}),
        foreign({1: -8, 3: 0, 4: PHONE.kid}),
        foreign({1: -8}, {4: PHONE.kid}),
        foreign({1: -8, 4: PHONE.kid + b"\x00"}),
    ],
)
def test_our_own_envelopes_have_one_form_so_that_nobody_can_make_a_second_id_for_one_record(data):
    check(data)
    with pytest.raises(BadlyFormedError):
        cose.open_own(data, PHONE.public, AAD)


def test_the_limit_is_64_kib_unless_the_caller_says_more():
    data = sealed(b"\x00" * cbor.MAX_BYTES)
    with pytest.raises(TooLargeError):
        cose.parse(data)
    assert len(cose.open_own(data, PHONE.public, AAD, max_bytes=100_000)) == cbor.MAX_BYTES


def test_a_depth_bomb_in_the_headers_is_refused():
    bomb = b"\x81" * 20_000 + b"\x00"
    for data in (foreign(b"\xa1\x01" + bomb), b"\xd2\x84\x43\xa1\x01\x27\xa1\x05" + bomb + b"\x40\x40"):
        with pytest.raises(BadlyFormedError):
            cose.parse(data)
