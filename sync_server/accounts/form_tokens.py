"""Forms that only our own pages can send: each carries a token derived from a cookie that only we can set and read."""

from __future__ import annotations

import hashlib
import hmac
import secrets

_TOKEN_BYTES = 32


def new_form_secret() -> str:
    """For a visitor who has no session yet."""
    return secrets.token_urlsafe(32)


def form_token(secret: str) -> str:
    """Another one each time, so that the size of a compressed page tells nothing about it (BREACH)."""
    mask = secrets.token_bytes(_TOKEN_BYTES)
    return (mask + _xor(mask, _derived(secret))).hex()


def is_form_token(secret: str, token: str) -> bool:
    try:
        raw = bytes.fromhex(token)
    except ValueError:
        return False
    mask, masked = raw[:_TOKEN_BYTES], raw[_TOKEN_BYTES:]
    if not secret or len(masked) != _TOKEN_BYTES:
        return False
    return hmac.compare_digest(_xor(mask, masked), _derived(secret))


def _derived(secret: str) -> bytes:
    return hmac.digest(secret.encode("utf-8", "surrogatepass"), b"zhuqi form", hashlib.sha256)


def _xor(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))
