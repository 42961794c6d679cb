"""The Cipher by the `cryptography` package; the only file of the phone that asks it for one."""

from __future__ import annotations

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from field_app.errors import StorageBrokenError


class AesGcm:
    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(key)

    def encrypt(self, nonce: bytes, plain: bytes, associated: bytes) -> bytes:
        return self._cipher.encrypt(nonce, plain, associated)

    def decrypt(self, nonce: bytes, sealed: bytes, associated: bytes) -> bytes:
        try:
            return self._cipher.decrypt(nonce, sealed, associated)
        except (InvalidTag, ValueError) as err:
            raise StorageBrokenError from err
