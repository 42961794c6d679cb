"""An officer's licence is revoked: the gate refuses inspections by this person from the next synchronisation on."""

from __future__ import annotations

from shared_models.acts import PersonRevoked
from sync_server.county import County
from sync_server.errors import NotFoundError
from sync_server.log.writing import writing


def revoke_person(county: County, account: str, person: str, reason: str) -> None:
    """Raises NotFoundError."""
    with writing(county) as tx:
        if tx.facts.get("person", person) is None:
            raise NotFoundError("person", person)
        tx.append_act(account, PersonRevoked(person, reason))
