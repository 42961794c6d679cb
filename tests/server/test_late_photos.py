"""A revoked phone hands in the photos that its accepted records name, and nothing else; each engine says so alike."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator

import pytest
from litestar.testing import TestClient

from shared_models.people import Person
from shared_models.visit import Photo
from sync_server.county import County
from sync_server.enrolment.revoke_phone import revoke_phone
from sync_server.registry.register_people import register_people
from tests.server.lent_app import client_of
from tests.server.over_http import asked, problem
from tests.server.towns import PhoneInHand, codes, enrolled, send, settle

IN_TIME, TOO_LATE, UNNAMED, OTHERS, PORTRAIT = b"in time", b"too late", b"unnamed", b"another's", b"portrait"


@pytest.fixture
def county(bare: County) -> County:
    settle(bare)
    return bare


@pytest.fixture
def client(county: County) -> Iterator[TestClient]:
    with client_of(county) as client:
        yield client


def hash_of(picture: bytes) -> bytes:
    return hashlib.sha256(picture).digest()


def taken(phone: PhoneInHand, picture: bytes) -> bytes:
    body = Photo(hash_of(picture), len(picture), width=1, height=1)
    return phone.write("photo_taken", body, visit=secrets.token_bytes(16))


def revoked(county: County) -> PhoneInHand:
    """Its first photo's record came before it was revoked, the second's after; more of its records lie around them."""
    phone = enrolled(county)
    before = [taken(phone, b"older"), taken(phone, IN_TIME), taken(phone, b"newer")]
    assert codes(send(county, *before)) == [None] * 3
    revoke_phone(county, "office", phone.kid, "lost")
    assert codes(send(county, taken(phone, TOO_LATE))) == ["author_revoked"]
    return phone


def put(client: TestClient, phone: PhoneInHand, picture: bytes, name: bytes | None = None) -> tuple[int, str]:
    path = f"/api/blobs/{hash_of(picture if name is None else name).hex()}"
    answer = asked(client, phone, "PUT", path, content=picture)
    return answer.status_code, "" if answer.is_success else problem(answer)["code"]


def test_a_photo_that_its_accepted_record_names_is_taken_late(client: TestClient, county: County) -> None:
    phone = revoked(county)
    assert put(client, phone, IN_TIME) == (201, "")
    assert put(client, phone, IN_TIME) == (200, "")
    assert county.blobs.get(hash_of(IN_TIME)) == IN_TIME
    assert put(client, phone, b"newe_", name=b"newer") == (422, "blob_hash_mismatch")


def test_no_other_photo_is(client: TestClient, county: County) -> None:
    phone, other = revoked(county), enrolled(county, "market2")
    assert codes(send(county, taken(other, OTHERS))) == [None]
    for picture in (TOO_LATE, UNNAMED, OTHERS):
        assert put(client, phone, picture) == (403, "revoked")
        assert not county.blobs.has(hash_of(picture))
    assert put(client, other, OTHERS) == (201, "")


def test_it_reads_nothing_not_even_what_it_sent(client: TestClient, county: County) -> None:
    register_people(county, "office", [Person("market1", "market", "market-1", portrait=hash_of(PORTRAIT))])
    county.blobs.put(hash_of(PORTRAIT), PORTRAIT)
    phone = revoked(county)
    put(client, phone, IN_TIME)
    for path in (f"/api/blobs/{hash_of(one).hex()}" for one in (PORTRAIT, IN_TIME)):
        answer = asked(client, phone, "GET", path)
        assert (answer.status_code, problem(answer)["code"]) == (403, "revoked")
    answer = asked(client, phone, "GET", "/api/sync/reference")
    assert (answer.status_code, problem(answer)["code"]) == (403, "revoked")
