"""What pictures a phone is given."""

from __future__ import annotations

import hashlib

from shared_models.people import Person
from sync_server.county import County
from sync_server.registry.register_people import register_people
from tests.server.lent_app import client_of
from tests.server.towns import NOON, PhoneInHand, authorization

PICTURES = {one: hashlib.sha256(one).digest() for one in (b"own portrait", b"another's portrait", b"a visit's photo")}
OWN, OTHERS, PHOTO = PICTURES.values()


def test_a_phone_is_given_its_officers_portrait_and_no_other_picture(town: County, phone: PhoneInHand) -> None:
    for picture, sha256 in PICTURES.items():
        town.blobs.put(sha256, picture)
    people = [Person("market1", "market", "market-1", portrait=OWN), Person("market2", "market", portrait=OTHERS)]
    register_people(town, "office", people)
    with client_of(town) as client:

        def ask(sha256: bytes):
            path = f"/api/blobs/{sha256.hex()}"
            return client.get(path, headers=authorization(phone, "GET", path, NOON))

        assert ask(OWN).content == b"own portrait"
        for one in (OTHERS, PHOTO, bytes(32)):
            assert (ask(one).status_code, ask(one).json()["code"]) == (404, "not_found")
