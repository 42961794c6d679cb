"""What is accepted is ours to say: the strict check before any library, and a suite that can grow."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared_models import cose, record, suite
from shared_models.errors import BadKeyError, BadlyFormedError, SignatureMismatchError, UnsupportedError, ZhuqiError
from tests.core import rfc8032
from tests.core.county_keys import PHONE, RECORD, STRANGER, flipped

MESSAGE = b"a visit"


def small_order_points() -> list[bytes]:
    """Every encoding of the eight points of small order, found by arithmetic: [L]Q is one of them for any Q."""
    found: set[bytes] = set()
    y = 2
    while len(found) < 8:
        point = rfc8032.decode(y.to_bytes(32, "little"))
        y += 1
        if point is None:
            continue
        torsion = rfc8032.multiply(rfc8032.L, point)
        for times in range(8):
            x, y_, z, _ = rfc8032.multiply(times, torsion)
            inverse = pow(z, -1, rfc8032.P)
            x, y_ = x * inverse % rfc8032.P, y_ * inverse % rfc8032.P
            found.add((y_ | (x & 1) << 255).to_bytes(32, "little"))
    return sorted(found)


def test_the_suite_refuses_every_point_of_small_order():
    points = small_order_points()
    assert len(points) == 8
    for point in points:
        for encoded in (point, flipped(point, 255)):
            with pytest.raises(BadKeyError):
                suite.check_public_key(encoded)
            with pytest.raises(SignatureMismatchError):
                suite.check_signature(encoded + bytes(32))


@pytest.mark.parametrize("y", [rfc8032.P, rfc8032.P + 1, rfc8032.P + 2, 2**255 - 1])
@pytest.mark.parametrize("sign", [0, 1])
def test_a_coordinate_that_is_not_reduced_is_refused(y, sign):
    encoded = (y | sign << 255).to_bytes(32, "little")
    with pytest.raises(BadKeyError):
        suite.check_public_key(encoded)
    with pytest.raises(SignatureMismatchError):
        suite.check_signature(encoded + bytes(32))


def test_a_signature_with_the_group_order_added_to_s_is_refused():
    signature = PHONE.sign(MESSAGE)
    s = int.from_bytes(signature[32:], "little")
    suite.verify(PHONE.public, MESSAGE, signature)
    with pytest.raises(SignatureMismatchError):
        suite.verify(PHONE.public, MESSAGE, signature[:32] + (s + rfc8032.L).to_bytes(32, "little"))


@given(st.binary(max_size=64), st.integers(0, 511))
def test_a_signature_with_one_bit_changed_is_refused(message, bit):
    with pytest.raises(SignatureMismatchError):
        suite.verify(PHONE.public, message, flipped(PHONE.sign(message), bit))


@given(st.binary(max_size=120), st.binary(max_size=120))
def test_arbitrary_keys_and_signatures_are_refused_with_our_error(key, signature):
    with pytest.raises(ZhuqiError):
        suite.verify(key, MESSAGE, signature)


def test_a_key_that_is_on_no_curve_is_refused_as_a_mismatch():
    off_curve = next(
        y.to_bytes(32, "little") for y in range(2, 100) if rfc8032.decode(y.to_bytes(32, "little")) is None
    )
    with pytest.raises(SignatureMismatchError):
        suite.verify(off_curve, MESSAGE, PHONE.sign(MESSAGE))


def test_ed448_sizes_are_unsupported_and_others_malformed():
    with pytest.raises(UnsupportedError):
        suite.check_signature(bytes(114))
    with pytest.raises(UnsupportedError):
        suite.check_public_key(bytes(57))
    with pytest.raises(BadlyFormedError):
        suite.check_signature(bytes(63))
    with pytest.raises(BadlyFormedError):
        suite.check_public_key(bytes(31))


def test_kid_is_the_start_of_the_keys_digest():
    assert suite.kid_of(PHONE.public) == hashlib.sha256(PHONE.public).digest()[:8]


def test_a_cose_key_reads_back_and_foreign_ones_are_refused():
    assert suite.public_key_of(suite.cose_key(PHONE.public)) == PHONE.public
    good = suite.cose_key(PHONE.public)
    with pytest.raises(UnsupportedError):
        suite.public_key_of(good | {-1: 7})
    with pytest.raises(BadKeyError):
        suite.public_key_of(good | {-2: bytes(32)})
    for bad in (None, {}, good | {-2: "text"}, good | {5: 1}, good | {-2: b"short"}):
        with pytest.raises(BadlyFormedError):
            suite.public_key_of(bad)


def toy_tag(key: bytes, message: bytes) -> bytes:
    return hmac.digest(key, message, "sha256")


def toy_verify(key: bytes, message: bytes, signature: bytes) -> None:
    if not hmac.compare_digest(toy_tag(key, message), signature):
        raise SignatureMismatchError


TOY = suite.Profile(
    name="toy",
    alg=-70_000,
    key_type=4,
    curve=0,
    key_bytes=20,
    signature_bytes=32,
    check_public_key=lambda _key: None,
    check_signature=lambda _signature: None,
    verify=toy_verify,
    note_type=0xFE,
    cosignature_type=0xFD,
)


def test_a_second_suite_seals_records_and_nothing_else_needs_to_know_it():
    key = b"a toy key of 20 byte"
    of_toy = replace(RECORD, author=suite.kid_of(key))
    with suite.registered(TOY):
        envelope = record.seal(of_toy, toy_tag(key, record.to_be_signed(of_toy, TOY.alg)), TOY.alg)
        assert record.open_record(envelope, key) == of_toy
        assert envelope == record.sign(of_toy, lambda message: toy_tag(key, message), TOY.alg)
        assert suite.public_key_of(suite.cose_key(key, TOY.alg)) == key
        with pytest.raises(SignatureMismatchError):
            record.open_record(flipped(envelope, len(envelope) * 8 - 1), key)
    with pytest.raises(UnsupportedError):
        record.open_record(envelope, key)


def test_a_known_algorithm_cannot_be_replaced():
    with pytest.raises(UnsupportedError), suite.registered(replace(TOY, alg=suite.ED25519.alg)):
        pass


def test_a_strangers_signature_is_refused():
    envelope = cose.sign(b"payload", aad=b"aad", kid=PHONE.kid, sign=STRANGER.sign)
    with pytest.raises(SignatureMismatchError):
        cose.open_own(envelope, PHONE.public, b"aad")
