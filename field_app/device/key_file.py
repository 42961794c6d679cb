"""The keystore where the device has none: a file beside the database. The credential is marked `software`."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import os
from dataclasses import dataclass, field
from pathlib import Path

from field_app.device.aes_gcm import AesGcm
from field_app.device.entropy import random_bytes
from field_app.errors import DiskFullError, StorageBrokenError
from field_app.ports import Keys, KeystoreKind, RandomBytes
from field_app.storage.sealing import INDEX, SEAL
from shared_models import cbor, ed25519
from shared_models.errors import ZhuqiError
from shared_models.suite import kid_of

_KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Secrets:
    """`seed` makes the signing key, `data_key` seals the database; 32 bytes each."""

    seed: bytes = field(repr=False)
    data_key: bytes = field(repr=False)


class SeedSigner:
    """Signs with a seed that was taken out of the file when the phone was opened."""

    def __init__(self, seed: bytes) -> None:
        self._seed = seed
        self._public_key = ed25519.public_key(seed)
        self._kid = kid_of(self._public_key)

    @property
    def public_key(self) -> bytes:
        return self._public_key

    @property
    def kid(self) -> bytes:
        return self._kid

    async def sign(self, message: bytes) -> bytes:
        return ed25519.sign(self._seed, message)


class KeyFile:
    def __init__(self, folder: Path, random: RandomBytes = random_bytes) -> None:
        self._path = folder / "phone.key"
        self._random = random

    @property
    def kind(self) -> KeystoreKind:
        return "software"

    async def open(self) -> Keys:
        secrets = await asyncio.to_thread(self._load_or_make)
        return Keys(
            signer=SeedSigner(secrets.seed),
            cipher=AesGcm(_derived(secrets.data_key, SEAL)),
            index_key=_derived(secrets.data_key, INDEX),
        )

    def load(self) -> Secrets | None:
        """Null where nothing was ever stored. Raises StorageBrokenError."""
        try:
            data = self._path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as err:
            raise StorageBrokenError from err
        try:
            seed, data_key = cbor.decode(data)
        except (ZhuqiError, ValueError, TypeError) as err:
            raise StorageBrokenError from err
        if not (isinstance(seed, bytes) and isinstance(data_key, bytes) and len(seed) == len(data_key) == _KEY_BYTES):
            raise StorageBrokenError
        return Secrets(seed, data_key)

    def store(self, secrets: Secrets) -> None:
        """Durable when it returns. Raises DiskFullError."""
        half = self._path.with_suffix(".half")
        try:
            descriptor = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(cbor.encode([secrets.seed, secrets.data_key]))
                file.flush()
                os.fsync(file.fileno())
            half.replace(self._path)
            _sync_folder(self._path.parent)
        except OSError as err:
            raise DiskFullError from err

    def _load_or_make(self) -> Secrets:
        secrets = self.load()
        if secrets is None:
            secrets = Secrets(seed=self._random(_KEY_BYTES), data_key=self._random(_KEY_BYTES))
            self.store(secrets)
        return secrets


def _derived(data_key: bytes, purpose: bytes) -> bytes:
    return hmac.digest(data_key, purpose, hashlib.sha256)


def _sync_folder(path: Path) -> None:
    if os.name != "posix":  # elsewhere a folder cannot be opened
        return
    folder = os.open(path, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
