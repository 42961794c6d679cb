"""The address that an enterprise is given: nobody can guess it, and it is never kept, so no table gives it away."""

from __future__ import annotations

import base64
import hashlib
import hmac

from sqlalchemy import Connection

from shared_models.calendar import day_of
from shared_models.errors import ExpiredError
from sync_server.check.secrets import check_secret
from sync_server.county import County
from sync_server.errors import NotFoundError
from sync_server.offsite.register import CHECK_HEX, OffsiteEntry, find_check

_MARK, _BYTES = b"zhuqi/offsite/link/1", 15
_TOKEN_LENGTH = CHECK_HEX + _BYTES * 8 // 5


def token_of(county: County, entry: OffsiteEntry) -> str:
    """The check and 120 bits that only this server can make; another one after `offsite_due_moved` with a new link."""
    key = hmac.digest(check_secret(county.settings), _MARK, hashlib.sha256)
    whole = hmac.digest(key, f"{entry.check}/{entry.link}".encode(), hashlib.sha256)
    return entry.check + base64.b32encode(whole[:_BYTES]).decode("ascii").lower()


def link_of(county: County, entry: OffsiteEntry) -> str:
    return f"https://{county.settings.public_host}/o/{token_of(county, entry)}"


def open_link(county: County, connection: Connection, token: str) -> OffsiteEntry:
    """Raises NotFoundError for an address that was never given or holds no more, ExpiredError after its last day."""
    if len(token) != _TOKEN_LENGTH or not token.isascii() or not token.isalnum():
        raise NotFoundError("offsite", "")
    entry = find_check(connection, token[:CHECK_HEX])
    if not hmac.compare_digest(token_of(county, entry), token):
        raise NotFoundError("offsite", "")
    if day_of(county.clock.now()) > entry.link_until():
        raise ExpiredError(entry.link_until().isoformat())
    return entry
