"""Everything of the phone's own is AES-256-GCM under the keystore's key.

Associated data are table and key, so that no sealed value can be moved to another row. Lookups go by blind tags.
"""

from __future__ import annotations

import hashlib
import hmac

from field_app.ports import Cipher, RandomBytes

SEAL, INDEX = b"zhuqi/seal/1", b"zhuqi/index/1"
"""What a keystore derives the two keys for, each HMAC-SHA-256 of one of these under its data key."""
_NONCE_BYTES = 12
_TAG_BYTES = 16


class Sealer:
    def __init__(self, cipher: Cipher, index_key: bytes, random: RandomBytes) -> None:
        self._cipher = cipher
        self._index_key = index_key
        self._random = random

    def seal(self, table: str, key: bytes, plain: bytes) -> bytes:
        nonce = self._random(_NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, plain, _associated(table, key))

    def open(self, table: str, key: bytes, sealed: bytes) -> bytes:
        """Raises StorageBrokenError."""
        return self._cipher.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], _associated(table, key))

    def tag(self, kind: str, key: bytes | str) -> bytes:
        """What stands in an index for a key that must not be readable there."""
        raw = key.encode("utf-8", "surrogatepass") if isinstance(key, str) else key
        return hmac.digest(self._index_key, kind.encode() + b"\0" + raw, hashlib.sha256)[:_TAG_BYTES]


def _associated(table: str, key: bytes) -> bytes:
    return table.encode() + b"\0" + key
