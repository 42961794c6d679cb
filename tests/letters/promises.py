"""A town whose department has letters to follow up: who signs in, and pictures as phones take them."""

from __future__ import annotations

import hashlib
import io
from datetime import timedelta
from typing import Any

import httpx
from PIL import Image, ImageDraw

from shared_models.commitment import LetterSigned
from shared_models.copy_code import Copied, Copy, copy_text
from shared_models.leniency import Correction, Harm, LeniencyFacts
from shared_models.visit import Photo
from sync_server.accounts.account import Grant, Role
from sync_server.accounts.add_account import add_account
from sync_server.county import County
from tests.core.test_letter import hand, letter
from tests.letters.hands import finding
from tests.pages.stories import PASSWORD
from tests.server.towns import USCC, PhoneInHand, at_gate, clock_of, fetch, send

ACCOUNTS = {
    "clerk": Grant(Role.CLERK, "market"),
    "head": Grant(Role.DEPARTMENT_HEAD, "market"),
    "firehead": Grant(Role.DEPARTMENT_HEAD, "fire"),
    "office": Grant(Role.COUNTY_OFFICE),
}
SLIGHT = LeniencyFacts(
    serious=False,
    minor=False,
    harm=Harm.SLIGHT,
    first_offence=None,
    correction=Correction.PLEDGED,
    fault_disproved=False,
)
BASIS_OF_SLIGHT = "处罚法33.1后"
OFFICERS = (hand("林一", "market1"), hand("陈二", "market2"))


def picture(colour: str = "#8a5a2b", size: tuple[int, int] = (640, 480)) -> bytes:
    made = Image.new("RGB", size, "#d8dde3")
    ImageDraw.Draw(made).rectangle((120, 200, 420, 440), fill=colour)
    out = io.BytesIO()
    made.save(out, "JPEG")
    return out.getvalue()


def people_of(county: County) -> None:
    for name, grant in ACCOUNTS.items():
        add_account(county, name, PASSWORD, [grant], f"{name}的名字")


def visit_id(number: int) -> bytes:
    return f"promise-{number:08}".encode()


def find_something(
    county: County, phone: PhoneInHand, number: int = 1, *, photo: bytes | None = None, **changes: Any
) -> bytes:
    """An inspection at the county's present hour on which something was found; the finding's id."""
    at = clock_of(county).instant
    fetch(county, phone)
    uscc = str(changes.get("enterprise", USCC))
    visit = visit_id(number)
    envelopes = [phone.write("visit_opened", at_gate(phone, at=at, uscc=uscc), visit=visit, at=at)]
    if photo is not None:
        county.blobs.put(photo_hash(photo), photo)
        taken = Photo(photo_hash(photo), len(photo), 640, 480)
        envelopes.append(phone.write("photo_taken", taken, visit=visit, at=at + timedelta(minutes=5)))
        changes["photo"] = photo_hash(photo)
    envelopes.append(phone.write("finding_noted", finding(**changes), visit=visit, at=at + timedelta(minutes=9)))
    found = phone.prev or b""
    reply = send(county, *envelopes)
    assert {receipt.status for receipt in reply.receipts} == {"accepted"}
    return found


def promise(
    county: County,
    phone: PhoneInHand,
    number: int = 1,
    *,
    photo: bytes | None = None,
    field: str | None = None,
    **letters: Any,
) -> bytes:
    """As `find_something`, with its signed letter; the letter's id."""
    changes = {} if field is None else {"field": field}
    found = find_something(county, phone, number, photo=photo, **changes)
    at = clock_of(county).instant + timedelta(minutes=20)
    body = LetterSigned(letter(finding=found, enterprise=USCC, **letters), hand("张三"), OFFICERS)
    reply = send(county, phone.write("letter_signed", body, visit=visit_id(number), at=at))
    assert [receipt.status for receipt in reply.receipts] == ["accepted"]
    return phone.prev or b""


def photo_hash(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def copy_path(county: County, record: bytes) -> str:
    host = county.settings.public_host
    return copy_text(host, Copy(Copied.LETTER, record, "")).partition(host)[2]


def token_in(page: httpx.Response) -> str:
    return page.text.partition('name="token" value="')[2].partition('"')[0]
