"""A phone is lost, or its officer left: what it sends from now on is set aside."""

from __future__ import annotations

from shared_models.acts import PhoneRevoked
from shared_models.county import PhoneTrust
from sync_server.county import County
from sync_server.errors import NotFoundError, WrongStateError
from sync_server.log.writing import writing


def revoke_phone(county: County, account: str, kid: bytes, reason: str) -> None:
    """Raises NotFoundError, or WrongStateError where it is revoked already."""
    with writing(county) as tx:
        fact = tx.facts.get("phone", kid.hex())
        if fact is None:
            raise NotFoundError("phone", kid.hex())
        if fact.load(PhoneTrust).revoked:
            raise WrongStateError("phone", kid.hex(), "revoked")
        tx.append_act(account, PhoneRevoked(kid, reason))
