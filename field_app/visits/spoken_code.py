"""报码: the officer's number and six digits under the pass, for an owner who cannot scan it (RFC 6238)."""

from __future__ import annotations

from dataclasses import dataclass

from field_app.enrolment.state import read_enrolment, read_me, require_writing
from field_app.phone import Phone
from field_app.storage.database import Rows
from shared_models.spoken import seconds_left, spoken_code


@dataclass(frozen=True, slots=True)
class SpokenCode:
    """`number` is what the office knows the officer by; the digits change after `seconds_left`."""

    number: str
    digits: str
    seconds_left: int


async def show_spoken_code(phone: Phone) -> SpokenCode | None:
    """Null for a phone that was enrolled before there were spoken codes. Raises NotEnrolledError or StoppedError."""
    number, secret = await phone.database.read(_own)
    if secret is None or not number:
        return None
    at = int(phone.clock.now().timestamp())
    return SpokenCode(number, spoken_code(secret, at), seconds_left(at))


def _own(rows: Rows) -> tuple[str, bytes | None]:
    require_writing(rows)
    me = read_me(rows)
    return (me.officer if me else "", read_enrolment(rows).spoken_secret)
