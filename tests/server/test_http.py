"""The server as a phone, an operator and a stranger meet it over HTTP."""

from __future__ import annotations

import gzip
import hashlib
import json
from datetime import timedelta

import pytest
from litestar.testing import TestClient
from structlog.testing import capture_logs

from shared_models import cbor, cose
from shared_models.credential import open_certificate
from shared_models.sync import (
    RecordsReply,
    ReferencePage,
    load_message,
)
from shared_models.visit import Guidance, Resumed
from sync_server.county import County
from sync_server.enrolment.revoke_phone import revoke_phone
from tests.server.over_http import asked, head, problem
from tests.server.towns import (
    NOON,
    PhoneInHand,
    authorization,
    codes,
    new_phone,
    send,
)


def test_records_travel_over_http(client: TestClient, town: County, phone: PhoneInHand) -> None:
    body = phone.write("guidance_given", Guidance("x"))
    answer = client.post("/api/sync/records", content=body, headers={"content-type": "application/cbor-seq"})
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/cbor")
    reply = load_message(RecordsReply, answer.content)
    assert codes(reply) == [None]
    assert reply.server_time == int(NOON.timestamp())
    assert head(client, town, phone).id == phone.prev


def test_a_body_that_is_no_sequence_is_a_problem(client: TestClient) -> None:
    answer = client.post("/api/sync/records", content=b"\xff\xff")
    assert (answer.status_code, problem(answer)["code"]) == (400, "badly_formed")


def test_a_compressed_body_is_never_unpacked(client: TestClient) -> None:
    bomb = gzip.compress(bytes(50_000_000))
    answer = client.post("/api/sync/records", content=bomb, headers={"content-encoding": "gzip"})
    assert answer.status_code == 400


@pytest.mark.parametrize(
    ("method", "path", "size"),
    [
        ("POST", "/api/sync/records", 8 << 20),
        ("POST", "/api/enrolment", 4096),
        ("PUT", "/api/blobs/" + "0" * 64, 8 << 20),
    ],
)
def test_a_body_over_the_limit_is_refused_before_it_is_read(
    client: TestClient, phone: PhoneInHand, method: str, path: str, size: int
) -> None:
    answer = asked(client, phone, method, path, content=bytes(size + 1))
    assert (answer.status_code, problem(answer)["code"]) == (413, "too_large")


def test_the_head_tells_of_the_newest_resumption(client: TestClient, town: County, phone: PhoneInHand) -> None:
    assert (head(client, town, phone).seq, head(client, town, phone).id) == (0, None)
    send(town, phone.write("guidance_given", Guidance("1")), phone.write("guidance_given", Guidance("2")))
    resumed = phone.write("resumed", Resumed(2, phone.prev, 1))
    send(town, resumed, phone.write("guidance_given", Guidance("4")))
    found = head(client, town, phone)
    assert (found.seq, found.id, found.resumed_seq) == (4, phone.prev, 3)
    assert found.resumed_id == hashlib.sha256(resumed).digest()


def test_reference_comes_signed_and_compressed(client: TestClient, town: County, phone: PhoneInHand) -> None:
    answer = asked(client, phone, "GET", "/api/sync/reference", "?after=0")
    assert answer.headers["content-encoding"] == "gzip"
    payload = cose.open_own(answer.content, town.keys.service_public, cose.AAD_REFERENCE, max_bytes=1 << 23)
    assert load_message(ReferencePage, payload).after == 0
    ahead = asked(client, phone, "GET", "/api/sync/reference", "?after=999")
    assert (ahead.status_code, problem(ahead)["code"]) == (409, "ahead_of_log")
    odd = asked(client, phone, "GET", "/api/sync/reference", "?after=x")
    assert (odd.status_code, problem(odd)["code"]) == (400, "bad_request")


def test_trust_is_public(client: TestClient, town: County) -> None:
    (certificate,) = cbor.split_sequence(client.get("/api/sync/trust").content, max_bytes=65536)
    assert open_certificate(certificate, town.keys.root_public, NOON).public_key == town.keys.service_public


def test_a_revoked_phone_learns_so_and_gets_no_reference(client: TestClient, town: County, phone: PhoneInHand) -> None:
    revoke_phone(town, "office", phone.kid, "lost")
    assert head(client, town, phone).active is False
    answer = asked(client, phone, "GET", "/api/sync/reference")
    assert (answer.status_code, problem(answer)["code"]) == (403, "revoked")
    name = hashlib.sha256(b"x").hexdigest()
    assert asked(client, phone, "PUT", f"/api/blobs/{name}", content=b"x").status_code == 403


