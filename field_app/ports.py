"""What the phone needs from the world outside, as narrow as possible; whatever may take a while is awaited."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol

RandomBytes = Callable[[int], bytes]
KeystoreKind = Literal["software", "keystore", "webcrypto"]


class Signer(Protocol):
    @property
    def public_key(self) -> bytes:
        """32 bytes."""
        ...

    @property
    def kid(self) -> bytes:
        """The author in every record of this phone."""
        ...

    async def sign(self, message: bytes) -> bytes:
        """64 bytes."""
        ...


class Cipher(Protocol):
    """AES-256-GCM, tag appended; synchronous, because it is asked in the middle of a transaction."""

    def encrypt(self, nonce: bytes, plain: bytes, associated: bytes) -> bytes: ...

    def decrypt(self, nonce: bytes, sealed: bytes, associated: bytes) -> bytes:
        """Raises StorageBrokenError."""
        ...


@dataclass(frozen=True, slots=True)
class Keys:
    """What a keystore gives out: ways to use its keys. `index_key`: 32 bytes that make the blind tags."""

    signer: Signer
    cipher: Cipher
    index_key: bytes = field(repr=False)


class KeyStore(Protocol):
    @property
    def kind(self) -> KeystoreKind:
        """What the credential says about it."""
        ...

    async def open(self) -> Keys:
        """The phone's keys, made and durably kept at the first call.

        Raises StorageBrokenError where they cannot be read, DiskFullError or NoKeystoreError where they cannot be kept.
        """
        ...


@dataclass(frozen=True, slots=True)
class Reply:
    status: int
    body: bytes


class Transport(Protocol):
    async def request(
        self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> Reply:
        """The answer whatever its status; `path` begins with a slash and carries the query.

        Raises OfflineError where no whole answer came, TooLargeError where it is larger than any of ours.
        """
        ...

    async def close(self) -> None: ...


TransportFactory = Callable[[str], Transport]
"""Makes a Transport to a host; the host is blank where a typed enrolment code named none."""


class Decoder(Protocol):
    async def decode(self, image: bytes) -> str | None:
        """The text of the picture's QR code, null where there is none."""
        ...


class FrameSource(Protocol):
    def frames(self) -> AsyncIterator[bytes]:
        """Pictures of the camera until the iterator is closed."""
        ...


@dataclass(frozen=True, slots=True)
class Picture:
    jpeg: bytes
    width: int
    height: int


class Scale(Protocol):
    async def __call__(self, image: bytes, max_side: int = ...) -> Picture:
        """Upright, JPEG at quality 80, without the camera's metadata; 1,600 px unless told. Raises BadPictureError."""
        ...


StretchPin = Callable[[str, bytes], Awaitable[bytes]]
"""A slow hash of a PIN and a salt, 64 bytes: scrypt with N = 2^14, r = 8, p = 1 in every home."""


@dataclass(frozen=True, slots=True)
class Connections:
    """An open database. `reader` may be the writer itself, where the place allows one connection only."""

    writer: sqlite3.Connection
    reader: sqlite3.Connection
    settle: Callable[[], None]
    """After each commit: what was written is where neither a kill nor a cut of power undoes it. Raises OSError."""


class Place(Protocol):
    """Where one phone keeps everything."""

    async def claim(self) -> None:
        """For this program alone, until `release` or its end, however it ends. Raises PhoneBusyError, DiskFullError."""
        ...

    def release(self) -> None: ...

    async def connect(self) -> Connections:
        """Made where there is none. Raises StorageBrokenError, PhoneBusyError or DiskFullError."""
        ...

    async def put_aside(self, name: str) -> None:
        """Database and keys, under this name and for good; the place is a new phone's then. Raises DiskFullError."""
        ...
