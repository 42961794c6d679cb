"""Blobs: whole, idempotent, and nothing half written."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import BinaryIO

import pytest

from shared_models.errors import TooLargeError
from sync_server.errors import BlobHashMismatchError, NotFoundError, StorageFullError
from sync_server.storage import blobs
from sync_server.storage.blobs import BlobStore, FolderBlobs

PHOTO = b"\xff\xd8photo"
NAME = hashlib.sha256(PHOTO).digest()


@pytest.fixture
def store(tmp_path: Path) -> BlobStore:
    return FolderBlobs(tmp_path / "blobs", max_bytes=1000)


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_what_is_put_is_got_and_putting_it_again_is_no_news(store: BlobStore) -> None:
    assert not store.has(NAME)
    assert store.put(NAME, PHOTO) is True
    assert store.put(NAME, PHOTO) is False
    assert store.get(NAME) == PHOTO
    assert store.has(NAME)


def test_bytes_of_another_hash_are_refused_and_not_kept(store: BlobStore, tmp_path: Path) -> None:
    with pytest.raises(BlobHashMismatchError):
        store.put(NAME, PHOTO + b"x")
    assert files(tmp_path) == []
    with pytest.raises(NotFoundError):
        store.get(NAME)


def test_too_many_bytes_are_refused(store: BlobStore) -> None:
    data = b"x" * 1001
    with pytest.raises(TooLargeError):
        store.put(hashlib.sha256(data).digest(), data)


def test_an_empty_blob_is_a_blob(store: BlobStore) -> None:
    assert store.put(hashlib.sha256().digest(), b"")
    assert store.get(hashlib.sha256().digest()) == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this machine")
def test_a_full_disk_leaves_nothing_half_written(tmp_path: Path) -> None:
    def on_a_full_disk(path: Path) -> BinaryIO:
        path.touch()
        return Path("/dev/full").open("wb", buffering=0)

    store = FolderBlobs(tmp_path / "blobs", 1000, on_a_full_disk)
    with pytest.raises(StorageFullError):
        store.put(NAME, PHOTO)
    assert not store.has(NAME)
    assert files(tmp_path) == []


def test_the_store_is_a_port(store: BlobStore) -> None:
    assert {name for name in dir(blobs.BlobStore) if not name.startswith("_")} == {"put", "get", "has"}
    assert all(callable(getattr(store, name)) for name in ("put", "get", "has"))
