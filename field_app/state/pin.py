"""The PIN: it locks the screen and no more. Kept as a scrypt hash in the phone's sealed database."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from field_app.clock import instant_of, milliseconds
from field_app.phone import Phone
from field_app.storage.drafts import load_setting, save_setting
from shared_models.errors import ZhuqiError

DIGITS = 6
FREE_TRIES = 5
FIRST_WAIT_SECONDS = 30
LONGEST_WAIT_SECONDS = 3600
_SETTING = "pin"
_SALT_BYTES = 16


@dataclass(eq=False)
class PinWrongError(ZhuqiError):
    code: ClassVar[str] = "pin_wrong"


@dataclass(eq=False)
class PinWaitError(ZhuqiError):
    """Too many wrong ones: try again after `seconds`."""

    code: ClassVar[str] = "pin_wait"
    seconds: int


async def has_pin(phone: Phone) -> bool:
    return await load_setting(phone, _SETTING) is not None


async def set_pin(phone: Phone, pin: str) -> None:
    salt = phone.random(_SALT_BYTES)
    digest = await phone.stretch_pin(pin, salt)
    await save_setting(phone, _SETTING, {"salt": salt, "hash": digest, "wrong": 0, "until": 0})


async def check_pin(phone: Phone, pin: str) -> None:
    """Raises PinWrongError, or PinWaitError while wrong tries must be waited out; the count survives a restart."""
    kept = await load_setting(phone, _SETTING)
    now = phone.clock.now()
    if kept["until"] > milliseconds(now):
        left = instant_of(kept["until"]) - now
        if left <= timedelta(seconds=LONGEST_WAIT_SECONDS):  # else the clock was moved back: waiting is over
            raise PinWaitError(int(left.total_seconds()) + 1)
    digest = await phone.stretch_pin(pin, kept["salt"])
    if hmac.compare_digest(digest, kept["hash"]):
        if kept["wrong"]:
            await save_setting(phone, _SETTING, {**kept, "wrong": 0, "until": 0})
        return
    wrong = kept["wrong"] + 1
    until = milliseconds(_wait_until(now, wrong))
    await save_setting(phone, _SETTING, {**kept, "wrong": wrong, "until": until})
    raise PinWrongError


def _wait_until(now: datetime, wrong: int) -> datetime:
    if wrong < FREE_TRIES:
        return now
    return now + timedelta(seconds=min(FIRST_WAIT_SECONDS * 2 ** (wrong - FREE_TRIES), LONGEST_WAIT_SECONDS))
