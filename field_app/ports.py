"""What the phone needs from the world outside, as narrow as possible; whatever may take a while is awaited."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
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


@dataclass(frozen=True, slots=True)
class Secrets:
    """`seed` makes the signing key, `data_key` seals the database; 32 bytes each."""

    seed: bytes = field(repr=False)
    data_key: bytes = field(repr=False)


class KeyStore(Protocol):
    @property
    def kind(self) -> KeystoreKind:
        """What the credential says about it."""
        ...

    async def load(self) -> Secrets | None:
        """Null where nothing was ever stored; raises StorageBrokenError where it cannot be read."""
        ...

    async def store(self, secrets: Secrets) -> None:
        """Durable when it returns. Raises DiskFullError."""
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
class Place:
    """The folder of one phone: everything it keeps lies in there."""

    folder: Path

    @property
    def database(self) -> Path:
        return self.folder / "phone.sqlite"
