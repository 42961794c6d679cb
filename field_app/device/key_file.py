"""The keystore where the device has none: a file beside the database. The credential is marked `software`."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

from field_app.errors import DiskFullError, StorageBrokenError
from field_app.ports import KeystoreKind, Secrets
from shared_models import cbor
from shared_models.errors import ZhuqiError

_KEY_BYTES = 32


class KeyFile:
    def __init__(self, folder: Path) -> None:
        self._path = folder / "phone.key"

    @property
    def kind(self) -> KeystoreKind:
        return "software"

    async def load(self) -> Secrets | None:
        return await asyncio.to_thread(self._load)

    async def store(self, secrets: Secrets) -> None:
        await asyncio.to_thread(self._store, secrets)

    def _load(self) -> Secrets | None:
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

    def _store(self, secrets: Secrets) -> None:
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


def _sync_folder(path: Path) -> None:
    if os.name != "posix":  # elsewhere a folder cannot be opened
        return
    folder = os.open(path, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
