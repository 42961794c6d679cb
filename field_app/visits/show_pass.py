"""亮码: the visit pass that the enterprise scans from the phone, made anew every half minute."""

from __future__ import annotations

from dataclasses import dataclass

from field_app.enrolment.state import Trust, read_enrolment, require_trust, require_writing
from field_app.errors import NotEnrolledError
from field_app.phone import Phone
from field_app.storage.database import Rows
from field_app.storage.reference import items_about
from field_app.visits.visit_page import require_open
from shared_models import cose
from shared_models.codes import PassCode, pass_text
from shared_models.credential import PASS_SECONDS, VisitPass, open_certificate, sign_pass
from shared_models.filing import FilingLine
from shared_models.visit import GateDecision

SHOWN_SECONDS = 30
_SIGNATURE_BYTES = 64


@dataclass(frozen=True, slots=True)
class _Parts:
    trust: Trust
    certificate: bytes
    credential: bytes
    slip: bytes | None
    opening: bytes
    decision: GateDecision


async def show_pass(phone: Phone, visit: bytes) -> str:
    """The text of the QR code. Raises VisitClosedError, UnknownVisitError, StoppedError."""
    parts = await phone.database.read(lambda rows: _parts(rows, visit))
    now = int(phone.clock.now().timestamp())
    decision = parts.decision
    visit_pass = VisitPass(
        credential=phone.signer.kid,
        record=parts.opening,
        purpose=decision.purpose,
        ground=None if decision.ground is None else decision.ground.kind,
        enterprise=decision.enterprise,
        verdict=decision.verdict.verdict,
        at=now,
        exp=now + PASS_SECONDS,
    )
    signed = await _signed(phone, visit_pass)
    return pass_text(parts.trust.host, PassCode(parts.certificate, parts.credential, parts.slip, signed))


def _parts(rows: Rows, visit: bytes) -> _Parts:
    require_writing(rows)
    trust, credential = require_trust(rows), read_enrolment(rows).credential
    if credential is None:
        raise NotEnrolledError
    issuer = cose.parse_own(credential).kid
    certificate = next(one for one in trust.certificates if open_certificate(one, trust.root, None).kid == issuer)
    opening = require_open(rows, visit)
    return _Parts(trust, certificate, credential, _slip(rows, opening.body), opening.id, opening.body)


def _slip(rows: Rows, decision: GateDecision) -> bytes | None:
    lines: tuple[FilingLine, ...] = items_about(rows, "line", decision.enterprise)
    return next((line.slip for line in lines if line.number == decision.verdict.filing), None)


async def _signed(phone: Phone, visit_pass: VisitPass) -> bytes:
    """The pass, signed by a key that may answer later than at once."""
    asked: list[bytes] = []

    def note(message: bytes) -> bytes:
        asked.append(message)
        return bytes(_SIGNATURE_BYTES)

    sign_pass(visit_pass, sign=note)
    signature = await phone.signer.sign(asked[0])
    return sign_pass(visit_pass, sign=lambda _message: signature)
