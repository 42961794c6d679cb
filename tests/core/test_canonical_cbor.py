"""Deterministic CBOR: one value, one encoding, and only our error for everything else."""

from __future__ import annotations

import cbor2
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from shared_models import cbor
from shared_models.errors import BadlyFormedError, TooLargeError, ZhuqiError

INTEGERS = st.integers(-(2**63), 2**63 - 1)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
SCALARS = st.none() | st.booleans() | INTEGERS | st.binary(max_size=40) | TEXTS
PLAIN = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(TEXTS | INTEGERS, inner, max_size=6),
    max_leaves=25,
)


def read(hexadecimal: str) -> object:
    return cbor.decode(bytes.fromhex(hexadecimal))


def nested(depth: int) -> bytes:
    return b"\x81" * (depth - 1) + b"\x80"


@given(PLAIN)
def test_what_is_written_reads_back_as_it_was(value):
    assert cbor.decode(cbor.encode(value)) == value


@given(st.dictionaries(TEXTS | INTEGERS, SCALARS, max_size=12), st.randoms())
def test_bytes_do_not_depend_on_the_order_of_keys(value, random):
    pairs = list(value.items())
    random.shuffle(pairs)
    assert cbor.encode(dict(pairs)) == cbor.encode(value)


@given(st.dictionaries(TEXTS | INTEGERS, SCALARS, max_size=12))
def test_keys_sort_as_their_encodings_do(value):
    keys = [cbor2.dumps(key) for key in cbor.decode(cbor.encode(value))]
    assert keys == sorted(keys)


@given(st.binary(max_size=80))
@example(bytes.fromhex("d81c81d81d00"))
@example(b"\x9b" + b"\xff" * 8)
@example(b"\xbb" + b"\xff" * 8)
@example(b"\x5b" + b"\xff" * 8)
@example(b"\xc2\x5b" + b"\xff" * 8)
@example(b"\xd8\x23\x61\x28")
@example(b"\xc0\x61\x41")
@example(b"\xc4\x82\x1b" + b"\xff" * 8 + b"\x01")
def test_arbitrary_bytes_are_read_or_refused_with_our_error(data):
    try:
        value = cbor.decode(data)
    except ZhuqiError:
        return
    assert cbor.encode(value) == data


@given(PLAIN, st.data())
def test_torn_or_changed_bytes_never_escape_as_a_codec_error(value, data):
    raw = bytearray(cbor.encode([value, value]))
    del raw[data.draw(st.integers(0, len(raw))) :]
    if raw:
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    try:
        cbor.decode(bytes(raw))
    except ZhuqiError:
        return


@pytest.mark.parametrize(
    "hexadecimal",
    [
        "0000",  # a byte follows
        "",  # nothing
        "1800",  # longer than needed
        "190001",
        "5800",
        "a2010201 03",  # a key twice
        "a2616201616102",  # out of order
        "a22001 1818 02",  # -1 before 24
        "9f01ff",  # indefinite
        "5f4100ff",
        "7f6161ff",
        "bf0102ff",
        "f97e00",  # floats
        "fa3f800000",
        "fb3ff0000000000000",
        "f7",  # undefined
        "f0",  # simple values
        "f820",
        "c001",  # tags
        "d9d9f701",
        "d2840000",
        "c2420100",
        "c249010000000000000000",  # more than 64 bits
        "1bffffffffffffffff",
        "3bffffffffffffffff",
        "62c328",  # not UTF-8
        "63eda080",  # a lone surrogate
        "a1810102",  # keys of other kinds
        "a1a00102",
        "a1f501",
        "a1f601",
        "a1410001",
        "d81c81d81d00",  # a list that holds itself
    ],
)
def test_what_is_not_canonical_and_of_the_allowed_kinds_is_refused(hexadecimal):
    with pytest.raises(BadlyFormedError):
        read(hexadecimal)


def test_true_is_not_taken_for_one_where_both_are_keys():
    with pytest.raises(BadlyFormedError):
        read("a20101f502")


@pytest.mark.parametrize(
    "value", [1.0, 2**63, -(2**63) - 1, {True: 1}, {None: 1}, {b"": 1}, "\ud800", {1, 2}, object()]
)
def test_what_could_not_be_read_is_not_written(value):
    with pytest.raises(BadlyFormedError):
        cbor.encode([value])


def test_sixteen_levels_are_read_and_seventeen_refused():
    assert cbor.encode(cbor.decode(nested(16))) == nested(16)
    for deeper in (nested(17), b"\x81" * 60_000, b"\xa1\x00" * 30_000):
        with pytest.raises(BadlyFormedError):
            cbor.decode(deeper)


def test_shared_values_cannot_blow_up_the_reader():
    """A few hundred bytes that mean 10**12 items to a codec that follows the tags for shared values."""
    level = b"\x8a" + b"\xd8\x1d\x00" * 10
    with pytest.raises(BadlyFormedError):
        cbor.decode(b"\x8c" + b"".join(b"\xd8\x1c" + level for _ in range(12)))


def test_64_kib_are_read_and_one_byte_more_is_refused():
    fits = cbor.encode(b"\x00" * (cbor.MAX_BYTES - 3))
    assert len(cbor.decode(fits)) == cbor.MAX_BYTES - 3
    with pytest.raises(TooLargeError):
        cbor.decode(fits + b"\x00")


@given(st.lists(PLAIN, max_size=6))
def test_a_sequence_is_cut_where_its_items_end(items):
    parts = [cbor.encode(item) for item in items]
    assert cbor.split_sequence(b"".join(parts), max_bytes=100_000) == parts


def test_one_bad_item_does_not_hide_the_others_of_a_sequence():
    good = cbor.encode({"a": 1})
    bad = bytes.fromhex("a201020102")  # a key twice, but its end is plain to see
    assert cbor.split_sequence(good + bad + good, max_bytes=100) == [good, bad, good]


@given(st.binary(max_size=60))
def test_arbitrary_bytes_are_cut_or_refused_with_our_error(data):
    try:
        parts = cbor.split_sequence(data, max_bytes=60)
    except ZhuqiError:
        return
    assert b"".join(parts) == data


def test_a_sequence_over_the_limit_of_bytes_or_items_is_refused():
    with pytest.raises(TooLargeError):
        cbor.split_sequence(b"\x00" * 11, max_bytes=10)
    with pytest.raises(BadlyFormedError):
        cbor.split_sequence(b"\x00" * 11, max_bytes=11, max_items=10)
    with pytest.raises(BadlyFormedError):
        cbor.split_sequence(b"\x81" * 1_000, max_bytes=1_000)


@given(st.binary(max_size=70_000))
@example(b"\x00" * 23)
@example(b"\x00" * 24)
@example(b"\x00" * 255)
@example(b"\x00" * 256)
@example(b"\x00" * 65_535)
@example(b"\x00" * 65_536)
def test_byte_strings_written_by_hand_are_the_codecs(data):
    written = cbor.bytes_head(len(data)) + data
    assert written == cbor2.dumps(data)
    assert cbor.read_bytes(written, 0) == (data, len(written))
