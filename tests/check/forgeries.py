"""Passes that are not what they seem, each named after its attack, with the status that it must get.

All are judged at `NOW` by the trust of `tests.core.county_keys`, whose keys also make them.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from shared_models import cbor, code_texts, codes, cose
from shared_models.codes import Trust
from tests.core import county_keys as county
from tests.core.county_keys import AT, HOST, NOW, PHONE, ROOT, SERVER, STRANGER, TRUST, USCC, flipped

L = 2**252 + 27742317777372353535851937790883648493


@dataclass(frozen=True, slots=True)
class Forgery:
    name: str
    text: str
    status: str
    trust: Trust = TRUST
    now: datetime = NOW


def _pass(**parts: bytes | None) -> str:
    return codes.pass_text(HOST, county.pass_code(**parts))


GOOD = _pass()
FINGERPRINT = codes.root_fingerprint(ROOT.public)


def _made_at(at: int) -> str:
    return _pass(visit_pass=county.visit_pass(at=at, exp=at + 300))


def _filed_for(first: date, last: date) -> str:
    return _pass(slip=county.slip(window=(first, last)))


def _by_another_phone() -> str:
    return _pass(visit_pass=_resigned(_payload(county.visit_pass()), cose.AAD_PASS, STRANGER))


def _resigned(payload: bytes, aad: bytes, key: county.Key, kid: bytes | None = None) -> bytes:
    return cose.sign(payload, aad=aad, kid=kid or key.kid, sign=key.sign)


def _payload(envelope: bytes) -> bytes:
    return cose.parse_own(envelope).payload


def _with_signature(envelope: bytes, signature: bytes) -> bytes:
    sign1 = cose.parse_own(envelope)
    return cose.assemble(sign1.protected, sign1.payload, signature)


def _malleable(envelope: bytes) -> bytes:
    """The same signature with L added to S: a lax library takes it for another valid one."""
    signature = cose.parse_own(envelope).signature
    s = int.from_bytes(signature[32:], "little") + L
    return _with_signature(envelope, signature[:32] + s.to_bytes(32, "little"))


def _small_order_r(envelope: bytes) -> bytes:
    signature = cose.parse_own(envelope).signature
    return _with_signature(envelope, (1).to_bytes(32, "little") + signature[32:])


def _untagged(envelope: bytes) -> bytes:
    return envelope[1:]


def _long_head(envelope: bytes) -> bytes:
    """The payload's length in one byte more than it needs."""
    sign1 = cose.parse_own(envelope)
    head = cbor.bytes_head(len(sign1.payload))
    longer = b"\x59" + len(sign1.payload).to_bytes(2, "big")
    return envelope.replace(head + sign1.payload, longer + sign1.payload)


def _other_algorithm(envelope: bytes) -> bytes:
    sign1 = cose.parse_own(envelope)
    return cose.assemble(cbor.encode({1: -7, 4: sign1.kid}), sign1.payload, sign1.signature)


def _critical(envelope: bytes) -> bytes:
    sign1 = cose.parse_own(envelope)
    return cose.assemble(cbor.encode({1: -8, 2: [99], 4: sign1.kid, 99: 1}), sign1.payload, sign1.signature)


def _purpose_of_tomorrow() -> bytes:
    plain = cbor.decode(_payload(county.visit_pass()))
    plain[-65_537][2] = 9
    return _resigned(cbor.encode(plain), cose.AAD_PASS, PHONE)


def _claims_more() -> bytes:
    plain = cbor.decode(_payload(county.visit_pass()))
    plain[-65_537][6] = "vip"
    return _resigned(cbor.encode(plain), cose.AAD_PASS, PHONE)


def named() -> tuple[Forgery, ...]:
    """Every status is reached by at least one."""
    families = (_genuine, _texts, _keys, _times, _slips, _trusts, _signatures, _forms, _digits, _others)
    return tuple(forgery for family in families for forgery in family())


def _genuine() -> tuple[Forgery, ...]:
    return (
        Forgery("the_real_one", GOOD, "valid"),
        Forgery("without_a_slip", _pass(slip=None), "valid"),
        Forgery("two_minutes_early", GOOD, "valid", now=NOW - timedelta(minutes=2)),
        Forgery("five_minutes_old", GOOD, "valid", now=NOW + timedelta(minutes=5)),
    )


def _texts() -> tuple[Forgery, ...]:
    return (
        Forgery("nothing", "", "unreadable"),
        Forgery("binary_noise", "\x00\x01", "unreadable"),
        Forgery("right_to_left_mark", f"\u202e{GOOD}", "unreadable"),
        Forgery("a_foreign_qr_code", "https://example.com/menu?table=5", "unknown_format"),
        Forgery("a_payment_code", "wxp://f2f0abcdefgh", "unknown_format"),
        Forgery("plain_http", GOOD.replace("https://", "http://"), "unknown_format"),
        Forgery("look_alike_host", GOOD.replace(HOST, "zhuqi.pingyang.gov.cn.evil.example"), "wrong_host"),
        Forgery("look_alike_letters", GOOD.replace(HOST, "zhuqi.pingyаng.gov.cn"), "wrong_host"),
        Forgery("user_at_host", GOOD.replace(HOST, f"{HOST}@evil.example"), "wrong_host"),
    )


