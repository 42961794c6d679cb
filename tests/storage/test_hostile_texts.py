"""What a hostile or merely odd phone writes fits both engines, and what it asks for breaks neither."""

from __future__ import annotations

from dataclasses import replace

from shared_models.facts import ExceptionClaim
from shared_models.visit import Basis, Guidance
from sync_server.county import County
from sync_server.log.rebuild_views import rebuild_views
from tests.server.lent_app import client_of
from tests.server.towns import NOON, at_gate, authorization, codes, enrolled, fetch, send, settle


def test_odd_texts_of_a_phone_are_stored_and_made_again_alike(bare: County) -> None:
    settle(bare)
    phone = enrolled(bare)
    fetch(bare, phone)
    body = at_gate(phone)
    nobody = replace(body.people[0], id="字" * 3000, department="\x00", licence="\x00")
    odd = [
        replace(body, enterprise="\x00" * 5000, enterprise_name="\x00"),
        replace(body, people=()),
        replace(body, people=(nobody, replace(nobody, id="\x00"))),
        replace(body, verdict=replace(body.verdict, filing="\x00" * 300)),
        replace(body, verdict=replace(body.verdict, filing="x" * 65)),
        replace(body, claim=ExceptionClaim("\x00" * 100)),
        replace(body, claim=ExceptionClaim("r" * 33)),
        replace(body, basis=Basis(0, body.basis.reference_issued_at, {"\x00": -5})),
    ]
    envelopes = [phone.write("visit_opened", one, visit=bytes([n]) * 16) for n, one in enumerate(odd)]
    assert codes(send(bare, *envelopes)) == [None] * len(odd)
    more = [
        phone.write("\x00" * 64, {"\x00": "\x00"}),
        phone.write("k" * 64, {}, v=2**62),
        phone.write("guidance_given", Guidance("\x00字" * 10_000), visit=bytes(16)),
        phone.write("guidance_given", {"text": "\x00", "more": "\x00"}),
    ]
    assert codes(send(bare, *more)) == ["from_newer_app", "from_newer_app", None, "body_malformed"]
    assert rebuild_views(bare).differences == {}


def test_odd_addresses_are_answered_without_a_fault(bare: County) -> None:
    settle(bare)
    phone = enrolled(bare)
    with client_of(bare) as client:
        for path in ("/api/enrolment/%00", "/api/enrolment/" + "a" * 3000, "/api/enrolment/%F0%9F%98%80"):
            assert client.get(path).status_code == 404
        headers = authorization(phone, "GET", "/api/sync/reference", NOON)
        for query in ("cursor=code/%00", "cursor=" + "x" * 5000, f"after={10**30}", "after=-1", f"to={2**63}"):
            assert client.get(f"/api/sync/reference?{query}", headers=headers).status_code in (400, 409)
        for query in ("cursor=code/%ED%A0%80", "cursor=line/" + "z" * 5000):
            assert client.get(f"/api/sync/reference?{query}", headers=headers).status_code == 200
