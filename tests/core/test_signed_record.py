"""The signed record, and the chain of one phone's records."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared_models import cbor, chain, cose, record
from shared_models.errors import (
    BadlyFormedError,
    ChainForkError,
    ChainGapError,
    SignatureMismatchError,
    TooLargeError,
    UnknownKeyError,
    ZhuqiError,
)
from shared_models.record import Record, Seen
from tests.core.county_keys import PHONE, RECORD, STRANGER, flipped
from tests.core.county_keys import record as sealed
from tests.core.test_canonical_cbor import PLAIN, TEXTS

COUNTS = st.integers(0, 2**63 - 1)
HASHES = st.binary(min_size=32, max_size=32)
RECORDS = st.builds(
    Record,
    v=COUNTS,
    kind=st.text(st.characters(codec="utf-8"), min_size=1, max_size=64),
    author=st.just(PHONE.kid),
    seq=COUNTS,
    prev=st.none() | HASHES,
    visit=st.none() | st.binary(min_size=16, max_size=16),
    at=COUNTS,
    seen=st.none() | st.builds(Seen, COUNTS, HASHES, COUNTS),
    body=st.dictionaries(TEXTS, PLAIN, max_size=4),
)


@given(RECORDS)
def test_a_sealed_record_opens_as_it_was_also_of_an_unknown_kind(value):
    envelope = record.sign(value, PHONE.sign)
    assert record.open_record(envelope, PHONE.public) == value
    assert record.peek(envelope) == value
    assert record.seal(value, PHONE.sign(record.to_be_signed(value))) == envelope


@given(st.integers(0, len(sealed()) * 8 - 1))
def test_a_record_with_any_single_bit_changed_is_refused(bit):
    with pytest.raises(ZhuqiError):
        record.open_record(flipped(sealed(), bit), PHONE.public)


@given(st.binary(max_size=200))
def test_arbitrary_bytes_are_refused_with_our_error(data):
    with pytest.raises(ZhuqiError):
        record.peek(data)
    with pytest.raises(ZhuqiError):
        record.decode(data)


def test_the_id_is_the_digest_of_the_envelope():
    assert record.record_id(sealed()) == hashlib.sha256(sealed()).digest()


def test_the_bytes_do_not_depend_on_the_order_of_the_bodys_keys():
    turned = dict(reversed(RECORD.body.items()))
    assert record.encode(replace(RECORD, body=turned)) == record.encode(RECORD)


def test_a_record_of_another_author_is_refused_although_it_is_signed_well():
    strangers = record.sign(replace(RECORD, author=STRANGER.kid), STRANGER.sign)
    with pytest.raises(UnknownKeyError):
        record.open_record(strangers, PHONE.public)
    with pytest.raises(SignatureMismatchError):
        record.open_record(record.sign(RECORD, STRANGER.sign), PHONE.public)


def test_a_kid_that_is_not_the_authors_is_refused():
    envelope = cose.sign(record.encode(RECORD), aad=cose.AAD_RECORD, kid=STRANGER.kid, sign=PHONE.sign)
    for read in (record.peek, lambda data: record.open_record(data, PHONE.public)):
        with pytest.raises(UnknownKeyError):
            read(envelope)


def test_the_author_is_looked_up_in_the_same_reading():
    keys = {PHONE.kid: PHONE.public}
    assert record.open_with(sealed(), keys.get) == RECORD
    with pytest.raises(UnknownKeyError):
        record.open_with(record.sign(replace(RECORD, author=STRANGER.kid), STRANGER.sign), keys.get)
    with pytest.raises(UnknownKeyError):
        record.open_with(sealed(), lambda _kid: STRANGER.public)


def test_a_record_of_64_kib_fits_and_one_byte_more_does_not():
    room = record.MAX_ENVELOPE_BYTES - len(sealed(body={"b": b"\x00" * 40_000})) + 40_000
    fits = sealed(body={"b": b"\x00" * room})
    assert len(fits) == record.MAX_ENVELOPE_BYTES
    assert record.open_record(fits, PHONE.public).body == {"b": b"\x00" * room}
    with pytest.raises(TooLargeError):
        sealed(body={"b": b"\x00" * (room + 1)})
    with pytest.raises(TooLargeError):
        record.seal(replace(RECORD, body={"b": b"\x00" * (room + 1)}), bytes(64))
    with pytest.raises(TooLargeError):
        record.open_record(fits + b"\x00", PHONE.public)


@pytest.mark.parametrize(
    "changes",
    [
        {"v": -1},
        {"v": True},
        {"v": "1"},
        {"kind": ""},
        {"kind": "x" * 65},
        {"kind": b"opened"},
        {"author": b"\x00" * 7},
        {"seq": 2**63},
        {"seq": None},
        {"prev": b"\x00" * 31},
        {"prev": "text"},
        {"visit": b"\x00" * 15},
        {"at": -1},
        {"at": 1.5},
        {"seen": {"size": 1, "root": b"\x00" * 31, "issued_at": 1}},
        {"seen": {"size": -1, "root": b"\x00" * 32, "issued_at": 1}},
        {"seen": {"size": 1, "root": b"\x00" * 32}},
        {"seen": [1, b"\x00" * 32, 1]},
        {"body": []},
        {"body": {1: 2}},
        {"body": None},
        {"extra": 1},
    ],
)
def test_a_field_of_another_type_or_size_is_refused_when_read(changes):
    plain = cbor.decode(record.encode(RECORD)) | changes
    try:
        payload = cbor.encode(plain)
    except BadlyFormedError:
        return  # not even CBOR of ours
    with pytest.raises(BadlyFormedError):
        record.decode(payload)


@pytest.mark.parametrize("changes", [{"kind": ""}, {"author": b""}, {"seq": -1}, {"prev": b"x"}, {"body": {1: 1}}])
def test_what_could_not_be_read_is_not_signed(changes):
    with pytest.raises(BadlyFormedError):
        record.sign(replace(RECORD, **changes), PHONE.sign)


def links(count: int) -> list[chain.Link]:
    made: list[chain.Link] = []
    for seq in range(1, count + 1):
        made.append(chain.Link(seq, bytes([seq]) * 32, made[-1].id if made else None))
    return made


def test_a_chain_is_followed_from_its_first_record():
    head = None
    for link in links(5):
        chain.check_next(head, link)
        head = link


def test_a_missing_record_is_a_gap():
    one, _, three, *_ = links(3)
    with pytest.raises(ChainGapError) as caught:
        chain.check_next(one, three)
    assert caught.value.seq == 3
    with pytest.raises(ChainGapError):
        chain.check_next(None, three)


def test_a_second_record_in_one_place_or_with_another_past_is_a_fork():
    one, two, _ = links(3)
    for head, link in (
        (two, replace(two, id=b"\xff" * 32)),
        (two, one),
        (one, replace(two, prev=b"\xff" * 32)),
        (one, replace(two, prev=None)),
        (None, replace(one, prev=b"\xff" * 32)),
    ):
        with pytest.raises(ChainForkError):
            chain.check_next(head, link)


def test_gaps_are_named_by_their_first_and_last_number():
    chosen = [link for link in links(9) if link.seq in (2, 3, 7, 9)]
    assert chain.gaps(chosen) == ((1, 1), (4, 6), (8, 8))
    assert chain.gaps(links(9)) == chain.gaps([]) == ()


def test_forks_are_shown_with_all_their_branches():
    whole = links(4)
    twin = replace(whole[1], id=b"\xff" * 32)
    stray = replace(whole[3], prev=b"\xee" * 32)
    assert chain.forks(whole) == chain.forks([]) == chain.forks(whole + whole) == ()
    assert chain.forks([*whole, twin]) == ((whole[1], twin),)
    assert chain.forks([*whole[:3], stray]) == ((stray,),)
    assert chain.forks([replace(whole[0], prev=b"\x01" * 32)]) != ()


@given(st.integers(1, 12), st.data())
def test_what_a_chain_lost_is_exactly_its_gaps(count, data):
    whole = links(count)
    kept = [link for link in whole if data.draw(st.booleans())]
    missing = {seq for first, last in chain.gaps(kept) for seq in range(first, last + 1)}
    top = max((link.seq for link in kept), default=0)
    assert missing == {link.seq for link in whole if link.seq < top} - {link.seq for link in kept}
