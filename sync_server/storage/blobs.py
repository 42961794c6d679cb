"""Photos and portraits by their SHA-256: whole, idempotent, never half written."""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, Protocol

from shared_models.errors import TooLargeError
from sync_server.errors import BlobHashMismatchError, NotFoundError, StorageFullError

_FULL = (errno.ENOSPC, errno.EDQUOT)


class BlobStore(Protocol):
    def put(self, sha256: bytes, data: bytes) -> bool:
        """Keep the bytes durably; true where they are new.

        Raises BlobHashMismatchError, TooLargeError or StorageFullError; nothing is kept then.
        """
        ...

    def get(self, sha256: bytes) -> bytes:
        """Raises NotFoundError."""
        ...

    def has(self, sha256: bytes) -> bool:
        """Whether the whole blob is here."""
        ...


def _new_file(path: Path) -> BinaryIO:
    return path.open("xb")


class FolderBlobs:
    def __init__(self, folder: Path, max_bytes: int, new_file: Callable[[Path], BinaryIO] = _new_file) -> None:
        self._folder = folder
        self._max_bytes = max_bytes
        self._new_file = new_file

    def put(self, sha256: bytes, data: bytes) -> bool:
        if len(data) > self._max_bytes:
            raise TooLargeError(len(data), self._max_bytes)
        if hashlib.sha256(data).digest() != sha256:
            raise BlobHashMismatchError
        target = self._path(sha256)
        if target.exists():
            return False
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            self._write_whole(target, data)
        except OSError as err:
            if err.errno in _FULL:
                raise StorageFullError from err
            raise
        return True

    def get(self, sha256: bytes) -> bytes:
        try:
            return self._path(sha256).read_bytes()
        except FileNotFoundError as err:
            raise NotFoundError("blob", sha256.hex()) from err

    def has(self, sha256: bytes) -> bool:
        return self._path(sha256).exists()

    def _path(self, sha256: bytes) -> Path:
        name = sha256.hex()
        return self._folder / name[:2] / name

    def _write_whole(self, target: Path, data: bytes) -> None:
        part = target.with_name(f"{target.name}.{secrets.token_hex(4)}.part")
        try:
            with self._new_file(part) as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            part.rename(target)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
