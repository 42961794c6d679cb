"""What a scanned text is worth: each code of ours judged against a reader's trust, with one reason for a refusal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from shared_models import claims
from shared_models.calendar import day_of
from shared_models.claims import EARLY_SECONDS
from shared_models.code_texts import (
    Code,
    CredentialCode,
    EnrolmentCode,
    GateCode,
    PassCode,
    SlipCode,
    credential_text,
    enrolment_text,
    enrolment_typed,
    gate_text,
    kind_of_text,
    pass_text,
    read_code,
    read_typed_enrolment,
    root_fingerprint,
    slip_text,
)
from shared_models.credential import (
    Certificate,
    Credential,
    Slip,
    VisitPass,
    open_certificate,
    open_credential,
    open_pass,
    open_slip,
)
from shared_models.errors import (
    BadlyFormedError,
    ExpiredError,
    NotYetError,
    RevokedError,
    TrustTooOldError,
    UnknownKeyError,
    ZhuqiError,
)

__all__ = [
    "STATUSES",
    "Code",
    "CredentialCode",
    "EnrolmentCode",
    "GateCode",
    "OpenedPass",
    "PassCode",
    "SlipCode",
    "Trust",
    "Verified",
    "credential_text",
    "enrolment_text",
    "enrolment_typed",
    "gate_text",
    "kind_of_text",
    "open_pass_code",
    "pass_text",
    "read_code",
    "read_typed_enrolment",
    "root_fingerprint",
    "slip_text",
    "status_of",
    "verify_text",
]

STATUSES = (
    "valid",
    "unreadable",
    "unknown_format",
    "badly_formed",
    "unknown_key",
    "signature_mismatch",
    "unsupported",
    "expired",
    "not_yet",
    "revoked",
    "wrong_host",
    "trust_too_old",
)
MAX_TRUST_AGE = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Trust:
    """`revoked` holds kids in hexadecimal; `issued_at` is when the county last said so."""

    root: bytes
    host: str
    revoked: frozenset[str]
    issued_at: datetime


@dataclass(frozen=True, slots=True)
class Verified:
    """`claims` are plain values: texts, numbers, lists, booleans, null."""

    kind: str
    claims: dict[str, Any]


@dataclass(frozen=True, slots=True)
class OpenedPass:
    certificate: Certificate
    credential: Credential
    slip: Slip | None
    visit_pass: VisitPass


def verify_text(text: str, trust: Trust, now: datetime, *, early_seconds: int = EARLY_SECONDS) -> Verified:
    """Raises the ZhuqiError that says why not; `status_of` maps it to one of STATUSES."""
    code = read_code(text, trust.host)
    match code:
        case GateCode():
            verified = Verified("gate", {"uscc": code.uscc, "gate": code.gate_no})
        case EnrolmentCode():
            if code.root_fingerprint != root_fingerprint(trust.root):
                raise UnknownKeyError(code.root_fingerprint.hex())
            verified = Verified("enrolment", {"host": trust.host})
        case PassCode():
            opened = open_pass_code(code, trust, now, early_seconds=early_seconds)
            verified = Verified("pass", _pass_claims(opened))
        case SlipCode():
            certificate = _open_certificate(code.certificate, trust, now)
            slip = _open_slip(code.slip, certificate, now)
            verified = Verified("slip", _slip_claims(slip))
        case CredentialCode():
            certificate = _open_certificate(code.certificate, trust, now)
            credential = _open_credential(code.credential, certificate, trust, now)
            verified = Verified("credential", _credential_claims(credential))
    if now - trust.issued_at > MAX_TRUST_AGE:
        raise TrustTooOldError(trust.issued_at.isoformat())
    return verified


def open_pass_code(code: PassCode, trust: Trust, now: datetime, *, early_seconds: int = EARLY_SECONDS) -> OpenedPass:
    """All four parts of a pass, verified one by the other and fitting each other."""
    certificate = _open_certificate(code.certificate, trust, now)
    credential = _open_credential(code.credential, certificate, trust, now)
    visit_pass = open_pass(code.visit_pass, credential.public_key, now, early_seconds=early_seconds)
    slip = None if code.slip is None else _open_slip(code.slip, certificate, now)
    if slip is not None:
        _check_slip_fits(slip, credential, visit_pass)
    return OpenedPass(certificate, credential, slip, visit_pass)


def status_of(error: ZhuqiError) -> str:
    """One of STATUSES, for any refusal of `verify_text`."""
    return error.code if error.code in STATUSES else "badly_formed"


def _open_certificate(data: bytes, trust: Trust, now: datetime) -> Certificate:
    certificate = open_certificate(data, trust.root, None)
    # a revoked key is refused as such also where it has expired since
    _check_not_revoked(certificate.kid, trust)
    claims.check_time(now, certificate.nbf, certificate.exp)
    return certificate


def _open_credential(data: bytes, certificate: Certificate, trust: Trust, now: datetime) -> Credential:
    credential = open_credential(data, certificate.public_key, None)
    if credential.county != certificate.county:
        raise BadlyFormedError("credential", "is of another county")
    _check_not_revoked(credential.kid, trust)
    claims.check_time(now, credential.nbf, credential.exp)
    return credential


def _open_slip(data: bytes, certificate: Certificate, now: datetime) -> Slip:
    slip = open_slip(data, certificate.public_key, now)
    if slip.county != certificate.county:
        raise BadlyFormedError("slip", "is of another county")
    return slip


def _check_slip_fits(slip: Slip, credential: Credential, visit_pass: VisitPass) -> None:
    if (slip.enterprise, slip.purpose) != (visit_pass.enterprise, visit_pass.purpose):
        raise BadlyFormedError("slip", "is for another visit")
    if credential.officer not in slip.officers:
        raise BadlyFormedError("slip", "is for other officers")
    first, last = slip.window
    day = day_of(claims.instant_of(visit_pass.at))
    if day < first:
        raise NotYetError(first.isoformat())
    if day > last:
        raise ExpiredError(last.isoformat())


def _check_not_revoked(kid: bytes, trust: Trust) -> None:
    if kid.hex() in trust.revoked:
        raise RevokedError(kid.hex())


def _pass_claims(opened: OpenedPass) -> dict[str, Any]:
    visit_pass = opened.visit_pass
    return {
        "credential": _credential_claims(opened.credential),
        "slip": None if opened.slip is None else _slip_claims(opened.slip),
        "record": visit_pass.record.hex(),
        "purpose": visit_pass.purpose,
        "ground": visit_pass.ground,
        "enterprise": visit_pass.enterprise,
        "verdict": visit_pass.verdict,
        "at": _time(visit_pass.at),
        "expires_at": _time(visit_pass.exp),
    }


def _credential_claims(credential: Credential) -> dict[str, Any]:
    return {
        "kid": credential.kid.hex(),
        "county": credential.county,
        "officer": credential.officer,
        "name": credential.name,
        "department": credential.department,
        "unit": credential.unit,
        "licence": credential.licence,
        "keystore": credential.keystore,
        "valid_from": _time(credential.nbf),
        "expires_at": _time(credential.exp),
    }


def _slip_claims(slip: Slip) -> dict[str, Any]:
    return {
        "county": slip.county,
        "filing": slip.filing,
        "purpose": slip.purpose,
        "enterprise": slip.enterprise,
        "window": [day.isoformat() for day in slip.window],
        "exception": slip.exception,
        "officers": list(slip.officers),
        "issued_at": _time(slip.iat),
        "expires_at": _time(slip.exp),
    }


def _time(seconds: int) -> str:
    return claims.instant_of(seconds).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
