"""Everything of the phone's own is AES-256-GCM under the keystore's key; the only file that knows the cipher.

Associated data are table and key, so that no sealed value can be moved to another row. Lookups go by blind tags.
"""

from __future__ import annotations

import hashlib
import hmac

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from field_app.errors import StorageBrokenError
from field_app.ports import RandomBytes

_NONCE_BYTES = 12
_TAG_BYTES = 16


class Sealer:
    def __init__(self, data_key: bytes, random: RandomBytes) -> None:
        self._cipher = AESGCM(_derived(data_key, b"zhuqi/seal/1"))
        self._index_key = _derived(data_key, b"zhuqi/index/1")
        self._random = random

    def seal(self, table: str, key: bytes, plain: bytes) -> bytes:
        nonce = self._random(_NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, plain, _associated(table, key))

    def open(self, table: str, key: bytes, sealed: bytes) -> bytes:
        """Raises StorageBrokenError."""
        nonce, rest = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
        try:
            return self._cipher.decrypt(nonce, rest, _associated(table, key))
        except (InvalidTag, ValueError) as err:
            raise StorageBrokenError from err

    def tag(self, kind: str, key: bytes | str) -> bytes:
        """What stands in an index for a key that must not be readable there."""
        raw = key.encode("utf-8", "surrogatepass") if isinstance(key, str) else key
        return hmac.digest(self._index_key, kind.encode() + b"\0" + raw, hashlib.sha256)[:_TAG_BYTES]


def _derived(data_key: bytes, purpose: bytes) -> bytes:
    return hmac.digest(data_key, purpose, hashlib.sha256)


def _associated(table: str, key: bytes) -> bytes:
    return table.encode() + b"\0" + key
