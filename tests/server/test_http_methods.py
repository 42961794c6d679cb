"""What HTTP itself asks of any server (RFC 9110), whatever the route."""

from __future__ import annotations

from datetime import timedelta

import pytest
from litestar.testing import TestClient

from tests.server.towns import NOON, PhoneInHand, authorization


@pytest.mark.parametrize("path", ["/health/live", "/health/ready", "/api/sync/trust", "/login", "/nothing"])
def test_head_answers_as_get_without_the_body(client: TestClient, path: str) -> None:
    full, bare = client.get(path), client.head(path)
    assert (bare.status_code, bare.content) == (full.status_code, b"")
    for name in ("content-type", "content-length", "content-security-policy", "x-content-type-options"):
        assert bare.headers[name] == full.headers[name]


def test_head_is_no_way_past_a_signature_or_a_login(client: TestClient) -> None:
    assert client.head("/api/sync/head").status_code == 401
    assert client.head("/visits", follow_redirects=False).status_code in (302, 303, 401)


def test_head_where_there_is_no_get_is_not_allowed(client: TestClient) -> None:
    assert client.head("/api/sync/records").status_code == 405


def test_every_401_names_its_scheme(client: TestClient, phone: PhoneInHand) -> None:
    unsigned = client.get("/api/sync/head")
    late = client.get(
        "/api/sync/head", headers=authorization(phone, "GET", "/api/sync/head", NOON + timedelta(hours=1))
    )
    for answer in (unsigned, late):
        assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Zhuqi")