def _keys() -> tuple[Forgery, ...]:
    credential = county.credential()
    slip = county.slip()
    visit = county.visit_pass()
    return (
        Forgery("another_countys", GOOD, "unknown_key", trust=replace(TRUST, root=STRANGER.public)),
        Forgery("self_made_county", _self_made(), "unknown_key"),
        Forgery("self_made_county_with_the_roots_kid", _self_made(kid=ROOT.kid), "signature_mismatch"),
        Forgery("another_phones_pass", _by_another_phone(), "unknown_key"),
        Forgery(
            "another_phones_pass_with_this_kid",
            _pass(visit_pass=_resigned(_payload(visit), cose.AAD_PASS, STRANGER, PHONE.kid)),
            "signature_mismatch",
        ),
        Forgery(
            "own_credential",
            _pass(credential=_resigned(_payload(credential), cose.AAD_CREDENTIAL, PHONE, SERVER.kid)),
            "signature_mismatch",
        ),
        Forgery("credential_in_place_of_the_certificate", _pass(certificate=credential), "unknown_key"),
        Forgery(
            "slip_signed_as_a_pass",
            _pass(slip=_resigned(_payload(slip), cose.AAD_PASS, SERVER)),
            "signature_mismatch",
        ),
    )


def _times() -> tuple[Forgery, ...]:
    later = timedelta(days=1)
    return (
        Forgery("photographed_six_minutes_ago", GOOD, "expired", now=NOW + timedelta(minutes=5, seconds=1)),
        Forgery("of_yesterday", GOOD, "expired", now=NOW + later),
        Forgery("of_tomorrow", GOOD, "not_yet", now=NOW - later),
        Forgery("clock_four_minutes_fast", _made_at(AT + 240), "not_yet"),
        Forgery("clock_four_minutes_slow", _made_at(AT - 240), "valid"),
        Forgery("clock_forty_minutes_fast", _made_at(AT + 2400), "not_yet"),
        Forgery("clock_forty_minutes_slow", _made_at(AT - 2400), "expired"),
        Forgery("credential_run_out", _pass(credential=county.credential(exp=AT - 1)), "expired"),
        Forgery("certificate_run_out", _pass(certificate=county.certificate(exp=AT - 1)), "expired"),
        Forgery("server_key_of_next_year", _pass(certificate=county.certificate(nbf=AT + 3_600)), "not_yet"),
    )


def _slips() -> tuple[Forgery, ...]:
    return (
        Forgery("slip_run_out", _pass(slip=county.slip(exp=AT - 1)), "expired"),
        Forgery("slip_for_next_week", _filed_for(date(2026, 11, 16), date(2026, 11, 20)), "not_yet"),
        Forgery("slip_of_last_week", _filed_for(date(2026, 11, 1), date(2026, 11, 9)), "expired"),
        Forgery("slip_of_another_enterprise", _pass(slip=county.slip(enterprise="91330326MA2BBBBB0X")), "badly_formed"),
        Forgery("slip_of_another_officer", _pass(slip=county.slip(officers=("P-0009",))), "badly_formed"),
        Forgery("slip_of_another_purpose", _pass(slip=county.slip(purpose="service")), "badly_formed"),
        Forgery("slip_of_another_county", _pass(slip=county.slip(county="330327")), "badly_formed"),
        Forgery("credential_of_another_county", _pass(credential=county.credential(county="330327")), "badly_formed"),
    )


def _trusts() -> tuple[Forgery, ...]:
    later = timedelta(days=1)
    old = replace(TRUST, issued_at=NOW - timedelta(days=8))
    revoked = replace(TRUST, revoked=frozenset({PHONE.kid.hex()}))
    return (
        Forgery("revoked_phone", GOOD, "revoked", trust=revoked),
        Forgery("revoked_phone_of_yesterday", GOOD, "expired", trust=TRUST, now=NOW + later),
        Forgery("revoked_server_key", GOOD, "revoked", trust=replace(TRUST, revoked=frozenset({SERVER.kid.hex()}))),
        Forgery("trust_of_last_week", GOOD, "trust_too_old", trust=old),
        Forgery("trust_of_last_week_and_revoked", GOOD, "revoked", trust=replace(revoked, issued_at=old.issued_at)),
    )


def _signatures() -> tuple[Forgery, ...]:
    certificate = county.certificate()
    visit = county.visit_pass()
    return (
        Forgery("malleable_signature", _pass(visit_pass=_malleable(visit)), "signature_mismatch"),
        Forgery("malleable_certificate", _pass(certificate=_malleable(certificate)), "signature_mismatch"),
        Forgery("small_order_r", _pass(visit_pass=_small_order_r(visit)), "signature_mismatch"),
        Forgery("signature_of_zeros", _pass(visit_pass=_with_signature(visit, bytes(64))), "signature_mismatch"),
        Forgery("signature_too_short", _pass(visit_pass=_with_signature(visit, bytes(63))), "badly_formed"),
        Forgery("signature_of_ed448", _pass(visit_pass=_with_signature(visit, bytes(114))), "unsupported"),
    )