def test_a_phone_whose_clock_is_off_is_told_the_servers_time(
    client: TestClient, town: County, phone: PhoneInHand
) -> None:
    for off in (timedelta(days=1), timedelta(days=-1), timedelta(seconds=301)):
        headers = authorization(phone, "GET", "/api/sync/head", NOON + off)
        answer = client.get("/api/sync/head", headers=headers)
        assert (answer.status_code, problem(answer)["code"]) == (401, "request_time_off")
        assert answer.json()["server_time"] == int(NOON.timestamp())


def test_a_signature_for_another_request_is_refused(client: TestClient, phone: PhoneInHand) -> None:
    sound = authorization(phone, "GET", "/api/sync/head", NOON)["Authorization"]
    stranger = authorization(new_phone(), "GET", "/api/sync/head", NOON)["Authorization"]
    flipped = sound[:-4] + ("A" if sound[-4] != "A" else "B") + sound[-3:]
    for path, header in [
        ("/api/sync/reference", sound),
        ("/api/sync/head", stranger),
        ("/api/sync/head", flipped),
        ("/api/sync/head", sound.replace("Zhuqi", "Bearer")),
        ("/api/sync/head", "Zhuqi !!!"),
        ("/api/sync/head", "Zhuqi " + "A" * 5000),
        ("/api/sync/head", ""),
    ]:
        answer = client.get(path, headers={"Authorization": header} if header else {})
        assert (answer.status_code, problem(answer)["code"]) == (401, "unauthenticated")


def test_a_photo_is_kept_under_its_hash(client: TestClient, town: County, phone: PhoneInHand) -> None:
    path = f"/api/blobs/{hashlib.sha256(b'photo').hexdigest()}"
    assert asked(client, phone, "PUT", path, content=b"photo").status_code == 201
    assert asked(client, phone, "PUT", path, content=b"photo").status_code == 200
    assert town.blobs.get(hashlib.sha256(b"photo").digest()) == b"photo"
    wrong = asked(client, phone, "PUT", path, content=b"phot0")
    assert (wrong.status_code, problem(wrong)["code"]) == (422, "blob_hash_mismatch")
    for odd in ("zz" * 32, "00", "é"):
        assert asked(client, phone, "GET", f"/api/blobs/{odd}").status_code in (400, 401)


def test_operators_see_health_metrics_and_schema(client: TestClient) -> None:
    assert client.get("/health/live").json() == {"status": "live"}
    assert client.get("/health/ready").json()["status"] == "ready"
    assert "zhuqi_requests_total" in client.get("/metrics").text
    schema = client.get("/schema/openapi.json").json()
    assert {"/api/sync/records", "/api/sync/reference", "/api/blobs/{sha256}", "/api/enrolment"} <= set(schema["paths"])
    assert "http" not in client.get("/schema").text.replace("/schema", "")


def test_a_server_without_its_database_is_not_ready(client: TestClient, town: County) -> None:
    with town.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE log_state RENAME TO gone")
    answer = client.get("/health/ready")
    assert (answer.status_code, problem(answer)["code"]) == (503, "not_ready")
    assert client.get("/health/live").status_code == 200


def test_what_was_not_foreseen_tells_an_id_and_nothing_else(client: TestClient, town: County) -> None:
    with town.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE facts RENAME TO gone")
    with capture_logs() as lines:
        answer = client.get("/api/sync/trust")
    body = problem(answer)
    assert (answer.status_code, body["code"]) == (500, "unexpected")
    assert set(body) == {"type", "title", "status", "code", "id"}
    assert [line["id"] for line in lines if line["event"] == "unexpected"] == [body["id"]]


def test_log_lines_carry_no_token_and_no_query(client: TestClient, phone: PhoneInHand) -> None:
    with capture_logs() as lines:
        headers = authorization(phone, "GET", "/api/sync/reference", NOON - timedelta(days=3))
        client.get("/api/sync/reference?after=0&cursor=line/secret", headers=headers)
    text = json.dumps(lines, default=str)
    assert "request_time_off" in text
    assert headers["Authorization"][10:40] not in text
    assert "secret" not in text
    assert phone.officer not in text


@pytest.mark.parametrize(("method", "path", "status"), [("GET", "/nothing", 404), ("DELETE", "/api/sync/records", 405)])
def test_unknown_paths_and_methods_are_problems(client: TestClient, method: str, path: str, status: int) -> None:
    answer = client.request(method, path)
    assert answer.status_code == status
    problem(answer)
