"""Requests as a phone makes them, and answers as they must be."""

from __future__ import annotations

from litestar.testing import TestClient

from shared_models import cose
from shared_models.sync import (
    Head,
    load_message,
)
from sync_server.county import County
from tests.server.towns import (
    PhoneInHand,
    authorization,
)


def asked(client: TestClient, phone: PhoneInHand, method: str, path: str, query: str = "", **more: object):
    headers = authorization(phone, method, path, client.app.state.county.clock.now())
    return client.request(method, path + query, headers=headers, **more)


def head(client: TestClient, county: County, phone: PhoneInHand) -> Head:
    answer = asked(client, phone, "GET", "/api/sync/head")
    assert answer.status_code == 200
    return load_message(Head, cose.open_own(answer.content, county.keys.service_public, cose.AAD_HEAD))


def problem(answer) -> dict:
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert body["status"] == answer.status_code
    assert body["type"] == "about:blank"
    return body
