"""What phones send: receipts, idempotence, and each kind of bad record."""

from __future__ import annotations

import hashlib
import secrets

import pytest

from shared_models import cbor
from shared_models.errors import BadlyFormedError, TooLargeError
from shared_models.log import verify_receipt
from shared_models.record import MAX_ENVELOPE_BYTES, Seen, record_id
from shared_models.visit import Guidance, LegalEducation, VisitClosed
from sync_server.county import County
from sync_server.enrolment.revoke_phone import revoke_phone
from sync_server.log.tree import log_size
from sync_server.log.writing import reading
from tests.server.towns import (
    PhoneInHand,
    at_gate,
    checkpoint_in,
    codes,
    enrolled,
    fetch,
    file,
    new_phone,
    send,
)


def size_of(county: County) -> int:
    with reading(county) as connection:
        return log_size(connection)


def test_every_record_gets_a_receipt_that_leads_to_the_checkpoint(town: County, phone: PhoneInHand) -> None:
    visit = secrets.token_bytes(16)
    envelopes = [phone.write("guidance_given", Guidance(str(n)), visit=visit) for n in range(7)]
    reply = send(town, *envelopes)
    checkpoint = checkpoint_in(town, reply.checkpoint)
    assert [receipt.id for receipt in reply.receipts] == [record_id(envelope) for envelope in envelopes]
    assert [receipt.index for receipt in reply.receipts] == list(range(checkpoint.size - 7, checkpoint.size))
    for receipt, envelope in zip(reply.receipts, envelopes, strict=True):
        verify_receipt(receipt, record_id(envelope), checkpoint)


def test_a_record_sent_again_keeps_its_one_leaf(town: County, phone: PhoneInHand) -> None:
    envelopes = [phone.write("guidance_given", Guidance(str(n))) for n in range(3)]
    first = send(town, *envelopes)
    more = phone.write("guidance_given", Guidance("more"))
    second = send(town, *envelopes, envelopes[0], more)
    assert [receipt.index for receipt in second.receipts[:3]] == [receipt.index for receipt in first.receipts]
    assert len(second.receipts) == 4
    verify_receipt(second.receipts[0], record_id(envelopes[0]), checkpoint_in(town, second.checkpoint))


def test_a_record_altered_by_one_bit_is_refused_and_the_others_are_taken(town: County, phone: PhoneInHand) -> None:
    good = [phone.write("guidance_given", Guidance(str(n))) for n in range(2)]
    altered = bytearray(good[0])
    altered[-1] ^= 1
    reply = send(town, bytes(altered), *good)
    assert len(reply.receipts) == 2
    assert [refused.code for refused in reply.refused] == ["signature_mismatch"]
    assert reply.refused[0].digest == hashlib.sha256(altered).digest()


def test_an_author_that_nobody_enrolled_is_refused(town: County, phone: PhoneInHand) -> None:
    stranger = new_phone()
    reply = send(town, stranger.write("guidance_given", Guidance("x")), phone.write("guidance_given", Guidance("y")))
    assert [refused.code for refused in reply.refused] == ["unknown_key"]
    assert codes(reply) == [None]


def test_what_is_no_envelope_is_refused_beside_what_is(town: County, phone: PhoneInHand) -> None:
    items = [cbor.encode(1), cbor.encode({"a": 1}), cbor.encode(b"\x00" * 70_000)]
    reply = send(town, *items, phone.write("guidance_given", Guidance("x")))
    assert [refused.code for refused in reply.refused] == ["badly_formed", "badly_formed", "too_large"]
    assert codes(reply) == [None]


def test_bytes_that_cannot_be_cut_into_items_are_refused_whole(town: County, phone: PhoneInHand) -> None:
    before = size_of(town)
    with pytest.raises(BadlyFormedError):
        send(town, phone.write("guidance_given", Guidance("x")) + b"\xd2\x84\x43")
    with pytest.raises(TooLargeError):
        send(town, b"\x00" * (8 * 1024 * 1024 + 1))
    with pytest.raises(BadlyFormedError):
        send(town, b"\x00" * 201)
    assert size_of(town) == before


def test_an_empty_batch_still_gets_a_checkpoint(town: County) -> None:
    assert checkpoint_in(town, send(town).checkpoint).size == size_of(town)


def test_a_revoked_phones_record_is_set_aside(town: County, phone: PhoneInHand) -> None:
    revoke_phone(town, "office", phone.kid, "lost")
    assert codes(send(town, phone.write("guidance_given", Guidance("x")))) == ["author_revoked"]


def test_a_kind_or_version_from_the_future_is_kept_and_the_chain_goes_on(town: County, phone: PhoneInHand) -> None:
    reply = send(
        town,
        phone.write("penalty_proposed\x00", {"deep": [1, {"a": None}]}),
        phone.write("guidance_given", {"other": 1}, v=2),
        phone.write("guidance_given", Guidance("x")),
    )
    assert codes(reply) == ["from_newer_app", "from_newer_app", None]


