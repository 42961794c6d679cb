"""A county's keys and one of everything that they sign, made the same way in every run."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from shared_models import ed25519, suite
from shared_models.code_texts import CredentialCode, PassCode, SlipCode
from shared_models.codes import Trust
from shared_models.credential import (
    Certificate,
    Credential,
    Slip,
    VisitPass,
    sign_certificate,
    sign_credential,
    sign_pass,
    sign_slip,
)
from shared_models.record import Record, Seen
from shared_models.record import sign as sign_record

HOST = "zhuqi.pingyang.gov.cn"
USCC = "91330326MA2AAAAA5T"
NOW = datetime(2026, 11, 10, 1, 30, tzinfo=UTC)
AT = int(NOW.timestamp())


@dataclass(frozen=True, slots=True)
class Key:
    seed: bytes

    @property
    def public(self) -> bytes:
        return ed25519.public_key(self.seed)

    @property
    def kid(self) -> bytes:
        return suite.kid_of(self.public)

    def sign(self, message: bytes) -> bytes:
        return ed25519.sign(self.seed, message)


ROOT, SERVER, PHONE, STRANGER = (Key(bytes([n]) * 32) for n in range(1, 5))
DAY = 86_400

CERTIFICATE = Certificate("330326", SERVER.public, AT - 30 * DAY, AT + 300 * DAY)
CREDENTIAL = Credential(
    county="330326",
    officer="P-0001",
    name="欧阳建国",
    department="平阳县农业农村综合行政执法局",
    unit="昆阳镇综合行政执法大队一中队",
    licence="11033326001",
    public_key=PHONE.public,
    nbf=AT - DAY,
    exp=AT + 90 * DAY,
    keystore="keystore",
)
SLIP = Slip(
    county="330326",
    filing="BA3303262026-00123",
    purpose="inspection",
    enterprise=USCC,
    window=(date(2026, 11, 2), date(2026, 11, 30)),
    exception="food_drug_safety",
    officers=("P-0001", "P-0002"),
    iat=AT - DAY,
    exp=AT + 20 * DAY,
)
PASS = VisitPass(
    credential=PHONE.kid,
    record=b"\x77" * 32,
    purpose="inspection",
    ground=None,
    enterprise=USCC,
    verdict="allow_exception",
    at=AT,
    exp=AT + 300,
)
RECORD = Record(
    v=1,
    kind="opened",
    author=PHONE.kid,
    seq=2,
    prev=b"\x11" * 32,
    visit=b"\x22" * 16,
    at=AT * 1000,
    seen=Seen(7, b"\x33" * 32, AT - 60),
    body={"enterprise": USCC, "people": [{"id": "P-0001", "revoked": False}], "note": None, "photo": b"\x44" * 32},
)
TRUST = Trust(ROOT.public, HOST, frozenset(), NOW - timedelta(hours=1))


def certificate(**changes: object) -> bytes:
    return sign_certificate(replace(CERTIFICATE, **changes), root=ROOT.public, sign=ROOT.sign)


def credential(**changes: object) -> bytes:
    return sign_credential(replace(CREDENTIAL, **changes), issuer=SERVER.public, sign=SERVER.sign)


def slip(**changes: object) -> bytes:
    return sign_slip(replace(SLIP, **changes), issuer=SERVER.public, sign=SERVER.sign)


def visit_pass(**changes: object) -> bytes:
    return sign_pass(replace(PASS, **changes), sign=PHONE.sign)


def pass_code(**parts: bytes | None) -> PassCode:
    code = PassCode(certificate(), credential(), slip(), visit_pass())
    return replace(code, **parts)


def slip_code() -> SlipCode:
    return SlipCode(certificate(), slip())


def credential_code() -> CredentialCode:
    return CredentialCode(certificate(), credential())


def record(**changes: object) -> bytes:
    return sign_record(replace(RECORD, **changes), PHONE.sign)


def flipped(data: bytes, bit: int) -> bytes:
    changed = bytearray(data)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)
