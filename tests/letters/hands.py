"""A finding and a letter as a phone writes them, for the server's tests."""

from __future__ import annotations

from datetime import timedelta

from shared_models.commitment import Finding, LetterSigned
from sync_server.county import County
from tests.core.test_letter import OFFICERS, hand, letter
from tests.server.towns import NOON, USCC, PhoneInHand, at_gate, later, send

VISIT = b"letter-visit-001"
FIELD = "消防安全"


def finding(**changes: object) -> Finding:
    values = {
        "enterprise": USCC,
        "what": "疏散通道堆放原料",
        "where": "二号车间",
        "provision": "fire-16",
        "provision_name": "《消防法》第十六条",
        "provision_text": "保障疏散通道畅通",
        "field": FIELD,
    }
    return Finding(**{**values, **changes})


def signed_letter(finding_id: bytes, **changes: object) -> LetterSigned:
    return LetterSigned(letter(finding=finding_id, enterprise=USCC, **changes), hand("张三"), OFFICERS)


def write_letter(county: County, phone: PhoneInHand, visit: bytes = VISIT) -> tuple[bytes, bytes]:
    """An inspection with a finding and its signed letter, received; ids of the opening and of the letter."""
    opened = phone.write("visit_opened", at_gate(phone), visit=visit)
    opening = phone.prev or b""
    noted = phone.write("finding_noted", finding(), visit=visit, at=NOON + timedelta(minutes=10))
    signed = phone.write(
        "letter_signed", signed_letter(phone.prev or b""), visit=visit, at=NOON + timedelta(minutes=20)
    )
    later(county, minutes=25)
    reply = send(county, opened, noted, signed)
    assert [receipt.code for receipt in reply.receipts] == [None, None, None]
    return opening, phone.prev or b""