def test_a_malformed_body_is_set_aside(town: County, phone: PhoneInHand) -> None:
    reply = send(
        town,
        phone.write("guidance_given", {"text": 1}),
        phone.write("guidance_given", {"text": "x", "extra": 1}),
        phone.write("visit_closed", VisitClosed(), visit=None),
        phone.write("law_taught", {}),
    )
    assert codes(reply) == ["body_malformed"] * 4


def test_a_time_that_no_calendar_holds_is_set_aside(town: County, phone: PhoneInHand) -> None:
    times = (0, 2**62)
    reply = send(town, *(phone.write("guidance_given", Guidance("x"), milliseconds=at) for at in times))
    assert codes(reply) == ["body_malformed"] * 2


def test_a_phone_cannot_speak_for_the_county(town: County, phone: PhoneInHand) -> None:
    body = {"account": "office", "act": {"person": "market1", "reason": "x"}}
    assert codes(send(town, phone.write("person_revoked", body))) == ["body_malformed"]
    fetch(town, phone)
    assert phone.items["person", "market1"].revoked is False


def test_a_tree_that_the_log_never_was_is_set_aside(town: County, phone: PhoneInHand) -> None:
    sound = phone.seen
    reply = send(
        town,
        phone.write("guidance_given", Guidance("a"), seen=Seen(sound.size + 50, sound.root, sound.issued_at)),
        phone.write("guidance_given", Guidance("b"), seen=Seen(sound.size, bytes(32), sound.issued_at)),
        phone.write("guidance_given", Guidance("c")),
        phone.write("guidance_given", Guidance("d"), seen=None),
    )
    assert codes(reply) == ["seen_impossible", "seen_impossible", None, None]


@pytest.mark.parametrize("issued_at", [0, 2**40, 2**53, 2**63 - 1])
def test_a_checkpoint_from_no_calendar_is_set_aside_and_the_others_are_taken(
    town: County, phone: PhoneInHand, issued_at: int
) -> None:
    file(town)
    fetch(town, phone)
    odd = Seen(phone.seen.size, phone.seen.root, issued_at)
    envelope = phone.write("visit_opened", at_gate(phone), visit=secrets.token_bytes(16), seen=odd)
    assert codes(send(town, envelope, phone.write("guidance_given", Guidance("x")))) == ["seen_impossible", None]


def test_a_gap_is_accepted_and_closes_when_the_missing_record_comes(town: County, phone: PhoneInHand) -> None:
    first, second, third = (phone.write("guidance_given", Guidance(str(n))) for n in range(3))
    assert codes(send(town, first)) == [None]
    assert codes(send(town, third)) == [None]
    assert codes(send(town, second)) == [None]


def test_two_records_at_one_place_of_the_chain_are_a_fork(town: County, phone: PhoneInHand) -> None:
    phone.write("guidance_given", Guidance("lost"))
    seq, prev = phone.seq, phone.prev
    phone.seq, phone.prev = 0, None
    mine = phone.write("guidance_given", Guidance("mine"))
    assert codes(send(town, mine)) == [None]
    phone.seq, phone.prev = 0, None
    other = phone.write("guidance_given", Guidance("other"))
    after_other = phone.write("guidance_given", Guidance("after other"))
    far_after_other = phone.write("guidance_given", Guidance("far after other"))
    assert codes(send(town, other, after_other)) == ["chain_fork", "chain_fork"]
    assert codes(send(town, far_after_other)) == ["chain_fork"]
    assert (seq, prev) != (phone.seq, phone.prev)


def test_what_follows_a_record_that_is_not_the_one_before_is_a_fork(town: County, phone: PhoneInHand) -> None:
    first = phone.write("guidance_given", Guidance("1"))
    second = phone.write("guidance_given", Guidance("2"))
    skipping = phone.write("guidance_given", Guidance("3"), prev=record_id(first))
    assert codes(send(town, first, second, skipping)) == [None, None, "chain_fork"]


def test_another_phones_record_is_no_place_to_go_on_from(town: County, phone: PhoneInHand) -> None:
    other = enrolled(town, "fire1")
    theirs = other.write("guidance_given", Guidance("theirs"))
    mine = phone.write("guidance_given", Guidance("mine"), seq=2, prev=record_id(theirs))
    assert sorted(map(str, codes(send(town, theirs, mine)))) == ["None", "chain_fork"]


def test_a_visit_is_opened_once(town: County, phone: PhoneInHand) -> None:
    file(town, planned_visits=2)
    other = enrolled(town, "market2")
    fetch(town, phone)
    fetch(town, other)
    visit = secrets.token_bytes(16)
    opening = phone.write("visit_opened", at_gate(phone), visit=visit)
    again = phone.write("visit_opened", at_gate(phone), visit=visit)
    assert codes(send(town, opening, again)) == [None, "visit_exists"]
    assert codes(send(town, other.write("visit_opened", at_gate(other), visit=visit))) == ["visit_exists"]


def test_long_texts_and_nul_survive(town: County, phone: PhoneInHand) -> None:
    text = "\x00字" * 15_000
    envelope = phone.write("guidance_given", Guidance(text))
    assert 60_000 < len(envelope) <= MAX_ENVELOPE_BYTES
    nul = phone.write("law_taught", LegalEducation("a\x00b", provision="\x00"), visit=bytes(16))
    assert codes(send(town, envelope, nul)) == [None, None]
