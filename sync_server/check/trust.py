"""The trust list that owners' phones keep for when there is no signal."""

from __future__ import annotations

from shared_models.codes import Trust
from shared_models.county import PhoneTrust
from shared_models.people import Department, Person
from shared_models.trust_list import TrustList, sign_trust_list
from sync_server.county import County
from sync_server.storage.engine import reading
from sync_server.storage.facts import current_of_kind


def trust_now(county: County) -> TrustList:
    """Phones that were revoked, and phones of people whose standing was."""
    with reading(county.engine) as connection:
        departments = {fact.key: fact.load(Department).name for fact in current_of_kind(connection, "department")}
        people = {fact.key for fact in current_of_kind(connection, "person") if fact.load(Person).revoked}
        phones = {fact.key: fact.load(PhoneTrust) for fact in current_of_kind(connection, "phone")}
    revoked = frozenset(kid for kid, phone in phones.items() if phone.revoked or phone.officer in people)
    now = county.clock.now().replace(microsecond=0)
    return TrustList(Trust(county.keys.root_public, county.settings.public_host, revoked, now), departments)


def trust_json(county: County) -> dict[str, object]:
    """`signed` and `certificate` are what a phone believes; the rest is the same for `zhuqi codes verify --trust`."""
    listed, keys = trust_now(county), county.keys
    trust = listed.trust
    return {
        "root": trust.root.hex(),
        "host": trust.host,
        "revoked": sorted(trust.revoked),
        "issued_at": trust.issued_at.isoformat(),
        "certificate": keys.certificate.hex(),
        "signed": sign_trust_list(listed, issuer=keys.service_public, sign=keys.sign).hex(),
    }
