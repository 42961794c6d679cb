"""The one picture that a phone is given: its officer's own portrait. Photos go to the server and stay there."""

from __future__ import annotations

from shared_models.people import Person
from sync_server.county import County
from sync_server.errors import NotFoundError
from sync_server.log.writing import reading
from sync_server.storage.facts import current_facts
from sync_server.sync.request_auth import Phone


def give_portrait(county: County, phone: Phone, sha256: bytes) -> bytes:
    """Raises NotFoundError for every other picture, whether it is here or not."""
    with reading(county) as connection:
        fact = current_facts(connection, "person", [phone.officer]).get(phone.officer)
    if fact is None or fact.load(Person).portrait != sha256:
        raise NotFoundError("blob", sha256.hex())
    return county.blobs.get(sha256)
