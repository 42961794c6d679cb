"""Secrets of the check: what spoken codes and form tokens are derived from. One file beside the service key."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from functools import lru_cache
from pathlib import Path

from shared_models.spoken import secret_of
from sync_server.county import County
from sync_server.settings import Settings

_BYTES = 32
_TOKENS = b"zhuqi/check/token/1"


def check_secret(settings: Settings) -> bytes:
    """Every server process of a county must find the same file, as with the service key."""
    return _read_or_make(settings.service_key_file.with_name("spoken.key"))


def spoken_secret(county: County, kid: bytes) -> bytes:
    return secret_of(check_secret(county.settings), kid)


def seal_token(settings: Settings, body: bytes) -> str:
    """The body with our mark, for forms and addresses that nobody else can have made."""
    return (_mark(settings, body) + body).hex()


def open_token(settings: Settings, token: str) -> bytes | None:
    """The body, or null for a token that is not ours."""
    try:
        raw = bytes.fromhex(token)
    except ValueError:
        return None
    mark, body = raw[:_BYTES], raw[_BYTES:]
    return body if hmac.compare_digest(mark, _mark(settings, body)) else None


def _mark(settings: Settings, body: bytes) -> bytes:
    key = hmac.digest(check_secret(settings), _TOKENS, hashlib.sha256)
    return hmac.digest(key, body, hashlib.sha256)


@lru_cache(maxsize=16)
def _read_or_make(path: Path) -> bytes:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_bytes(_BYTES).hex() + "\n")
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(part, path)  # another process may have been first: then its file counts
        except FileExistsError:
            pass
        finally:
            part.unlink()
    return bytes.fromhex(path.read_text("ascii").strip())
