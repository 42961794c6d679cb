"""What strangers may learn and how often they may guess; what the log says of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import timedelta

import pytest
import structlog
from litestar.testing import TestClient
from structlog.testing import capture_logs

from shared_models.sync import EnrolmentRequest, dump_message
from sync_server.app import app_of
from sync_server.county import County
from sync_server.enrolment.issue_code import issue_code
from sync_server.observed import set_up_logging
from tests.server.towns import NOON, PhoneInHand, authorization, later, new_phone

PASSWORD = "correct horse battery 9"
WRONG_CODES = 60


@pytest.fixture
def client(town: County) -> Iterator[TestClient]:
    with TestClient(app_of(town), base_url="https://zhuqi.test", raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def logging_as_served() -> Iterator[None]:
    yield set_up_logging()
    structlog.reset_defaults()


def enrolment_of(phone: PhoneInHand, secret: bytes) -> bytes:
    return dump_message(EnrolmentRequest(secret, phone.public_key, "software", phone.sign(secret)))


def test_guessing_enrolment_codes_is_slowed_down(town: County, client: TestClient) -> None:
    right, phone = issue_code(town, "office", "market1"), new_phone()
    for n in range(WRONG_CODES):
        answer = client.post("/api/enrolment", content=enrolment_of(phone, n.to_bytes(5, "big")))
        assert (answer.status_code, answer.json()["code"]) == (422, "enrolment_code_invalid")
    answer = client.post("/api/enrolment", content=enrolment_of(phone, right.secret))
    assert (answer.status_code, answer.json()["code"]) == (429, "enrolment_throttled")
    later(town, seconds=answer.json()["retry_after_seconds"])
    assert client.post("/api/enrolment", content=enrolment_of(phone, right.secret)).status_code == 200


def test_right_codes_never_slow_anybody_down(town: County, client: TestClient) -> None:
    phone, code = new_phone(), issue_code(town, "office", "market1")
    for _ in range(WRONG_CODES + 5):
        assert client.post("/api/enrolment", content=enrolment_of(phone, code.secret)).status_code == 200


def test_log_lines_name_no_photo_no_enrolment_and_no_pass(client: TestClient, phone: PhoneInHand) -> None:
    photo, enrolment = hashlib.sha256(b"photo").hexdigest(), "5ec2e7" * 5
    with capture_logs() as lines:
        client.get(f"/api/enrolment/{enrolment}")
        client.get(f"/api/blobs/{photo}")
        path = f"/api/blobs/{photo}"
        client.get(path, headers=authorization(phone, "GET", path, NOON - timedelta(days=1)))
        client.get("/v/" + "7" * 300)
    text = json.dumps(lines, default=str)
    assert "/api/blobs/{sha256}" in text
    for secret in (photo[:16], enrolment[:16], "7" * 16):
        assert secret not in text


def test_a_fault_is_logged_with_its_place_and_nothing_that_was_sent(
    town: County, client: TestClient, capsys: pytest.CaptureFixture[str], request: pytest.FixtureRequest
) -> None:
    request.getfixturevalue("logging_as_served")  # on the standard error that is captured here
    with town.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE login_attempts RENAME TO gone")
        connection.exec_driver_sql("ALTER TABLE facts RENAME TO gone_too")
    form = client.get("/login").text.partition('name="form_token" value="')[2].partition('"')[0]
    client.post("/login", data={"account": "zhang.san", "password": PASSWORD, "form_token": form})
    secret = b"\x01\x02\x03\x04\x05"
    client.get("/api/sync/head", headers=authorization(new_phone(), "GET", "/api/sync/head", NOON))
    text = capsys.readouterr().err
    assert "OperationalError" in text
    assert "log_in" in text
    for what in (PASSWORD, "zhang.san", form[:20], secret.hex()):
        assert what not in text


@pytest.mark.parametrize("host", ["a:99999999", "a:b:c", "[::1", "[x]", "a/b", "a b", "user@a", "a:80:90", "é"])
@pytest.mark.parametrize("path", ["/", "/e/91350100M000100Y43-1", "/nothing", "/api/sync/trust", "/health/live"])
def test_a_host_that_is_none_is_refused_on_every_path(client: TestClient, path: str, host: str) -> None:
    answer = client.get(path, headers={"host": host.encode()})
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_request")
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("host", ["zhuqi.test", "ZHUQI.test:443", "127.0.0.1:8000", "[::1]:8000", "a_b-c.example"])
def test_any_sound_host_is_answered(client: TestClient, host: str) -> None:
    assert client.get("/health/live", headers={"host": host}).status_code == 200
