"""scrypt by OpenSSL."""

from __future__ import annotations

import asyncio
import hashlib


async def scrypt(pin: str, salt: bytes) -> bytes:
    return await asyncio.to_thread(_scrypt, pin, salt)


def _scrypt(pin: str, salt: bytes) -> bytes:
    return hashlib.scrypt(pin.encode(), salt=salt, n=2**14, r=8, p=1, maxmem=2**26)
