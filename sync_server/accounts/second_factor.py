"""A second factor by an authenticator app: RFC 6238 as all of them speak it (SHA-1, six digits, thirty seconds).

The database holds a random number only; the secret is derived from it and from a key that lies outside the database.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from base64 import b32encode
from urllib.parse import quote

import pyotp
from sqlalchemy import Connection, update

from shared_models.spoken import STEP_SECONDS
from sync_server.accounts.errors import SecondFactorError
from sync_server.accounts.tables import accounts
from sync_server.check.secrets import check_secret
from sync_server.county import County

_NONCE_BYTES, _SECRET_BYTES = 16, 20
_STEPS_EITHER_WAY = 1
_PURPOSE = b"zhuqi/second-factor/1"


def new_factor() -> bytes:
    return secrets.token_bytes(_NONCE_BYTES)


def factor_secret(county: County, name: str, factor: bytes) -> bytes:
    mark = _PURPOSE + factor + name.encode()
    return hmac.digest(check_secret(county.settings), mark, hashlib.sha256)[:_SECRET_BYTES]


def factor_address(county: County, name: str, factor: bytes) -> str:
    """What an authenticator app scans."""
    issuer = quote(f"助企码 {county.settings.county_name}")
    return f"otpauth://totp/{issuer}:{quote(name)}?secret={typed_secret(county, name, factor)}&issuer={issuer}"


def typed_secret(county: County, name: str, factor: bytes) -> str:
    return b32encode(factor_secret(county, name, factor)).decode()


def right_step(county: County, name: str, factor: bytes, code: str) -> int | None:
    """The step whose code this is, null where it is none of now."""
    now = int(county.clock.now().timestamp()) // STEP_SECONDS
    app = pyotp.HOTP(typed_secret(county, name, factor))
    given = code.replace(" ", "").encode("utf-8", "surrogatepass")
    steps = range(now - _STEPS_EITHER_WAY, now + _STEPS_EITHER_WAY + 1)
    known = [(step, app.at(step)) for step in steps]
    found = [step for step, one in known if hmac.compare_digest(one.encode(), given)]
    return found[-1] if found else None


def use_code(connection: Connection, county: County, name: str, factor: bytes, last: int | None, code: str) -> None:
    """Each code once. Raises SecondFactorError."""
    step = right_step(county, name, factor, code)
    if step is None or (last is not None and step <= last):
        raise SecondFactorError
    connection.execute(update(accounts).where(accounts.c.name == name).values(last_step=step))
