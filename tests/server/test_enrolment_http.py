"""A phone is enrolled over HTTP: its code, the clerk who confirms, and whoever is refused."""

from __future__ import annotations

import pytest
from litestar.testing import TestClient

from shared_models.credential import open_certificate, open_credential
from shared_models.sync import (
    EnrolmentAnswer,
    EnrolmentReply,
    EnrolmentRequest,
    EnrolmentState,
    dump_message,
    load_message,
)
from sync_server.county import County
from sync_server.enrolment.confirm_enrolment import confirm_enrolment
from sync_server.enrolment.issue_code import issue_code
from sync_server.enrolment.pending import waiting_enrolments
from sync_server.enrolment.refuse_enrolment import refuse_enrolment
from sync_server.errors import WrongStateError
from tests.server.over_http import asked, head, problem
from tests.server.towns import (
    NOON,
    PhoneInHand,
    enrolled,
    later,
    new_phone,
)


def enrolment_of(phone: PhoneInHand, secret: bytes, keystore: str = "software") -> bytes:
    return dump_message(EnrolmentRequest(secret, phone.public_key, keystore, phone.sign(secret)))


def test_a_phone_is_enrolled_when_the_clerk_confirms(town: County, client: TestClient) -> None:
    phone = new_phone()
    code = issue_code(town, "office", "market1")
    answer = client.post("/api/enrolment", content=enrolment_of(phone, code.secret))
    assert answer.status_code == 200
    reply = load_message(EnrolmentReply, answer.content)
    assert reply.root == town.keys.root_public
    certificate = open_certificate(reply.certificates[0], reply.root, NOON)
    assert certificate.public_key == town.keys.service_public
    (waiting,) = waiting_enrolments(town)
    assert (waiting.officer, waiting.words) == ("market1", reply.words)
    url = f"/api/enrolment/{reply.id}"
    assert load_message(EnrolmentAnswer, client.get(url).content) == EnrolmentAnswer(EnrolmentState.WAITING)
    confirm_enrolment(town, "clerk", reply.id)
    confirmed = load_message(EnrolmentAnswer, client.get(url).content)
    assert confirmed.state is EnrolmentState.CONFIRMED
    credential = open_credential(confirmed.credential, town.keys.service_public, NOON)
    assert (credential.officer, credential.public_key, credential.keystore) == (
        "market1",
        phone.public_key,
        "software",
    )
    assert head(client, town, phone).active


def test_a_lost_reply_to_an_enrolment_is_asked_for_again(town: County, client: TestClient) -> None:
    phone = new_phone()
    request = enrolment_of(phone, issue_code(town, "office", "market1").secret)
    first, again = (client.post("/api/enrolment", content=request).content for _ in range(2))
    assert first == again
    assert len(waiting_enrolments(town)) == 1


def test_a_code_serves_one_phone_once_for_ten_minutes(town: County, client: TestClient) -> None:
    secret = issue_code(town, "office", "market1").secret
    late = issue_code(town, "office", "fire1").secret
    assert client.post("/api/enrolment", content=enrolment_of(new_phone(), secret)).status_code == 200
    later(town, minutes=11)
    for odd in (secret, late, bytes(5)):
        answer = client.post("/api/enrolment", content=enrolment_of(new_phone(), odd))
        assert (answer.status_code, problem(answer)["code"]) == (422, "enrolment_code_invalid")


def test_a_key_that_is_not_the_phones_own_is_refused(town: County, client: TestClient) -> None:
    secret = issue_code(town, "office", "market1").secret
    phone, thief = new_phone(), new_phone()
    forged = dump_message(EnrolmentRequest(secret, phone.public_key, "software", thief.sign(secret)))
    assert problem(client.post("/api/enrolment", content=forged))["code"] == "signature_mismatch"
    weak = dump_message(EnrolmentRequest(secret, b"\x01" + bytes(31), "software", bytes(64)))
    assert problem(client.post("/api/enrolment", content=weak))["code"] == "bad_key"
    odd = enrolment_of(phone, secret, keystore="magic")
    assert problem(client.post("/api/enrolment", content=odd))["code"] == "badly_formed"


def test_a_clerk_may_refuse_and_cannot_confirm_afterwards(town: County, client: TestClient) -> None:
    phone = new_phone()
    request = enrolment_of(phone, issue_code(town, "office", "market1").secret)
    reply = load_message(EnrolmentReply, client.post("/api/enrolment", content=request).content)
    refuse_enrolment(town, reply.id)
    answer = load_message(EnrolmentAnswer, client.get(f"/api/enrolment/{reply.id}").content)
    assert answer.state is EnrolmentState.REFUSED
    with pytest.raises(WrongStateError):
        confirm_enrolment(town, "clerk", reply.id)
    assert asked(client, phone, "GET", "/api/sync/head").status_code == 401


def test_an_enrolment_that_nobody_confirms_is_over(town: County, client: TestClient) -> None:
    request = enrolment_of(new_phone(), issue_code(town, "office", "market1").secret)
    reply = load_message(EnrolmentReply, client.post("/api/enrolment", content=request).content)
    later(town, hours=2)
    answer = load_message(EnrolmentAnswer, client.get(f"/api/enrolment/{reply.id}").content)
    assert answer.state is EnrolmentState.EXPIRED
    assert waiting_enrolments(town) == ()


def test_a_second_phone_replaces_the_first_unless_the_office_says_otherwise(town: County, client: TestClient) -> None:
    first, second = enrolled(town), enrolled(town)
    assert (head(client, town, first).active, head(client, town, second).active) == (False, True)
    third = enrolled(town, keep_others=True)
    assert (head(client, town, second).active, head(client, town, third).active) == (True, True)
