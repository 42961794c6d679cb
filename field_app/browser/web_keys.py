"""The keystore of a browser: WebCrypto keys that cannot be read out, kept in IndexedDB."""

from __future__ import annotations

from typing import Any

from field_app.browser.bridge import error_name, home, js_bytes, js_exception, py_bytes
from field_app.errors import DiskFullError, NoKeystoreError, StorageBrokenError
from field_app.ports import Keys, KeystoreKind
from field_app.storage.sealing import INDEX, SEAL
from shared_models.suite import kid_of


class WebSigner:
    def __init__(self, sign: Any, public_key: bytes) -> None:
        self._sign = sign
        self._public_key = public_key
        self._kid = kid_of(public_key)

    @property
    def public_key(self) -> bytes:
        return self._public_key

    @property
    def kid(self) -> bytes:
        return self._kid

    async def sign(self, message: bytes) -> bytes:
        return py_bytes(await self._sign(js_bytes(message)))


class WebCipher:
    """AES-256-GCM in JavaScript; the key stays on that side."""

    def __init__(self, key: Any) -> None:
        self._key = key

    def encrypt(self, nonce: bytes, plain: bytes, associated: bytes) -> bytes:
        return py_bytes(home().encrypt(self._key, js_bytes(nonce), js_bytes(plain), js_bytes(associated)))

    def decrypt(self, nonce: bytes, sealed: bytes, associated: bytes) -> bytes:
        try:
            plain = home().decrypt(self._key, js_bytes(nonce), js_bytes(sealed), js_bytes(associated))
        except js_exception() as err:
            raise StorageBrokenError from err
        if plain is None:
            raise StorageBrokenError
        return py_bytes(plain)


class WebKeys:
    """`folder` is known once `open` has returned: the database lies where the keys say."""

    def __init__(self) -> None:
        self.folder = ""

    @property
    def kind(self) -> KeystoreKind:
        return "webcrypto"

    async def open(self) -> Keys:
        try:
            entry = await home().openKeys(js_bytes(SEAL), js_bytes(INDEX))
        except js_exception() as err:
            raise _our_error(err) from err
        self.folder = str(entry.folder)
        return Keys(
            signer=WebSigner(entry.sign, py_bytes(entry.publicKey)),
            cipher=WebCipher(entry.sealKey),
            index_key=py_bytes(entry.indexKey),
        )

    async def put_aside(self, name: str) -> None:
        """Raises DiskFullError."""
        try:
            await home().putKeysAside(name)
        except js_exception() as err:
            raise DiskFullError from err


def _our_error(error: BaseException) -> Exception:
    match error_name(error):
        case "NoKeystore":
            return NoKeystoreError()
        case "QuotaExceededError":
            return DiskFullError()
        case _:
            return StorageBrokenError()
