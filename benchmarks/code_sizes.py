"""How large the codes become with the longest names that a county has, and whether they read back."""

from __future__ import annotations

from datetime import date

import qrcode
from qrcode.constants import ERROR_CORRECT_L, ERROR_CORRECT_Q

from benchmarks.bench import Bench
from benchmarks.county import HOST, signer, uscc_of
from benchmarks.figures import Figure, Section
from shared_models import ed25519, suite
from shared_models.codes import PassCode, gate_text, pass_text, read_code
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

MOST_GATE_VERSION, MOST_PASS_VERSION = 5, 20
_ROOT, _SERVER, _PHONE = (bytes([n]) * 32 for n in (1, 2, 3))
_AT, _DAY = 1_794_274_200, 86_400


def measure(_bench: Bench) -> Section:
    gate, full, plain = gate_text(HOST, uscc_of(1), 9_999), _pass(with_slip=True), _pass(with_slip=False)
    for text in (gate, full, plain):
        read_code(text, HOST)
    return Section(
        "Codes, with the longest names of a county",
        (
            Figure("gate code, QR version at level Q", _version(gate, ERROR_CORRECT_Q), goal=MOST_GATE_VERSION),
            Figure("visit pass with slip, at level L", _version(full, ERROR_CORRECT_L), goal=MOST_PASS_VERSION),
            Figure("visit pass without slip, at level L", _version(plain, ERROR_CORRECT_L), goal=MOST_PASS_VERSION),
        ),
        {"gate_characters": len(gate), "pass_characters": len(full), "pass_without_slip_characters": len(plain)},
    )


def _pass(*, with_slip: bool) -> str:
    root, server, phone = (ed25519.public_key(seed) for seed in (_ROOT, _SERVER, _PHONE))
    certificate = Certificate("330326", server, _AT - 30 * _DAY, _AT + 700 * _DAY)
    credential = Credential(
        county="330326",
        officer="330326-00240",
        name="欧阳建国",
        department="平阳县农业农村综合行政执法局",
        unit="昆阳镇综合行政执法大队一中队",
        licence="浙C33032600240",
        public_key=phone,
        nbf=_AT - _DAY,
        exp=_AT + 365 * _DAY,
        keystore="keystore",
    )
    slip = Slip(
        county="330326",
        filing="BA3303262026-99999",
        purpose="inspection",
        enterprise=uscc_of(1),
        window=(date(2026, 11, 2), date(2026, 11, 30)),
        exception="food_drug_safety",
        officers=("330326-00240", "330326-00241"),
        iat=_AT - _DAY,
        exp=_AT + 20 * _DAY,
    )
    visit_pass = VisitPass(
        credential=suite.kid_of(phone),
        record=b"\xff" * 32,
        purpose="inspection",
        ground=None,
        enterprise=uscc_of(1),
        verdict="allow_exception",
        at=_AT,
        exp=_AT + 300,
    )
    code = PassCode(
        certificate=sign_certificate(certificate, root=root, sign=signer(_ROOT)),
        credential=sign_credential(credential, issuer=server, sign=signer(_SERVER)),
        slip=sign_slip(slip, issuer=server, sign=signer(_SERVER)) if with_slip else None,
        visit_pass=sign_pass(visit_pass, sign=signer(_PHONE)),
    )
    return pass_text(HOST, code)


def _version(text: str, level: int) -> int:
    code = qrcode.QRCode(error_correction=level)
    code.add_data(text)
    code.make(fit=True)
    version: int = code.version
    return version
