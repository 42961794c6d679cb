"""What a phone needs to check a pass without signal: root, host, revoked keys, and when the county said so.

Signed by the server's key, which the root certifies; the reader pins the root at its first visit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from shared_models import cbor, cose, suite
from shared_models.claims import Reader, instant_of
from shared_models.codes import Trust
from shared_models.credential import open_certificate
from shared_models.errors import BadlyFormedError

_ROOT, _HOST, _REVOKED, _ISSUED_AT, _DEPARTMENTS = 1, 2, 3, 4, 5
_KEYS = frozenset({_ROOT, _HOST, _REVOKED, _ISSUED_AT, _DEPARTMENTS})
MAX_LIST_BYTES = 1 << 20
_ROOT_BYTES = 32


@dataclass(frozen=True, slots=True)
class TrustList:
    """`departments` gives names to the ids that stand in credentials."""

    trust: Trust
    departments: Mapping[str, str]


def sign_trust_list(given: TrustList, *, issuer: bytes, sign: cose.Sign) -> bytes:
    trust = given.trust
    payload = {
        _ROOT: trust.root,
        _HOST: trust.host,
        _REVOKED: [bytes.fromhex(kid) for kid in sorted(trust.revoked)],
        _ISSUED_AT: int(trust.issued_at.timestamp()),
        _DEPARTMENTS: dict(given.departments),
    }
    return cose.sign(cbor.encode(payload), aad=cose.AAD_TRUST, kid=suite.kid_of(issuer), sign=sign)


def open_trust_list(data: bytes, certificate: bytes, root: bytes, now: datetime) -> TrustList:
    """Raises what the certificate, the signature or the form has against it; another root is badly formed."""
    issuer = open_certificate(certificate, root, now).public_key
    payload = cose.open_own(data, issuer, cose.AAD_TRUST, max_bytes=MAX_LIST_BYTES)
    plain = cbor.decode(payload, max_bytes=MAX_LIST_BYTES)
    if type(plain) is not dict or plain.keys() != _KEYS:
        raise BadlyFormedError("trust", "must be a trust list")
    reader = Reader(plain, "trust")
    if reader.raw(_ROOT, _ROOT_BYTES) != root:
        raise BadlyFormedError("trust.1", "names another root")
    issued_at = instant_of(reader.seconds(_ISSUED_AT))
    trust = Trust(root, reader.text(_HOST), frozenset(_kids(plain[_REVOKED])), issued_at)
    return TrustList(trust, _names(plain[_DEPARTMENTS]))


def _kids(plain: object) -> Iterable[str]:
    if type(plain) is not list or any(type(kid) is not bytes for kid in plain):
        raise BadlyFormedError("trust.3", "must be a list of kids")
    return (kid.hex() for kid in plain)


def _names(plain: object) -> dict[str, str]:
    if type(plain) is not dict or any(type(one) is not str for pair in plain.items() for one in pair):
        raise BadlyFormedError("trust.5", "must be names by id")
    return plain
