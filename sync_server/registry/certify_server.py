"""The log's first entry: the root's certificate of the key that signs all that follows."""

from __future__ import annotations

from shared_models.acts import CertificateAct
from sync_server.county import County
from sync_server.log.writing import reading, writing
from sync_server.storage.facts import current_of_kind

SYSTEM = "system"
"""The account of what the server does by rule, on behalf of nobody."""


def certify_server(county: County) -> None:
    """Append the server's certificate where the log does not hold it yet."""
    if _is_certified(county):
        return
    with writing(county) as tx:
        held = {fact.load(CertificateAct).certificate for fact in current_of_kind(tx.connection, "certificate")}
        if county.keys.certificate not in held:
            tx.append_act(SYSTEM, CertificateAct(county.keys.certificate))


def _is_certified(county: County) -> bool:
    return county.keys.certificate in certificates(county)


def certificates(county: County) -> tuple[bytes, ...]:
    """All certificates of the server's keys, for phones that hold nothing but the root's fingerprint."""
    with reading(county) as connection:
        facts = current_of_kind(connection, "certificate")
    return tuple(fact.load(CertificateAct).certificate for fact in sorted(facts, key=lambda fact: fact.from_index))
