"""Visits that are worth looking at, written by real phones into a real log."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from PIL import Image, ImageDraw

from shared_models.facts import ExceptionClaim, Ground
from shared_models.filing import Purpose
from shared_models.people import Person
from shared_models.visit import (
    Amendment,
    Companion,
    Entry,
    GroundGiven,
    Guidance,
    Joined,
    LegalEducation,
    Need,
    Photo,
    Position,
    VisitClosed,
)
from sync_server.county import County
from sync_server.registry.register_people import register_people
from tests.server.towns import (
    NOON,
    OTHER_USCC,
    THIRD_USCC,
    PhoneInHand,
    at_gate,
    clock_of,
    companion,
    enrolled,
    fetch,
    file,
    later,
    send,
)

PASSWORD = "plum rain over Aojiang"
HOSTILE = '<script>alert(1)</script> <b onmouseover="x">粗体</b> & "引号" \u202eبالعكس\u202c 👩‍🚒🏭 {{ 7*7 }}'
LONG = "安全生产责任制落实情况" * 455  # 5,005 characters
UNBROKEN = "https://example.invalid/" + "a" * 400
MONDAY_OF_SERVICE_WEEK = datetime(2026, 11, 9, 1, 30, tzinfo=UTC)


@dataclass(frozen=True)
class Story:
    """Ids of visits in hexadecimal, and what tests take up again."""

    sound: str
    stormy: str
    service: str
    phone: PhoneInHand
    opening: bytes
    photo: bytes


def picture(text: str = "", colour: tuple[int, int, int] = (120, 150, 170)) -> bytes:
    image = Image.new("RGB", (640, 480), colour)
    drawing = ImageDraw.Draw(image)
    drawing.rectangle((120, 200, 520, 480), fill=(90, 90, 96))
    drawing.rectangle((280, 320, 360, 480), fill=(60, 40, 30))
    drawing.text((20, 20), text or "gate", fill=(255, 255, 255))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=80)
    return out.getvalue()


def put(county: County, data: bytes) -> bytes:
    sha256 = hashlib.sha256(data).digest()
    county.blobs.put(sha256, data)
    return sha256


def tell(county: County) -> Story:
    """A sound visit, one that was refused and went in by an emergency, and a service visit entered afterwards."""
    portrait = put(county, picture("portrait", (60, 90, 140)))
    register_people(
        county, "office", [Person("market1", "market", "market-1", unit="稽查科", name="陈立群", portrait=portrait)]
    )
    file(county)
    phone, second = enrolled(county, "market1"), enrolled(county, "market2")
    fetch(county, phone)
    sound, opening, photo = _sound(county, phone)
    later(county, minutes=40)
    send(county, second.write("joined", Joined(opening), at=NOON + timedelta(minutes=5), visit=sound))
    service = _service(county, phone)
    clock_of(county).instant = MONDAY_OF_SERVICE_WEEK
    fetch(county, phone)
    stormy = _stormy(county, phone)
    return Story(sound.hex(), stormy.hex(), service.hex(), phone, opening, photo)


def _sound(county: County, phone: PhoneInHand) -> tuple[bytes, bytes, bytes]:
    visit = b"sound-visit-0001"
    body = replace(at_gate(phone), gate=1, enterprise_name="企业0", assistants=1)
    body = replace(body, position=Position(27_662_345, 120_565_432, 12))
    opened = phone.write("visit_opened", body, visit=visit)
    opening = phone.prev or b""
    picture_bytes = picture()
    sha256 = put(county, picture_bytes)
    steps = [
        ("guidance_given", Guidance("配电箱前一米内不堆放物品。", "s1"), 6),
        (
            "law_taught",
            LegalEducation("违法行为轻微并及时改正,没有造成危害后果的,不予行政处罚。", "《行政处罚法》第三十三条"),
            12,
        ),
        ("photo_taken", Photo(sha256, len(picture_bytes), 640, 480, "大门与消防通道"), 15),
        ("photo_taken", Photo(hashlib.sha256(b"still on the phone").digest(), 1000, 640, 480, "仓库"), 16),
        ("need_noted", Need("希望了解夜间错峰用电政策", "办公室 林女士"), 20),
        ("visit_closed", VisitClosed(note="企业负责人在场"), 35),
    ]
    envelopes = [opened]
    for kind, step, minutes in steps:
        envelopes.append(phone.write(kind, step, visit=visit, at=NOON + timedelta(minutes=minutes)))
    amended = Amendment(opening, "协助人员应为两名")
    envelopes.append(phone.write("amended", amended, visit=visit, at=NOON + timedelta(minutes=50)))
    later(county, minutes=55)
    send(county, *envelopes)
    return visit, opening, sha256


def _service(county: County, phone: PhoneInHand) -> bytes:
    visit = b"service-visit-02"
    at = NOON + timedelta(hours=3)
    invited = GroundGiven(Ground.INVITED, "企业1 办公室", at.date())
    typed = Companion("visitor-1", "王协会", "market", "行业协会", None, listed=False)
    body = at_gate(
        phone, at=at, uscc=OTHER_USCC, purpose=Purpose.SERVICE, people=(companion("market1"), typed), ground=invited
    )
    body = replace(body, entry=Entry.AFTERWARDS, entry_reason="手机没电,回所后补录")
    opened = phone.write("visit_opened", body, visit=visit, at=at)
    later(county, hours=4)
    send(county, opened)
    return visit


def _stormy(county: County, phone: PhoneInHand) -> bytes:
    visit, at = b"stormy-visit-003", MONDAY_OF_SERVICE_WEEK
    refused = at_gate(phone, at=at, uscc=THIRD_USCC)
    claim = ExceptionClaim("emergency", HOSTILE, "", "culture1")
    allowed = at_gate(phone, at=at + timedelta(minutes=2), uscc=THIRD_USCC, claim=claim)
    first = phone.write("visit_refused", refused, visit=visit, at=at)
    opened = phone.write("visit_opened", allowed, visit=visit, at=at + timedelta(minutes=2))
    told = phone.write("guidance_given", Guidance(HOSTILE), visit=visit, at=at + timedelta(minutes=5))
    taught = phone.write("law_taught", LegalEducation(LONG, UNBROKEN), visit=visit, at=at + timedelta(minutes=6))
    future = phone.write("drone_flown", {"height": 12}, visit=visit, at=at + timedelta(minutes=7))
    broken = phone.write("need_noted", {"text": 7}, visit=visit, at=at + timedelta(minutes=8))
    lost = phone.write("guidance_given", Guidance("lost on its way"), visit=visit, at=at + timedelta(minutes=9))
    assert lost
    after = phone.write("need_noted", Need("尽快恢复生产"), visit=visit, at=at + timedelta(minutes=10))
    later(county, minutes=12)
    send(county, first, opened, told, taught, future, broken, after)
    return visit
