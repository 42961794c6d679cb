"""Who vouches for whom: the root for the server's key, the server for officers and filings, a phone for its pass.

All times are seconds since 1970. Each `open_*` verifies the signature, then the time; `now` null skips the time, for
what was valid once and is read from the log.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from shared_models import cbor, claims, cose, suite
from shared_models.claims import CNF, EARLY_SECONDS, EXP, IAT, ISS, NBF, OURS, SUB, Words
from shared_models.errors import BadlyFormedError, ExpiredError, NotYetError
from shared_models.policy import SEVEN_REASONS

PASS_SECONDS = 300
"""How long a pass is good after it was made."""
_SERVER = "server"
_RECORD_ID_BYTES = 32

PURPOSES = Words("purpose", ("inspection", "recheck", "survey", "service"))
GROUNDS = Words("ground", ("invited", "theme", "liaison"))
VERDICTS = Words("verdict", ("deny", "unverified", "allow_then_file", "allow_exception", "allow"))
EXCEPTIONS = Words("exception", SEVEN_REASONS)
KEYSTORES = Words("keystore", ("software", "keystore", "webcrypto"))


@dataclass(frozen=True, slots=True)
class Certificate:
    """The server's key, certified by the county's root."""

    county: str
    public_key: bytes
    nbf: int
    exp: int

    @property
    def kid(self) -> bytes:
        return suite.kid_of(self.public_key)


@dataclass(frozen=True, slots=True)
class Credential:
    """An officer (or, without a licence, a visitor) and the key of the phone that speaks for the person."""

    county: str
    officer: str
    name: str
    department: str
    unit: str
    licence: str | None
    public_key: bytes
    nbf: int
    exp: int
    keystore: str = "software"

    @property
    def kid(self) -> bytes:
        return suite.kid_of(self.public_key)


@dataclass(frozen=True, slots=True)
class Slip:
    """That a filing was accepted for one enterprise: what lets an offline check say "filed"."""

    county: str
    filing: str
    purpose: str
    enterprise: str
    window: tuple[date, date]
    exception: str | None
    officers: tuple[str, ...]
    iat: int
    exp: int


@dataclass(frozen=True, slots=True)
class VisitPass:
    """What the phone shows at the gate: `credential` is the kid of its key, `record` the id of the opening record."""

    credential: bytes
    record: bytes
    purpose: str
    ground: str | None
    enterprise: str
    verdict: str
    at: int
    exp: int


def sign_certificate(certificate: Certificate, *, root: bytes, sign: cose.Sign) -> bytes:
    payload = {
        ISS: certificate.county,
        SUB: _SERVER,
        EXP: certificate.exp,
        NBF: certificate.nbf,
        CNF: claims.confirmation(certificate.public_key),
    }
    return _sign(payload, cose.AAD_CERTIFICATE, root, sign)


def open_certificate(data: bytes, root: bytes, now: datetime | None) -> Certificate:
    reader = claims.read(cose.open_own(data, root, cose.AAD_CERTIFICATE), _CERTIFICATE_KEYS)
    if reader.text(SUB) != _SERVER:
        raise BadlyFormedError("sub", "must be the server")
    certificate = Certificate(reader.text(ISS), reader.public_key(), reader.seconds(NBF), reader.seconds(EXP))
    claims.check_time(now, certificate.nbf, certificate.exp)
    return certificate


def sign_credential(credential: Credential, *, issuer: bytes, sign: cose.Sign) -> bytes:
    payload = {
        ISS: credential.county,
        SUB: credential.officer,
        EXP: credential.exp,
        NBF: credential.nbf,
        CNF: claims.confirmation(credential.public_key),
        OURS: {
            1: credential.name,
            2: credential.department,
            3: credential.unit,
            4: credential.licence,
            5: KEYSTORES.number(credential.keystore),
        },
    }
    return _sign(payload, cose.AAD_CREDENTIAL, issuer, sign)


def open_credential(data: bytes, issuer: bytes, now: datetime | None) -> Credential:
    reader = claims.read(cose.open_own(data, issuer, cose.AAD_CREDENTIAL), _CREDENTIAL_KEYS, frozenset(range(1, 6)))
    ours = reader.ours()
    credential = Credential(
        county=reader.text(ISS),
        officer=reader.text(SUB),
        name=ours.text(1),
        department=ours.text(2),
        unit=ours.text(3),
        licence=ours.optional_text(4),
        public_key=reader.public_key(),
        nbf=reader.seconds(NBF),
        exp=reader.seconds(EXP),
        keystore=ours.word(5, KEYSTORES),
    )
    claims.check_time(now, credential.nbf, credential.exp)
    return credential


def sign_slip(slip: Slip, *, issuer: bytes, sign: cose.Sign) -> bytes:
    payload = {
        ISS: slip.county,
        EXP: slip.exp,
        IAT: slip.iat,
        OURS: {
            1: slip.filing,
            2: PURPOSES.number(slip.purpose),
            3: slip.enterprise,
            4: claims.days_since_1970(slip.window[0]),
            5: claims.days_since_1970(slip.window[1]),
            6: EXCEPTIONS.open_number(slip.exception),
            7: slip.officers,
        },
    }
    return _sign(payload, cose.AAD_SLIP, issuer, sign)


def open_slip(data: bytes, issuer: bytes, now: datetime | None) -> Slip:
    reader = claims.read(cose.open_own(data, issuer, cose.AAD_SLIP), _SLIP_KEYS, frozenset(range(1, 8)))
    ours = reader.ours()
    slip = Slip(
        county=reader.text(ISS),
        filing=ours.text(1),
        purpose=ours.word(2, PURPOSES),
        enterprise=ours.text(3),
        window=(ours.day(4), ours.day(5)),
        exception=ours.open_word(6, EXCEPTIONS),
        officers=ours.texts(7),
        iat=reader.seconds(IAT),
        exp=reader.seconds(EXP),
    )
    claims.check_time(now, slip.iat, slip.exp)
    return slip


def sign_pass(visit_pass: VisitPass, *, sign: cose.Sign) -> bytes:
    """Signed by the key whose kid the pass names."""
    payload = {
        EXP: visit_pass.exp,
        IAT: visit_pass.at,
        OURS: {
            1: visit_pass.record,
            2: PURPOSES.number(visit_pass.purpose),
            3: GROUNDS.optional_number(visit_pass.ground),
            4: visit_pass.enterprise,
            5: VERDICTS.number(visit_pass.verdict),
        },
    }
    return cose.sign(cbor.encode(payload), aad=cose.AAD_PASS, kid=visit_pass.credential, sign=sign)


def open_pass(data: bytes, public_key: bytes, now: datetime | None, *, early_seconds: int = EARLY_SECONDS) -> VisitPass:
    """A pass is good from `early_seconds` before it was made to five minutes after, both included."""
    reader = claims.read(cose.open_own(data, public_key, cose.AAD_PASS), _PASS_KEYS, frozenset(range(1, 6)))
    ours = reader.ours()
    visit_pass = VisitPass(
        credential=suite.kid_of(public_key),
        record=ours.raw(1, _RECORD_ID_BYTES),
        purpose=ours.word(2, PURPOSES),
        ground=ours.optional_word(3, GROUNDS),
        enterprise=ours.text(4),
        verdict=ours.word(5, VERDICTS),
        at=reader.seconds(IAT),
        exp=reader.seconds(EXP),
    )
    if not 0 < visit_pass.exp - visit_pass.at <= PASS_SECONDS:
        raise BadlyFormedError("exp", f"must be within {PASS_SECONDS} seconds")
    if now is not None:
        if now < claims.instant_of(visit_pass.at) - timedelta(seconds=early_seconds):
            raise NotYetError(claims.instant_of(visit_pass.at).isoformat())
        if now > claims.instant_of(visit_pass.exp):
            raise ExpiredError(claims.instant_of(visit_pass.exp).isoformat())
    return visit_pass


_CERTIFICATE_KEYS = frozenset({ISS, SUB, EXP, NBF, CNF})
_CREDENTIAL_KEYS = _CERTIFICATE_KEYS | {OURS}
_SLIP_KEYS = frozenset({ISS, EXP, IAT, OURS})
_PASS_KEYS = frozenset({EXP, IAT, OURS})


def _sign(payload: dict[int, object], aad: bytes, issuer: bytes, sign: cose.Sign) -> bytes:
    return cose.sign(cbor.encode(payload), aad=aad, kid=suite.kid_of(issuer), sign=sign)
