"""The spoken code: six digits that an officer's phone shows under its pass, for whoever cannot scan (RFC 6238).

HMAC-SHA-256, steps of 30 seconds. A code names nobody: the officer's number is said along with it.
"""

from __future__ import annotations

import base64
import hashlib
import hmac

import pyotp

STEP_SECONDS = 30
DIGITS = 6
STEPS_EITHER_WAY = 2
"""How many steps a phone's clock may be off, and the time that saying and typing takes."""
SECRET_BYTES = 32
_PURPOSE = b"zhuqi/spoken/1"


def secret_of(server_secret: bytes, kid: bytes) -> bytes:
    """The phone's secret, derived anew whenever it is asked for, so that none is stored."""
    return hmac.digest(server_secret, _PURPOSE + kid, hashlib.sha256)


def spoken_code(secret: bytes, at: int) -> str:
    """`at` in seconds since 1970."""
    return one_time_code(secret, at // STEP_SECONDS, DIGITS)


def seconds_left(at: int) -> int:
    """How long the code of this second still stands."""
    return STEP_SECONDS - at % STEP_SECONDS


def is_spoken_code(secret: bytes, code: str, now: int) -> bool:
    """Whether it is the code of now or of a neighbouring step; compares all of them whatever the outcome."""
    step = now // STEP_SECONDS
    steps = range(step - STEPS_EITHER_WAY, step + STEPS_EITHER_WAY + 1)
    known = [one_time_code(secret, each, DIGITS) for each in steps if each >= 0]
    given = code.encode("utf-8", "surrogatepass")
    return sum(hmac.compare_digest(one.encode(), given) for one in known) > 0


def one_time_code(secret: bytes, counter: int, digits: int) -> str:
    return pyotp.HOTP(base64.b32encode(secret).decode(), digits=digits, digest=hashlib.sha256).at(counter)