def _forms() -> tuple[Forgery, ...]:
    visit = county.visit_pass()
    return (
        Forgery("without_its_tag", _pass(visit_pass=_untagged(visit)), "badly_formed"),
        Forgery("tagged_as_a_mac", _pass(visit_pass=b"\xd1" + visit[1:]), "badly_formed"),
        Forgery("tagged_as_something_else", _pass(visit_pass=b"\xd8\x29" + visit[1:]), "unsupported"),
        Forgery("longer_head_than_needed", _pass(visit_pass=_long_head(visit)), "badly_formed"),
        Forgery("another_algorithm", _pass(visit_pass=_other_algorithm(visit)), "unsupported"),
        Forgery("critical_header", _pass(visit_pass=_critical(visit)), "unsupported"),
        Forgery("purpose_of_a_newer_release", _pass(visit_pass=_purpose_of_tomorrow()), "unsupported"),
        Forgery("a_claim_too_many", _pass(visit_pass=_claims_more()), "badly_formed"),
        Forgery("good_for_an_hour", _pass(visit_pass=county.visit_pass(exp=AT + 3_600)), "badly_formed"),
        Forgery("good_for_no_time", _pass(visit_pass=county.visit_pass(exp=AT)), "badly_formed"),
    )


def _digits() -> tuple[Forgery, ...]:
    return (
        Forgery("a_digit_more", f"{GOOD}0", "badly_formed"),
        Forgery("a_leading_zero", GOOD.replace("/v/", "/v/0"), "badly_formed"),
        Forgery("arabic_digits", f"https://{HOST}/v/١٢٣", "badly_formed"),
        Forgery("a_query_behind_it", f"{GOOD}?a=1", "badly_formed"),
    )


def _others() -> tuple[Forgery, ...]:
    return (
        Forgery("a_slip_alone", codes.slip_text(HOST, county.slip_code()), "valid"),
        Forgery("a_credential_alone", codes.credential_text(HOST, county.credential_code()), "valid"),
        Forgery("a_slip_as_a_pass", codes.slip_text(HOST, county.slip_code()).replace("/s/", "/v/"), "badly_formed"),
        Forgery("a_gate_code", codes.gate_text(HOST, USCC, 1), "valid"),
        Forgery("a_gate_code_of_nobody", codes.gate_text(HOST, USCC, 1).replace("T-1", "A-1"), "badly_formed"),
        Forgery("an_enrolment_code", codes.enrolment_text(HOST, bytes(5), FINGERPRINT), "valid"),
        Forgery("another_countys_enrolment_code", codes.enrolment_text(HOST, bytes(5), bytes(5)), "unknown_key"),
    )


def _self_made(kid: bytes | None = None) -> str:
    """A stranger's own county from the root down, which leads to his own green page."""
    fake_root = STRANGER
    certificate = cose.sign(
        _payload(county.certificate()), aad=cose.AAD_CERTIFICATE, kid=kid or fake_root.kid, sign=fake_root.sign
    )
    return _pass(certificate=certificate)


def bit_flipped(count: int) -> Iterator[Forgery]:
    """One bit of a pass turned over, wherever it stands; the status is the verifier's own."""
    raw = code_texts.digits_to_bytes(GOOD.rpartition("/")[2])
    pick = random.Random(914)
    for bit in sorted(pick.sample(range(len(raw) * 8), count)):
        text = f"https://{HOST}/v/{code_texts.bytes_to_digits(flipped(raw, bit))}"
        yield Forgery(f"bit_{bit}_flipped", text, "")


def cut_and_joined(count: int) -> Iterator[Forgery]:
    """Parts left out, doubled, swapped or cut short, and noise in their place."""
    pick = random.Random(2026)
    parts = [county.certificate(), county.credential(), county.slip(), county.visit_pass(), b"\xf6", b"\xa0", b"\x80"]
    for i in range(count):
        chosen = [pick.choice(parts) for _ in range(pick.choice((3, 4, 4, 4, 5)))]
        raw = b"".join(chosen)
        if pick.random() < 0.5:
            raw = raw[: pick.randrange(1, len(raw))]
        if pick.random() < 0.3:
            raw += pick.randbytes(pick.randrange(1, 40))
        yield Forgery(f"cut_and_joined_{i}", f"https://{HOST}/v/{code_texts.bytes_to_digits(raw)}", "")


def aged(count: int) -> Iterator[Forgery]:
    """The same pass looked at over two weeks, closest around its own minutes."""
    pick = random.Random(330326)
    for i in range(count):
        spread = pick.choice((400, 400, 4_000, 14 * 86_400))
        now = NOW + timedelta(seconds=pick.uniform(-spread, spread))
        yield Forgery(f"aged_{i}", GOOD, "", now=now)
